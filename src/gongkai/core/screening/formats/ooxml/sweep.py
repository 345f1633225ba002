"""Everything in a part that no page shows: attributes, leftover texts, comments in the markup, loose bytes.

The walks of the formats give text its place. The sweep gives what they did not take, so that a value has to be
nowhere in the package to stay unseen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import local
from gongkai.core.screening.formats.ooxml.package import text_of
from gongkai.core.screening.model import Piece

_SHORT = 5  # letters and digits so few tell nothing; 机密★ does
_BRIEF = 100
_MANY = 20_000  # different texts of one part: more are joined into long ones
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_TELLING = re.compile(rf"[一-鿿○〇@＠★]|\d[\d\s\-.{_UNSEEN}]{{5,}}|[A-Z]{{1,2}}\d{{5}}")
_BARE = re.compile(  # whole numbers of 32 bits, identifiers, colours, identifiers of paragraphs, the shape of fonts
    r"-?\d{1,10}|[{(]?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}[})]?"
    r"|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}|[0-9A-F]{20}"
)
_ASIDE = re.compile(r"<!--(.*?)-->|<\?(?!xml\s)(.*?)\?>", re.S)
_SCHEMA = re.compile(r"https?://(?:schemas\.(?:openxmlformats|microsoft)\.(?:org|com)|purl\.(?:oclc\.)?org|www\.w3\.org)/")
_ASCII = re.compile(rb"[\x20-\x7e]{6,}")
_GBK = re.compile(rb"(?:[\x20-\x7e]|[\x81-\xfe][\x40-\xfe]){6,}")
_UTF8 = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){6,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\x0d\x0a]\x00|[\x0b-\x0f]\x20|[\x00-\xff][\x4e-\x9f]|[\x00-\x5e]\xff){6,}")
_PRINTED = bytes(range(32, 127))
_LOOKS = frozenset({
    "asciiTheme", "hAnsiTheme", "eastAsiaTheme", "ascii", "hAnsi", "eastAsia", "cs", "typeface", "panose", "cx", "cy",
    "x", "y", "spid", "gfxdata", "path", "adj", "coordsize", "style", "script", "sig", "usb0", "csb0", "pitchFamily",
    "charset",
})


def telling(text: str) -> bool:
    """Could this text hold anything that screening looks for? Identifiers and measures of the format could not."""
    return bool(_TELLING.search(text)) and not _BARE.fullmatch(text.strip())


def sweep(root: etree._Element, part: str, taken: Collection[etree._Element] = ()) -> Iterator[Piece]:
    """Attributes and texts of a part that were not taken yet. Each is given once."""
    where = f"部件 {part}"
    seen: set[str] = set()
    values: set[str] = set()  # brief ones that tell nothing: a part repeats the same few a thousand times
    texts: set[str] = set()
    for element in root.iter():
        for name, value in element.attrib.items():
            plain = str(value)
            long = len(plain) > _SHORT or not plain.isascii()
            if not long or plain in values or plain in seen or local(name) in _LOOKS:
                continue
            if telling(spelt := unquoted(plain)):
                seen.add(plain)
                yield Piece(spelt, f"{where} 的属性 {local(name)}", hidden=True, why="文件内部的属性值")
            elif len(plain) < _BRIEF and len(values) < _MANY:
                values.add(plain)
        for text in (element.text if element not in taken else None, element.tail):
            if not text or text in texts or text in seen:
                continue
            if telling(text):
                seen.add(text)
                yield Piece(text, where, hidden=True, why="文件内部的文字")
            elif len(text) < _BRIEF and len(texts) < _MANY:
                texts.add(text)
        if len(seen) > _MANY:
            break
    else:
        return
    yield Piece("\n".join(map(str, root.itertext())), where, hidden=True, why="文件内部的文字")
    every = (str(value) for element in root.iter() for value in element.attrib.values())
    yield Piece("\n".join(value for value in every if telling(value)), where, hidden=True, why="文件内部的属性值")


def asides(data: bytes, part: str) -> Iterator[Piece]:
    """Comments and instructions in the markup, and namespaces with a text of their own."""
    if b"!--" not in data and b"!\x00-\x00-" not in data and b"<?" not in data[5:] and b"<\x00?" not in data[6:]:
        return
    for found in _ASIDE.finditer(text_of(data)):
        text = found[1] or found[2] or ""
        if telling(text):
            yield Piece(text, f"部件 {part} 的注释", hidden=True, why="文件内部的注释")


def namespaces(root: etree._Element, part: str) -> Iterator[Piece]:
    """Namespace names are free text too."""
    declared = etree.iterwalk(root, events=("start-ns",)) if _few(root) else ()
    for uri in {str(uri) for _event, (_prefix, uri) in declared}:
        if not _SCHEMA.match(uri) and telling(uri):
            yield Piece(unquoted(uri), f"部件 {part} 的命名空间", hidden=True, why="文件内部的属性值")


def _few(root: etree._Element) -> bool:
    return next(islice(root.iter(), _MANY, None), None) is None


def unquoted(value: str) -> str:
    """An address as read by a person: %E5… and digits written as %33 are undone."""
    return f"{value} {unquote(value)}" if "%" in value else value


def loose(data: bytes, where: str, why: str) -> Iterator[Piece]:
    """Readable stretches of a binary part, in the encodings of office files."""
    found: dict[str, None] = {}
    for pattern, encoding in ((_ASCII, "ascii"), (_UTF8, "utf-8"), (_GBK, "gb18030"), (_WIDE, "utf-16-le")):
        for match in pattern.finditer(data):
            if encoding == "utf-16-le" and not match[0].translate(None, _PRINTED):
                continue  # letters of one byte each
            found.setdefault(match[0].decode(encoding, "ignore"))
    lines = [text for text in found if telling(text)]
    if lines:
        yield Piece("\n".join(lines), where, hidden=True, why=why)


def beyond(data: bytes, spans: Iterable[tuple[int, int]], where: str, why: str) -> Iterator[Piece]:
    """The same for what lies outside the spans [start, end) that were read already."""
    kept, at = [], 0
    for start, end in sorted(spans):
        if start > at:
            kept.append(data[at:start])
        at = max(at, end)
    kept.append(data[at:])
    yield from loose(b"\x00\x00\x00\x00".join(kept), where, why)
