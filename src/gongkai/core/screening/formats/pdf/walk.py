"""Everything in a PDF that is no drawing: strings, names and long numbers of all objects that can be reached, the
streams that hold text or files, and what they tell about the document."""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from gongkai.core.screening.formats.pdf.places import place
from gongkai.core.screening.formats.pdf.refusals import MAX_SECONDS, damaged, too_large, too_slow
from gongkai.core.screening.formats.pdf.strings import decode, is_date, is_text, lexed, raw_words, readable_runs

MAX_OBJECTS = 600_000
_LONGEST_WAY = 12
_FONT_FILES = frozenset({"FontFile", "FontFile2", "FontFile3"})
_FONT_NAMES = frozenset({"/BaseFont", "/FontName"})
_SUMS = frozenset({"/DocChecksum", "/CheckSum"})
_NOT_TEXT = frozenset({"ToUnicode", "CIDToGIDMap", "CIDSet", "JBIG2Globals", "Function", "Lookup", *_FONT_FILES})
_NOISE = re.compile(
    r"(?:uuid:|xmp\.[a-z]id:|adobe:docid:[a-z]+:)?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
    r"|xmp\.[a-z]id:[0-9A-Fa-f]+|uuid:[0-9A-Fa-f]{32}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?"
)
_TAG = re.compile(r"<[^<>]*>|<\?[^>]*\?>")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_LONG = 10_000_000_000  # numbers of eleven digits and more may be telephone or identity numbers


@dataclass(slots=True)
class Walked:
    """`texts` are (text, way), `drawn` those of drawing instructions;
    `files` (bytes, name, way); `images` (bytes, way); `seen` are the hashes of all raw
    streams; `words` every string that was met, kept or not; `kinds` counts of annotation subtypes by page way."""

    texts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    drawn: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    files: list[tuple[bytes, str, tuple[str, ...]]] = field(default_factory=list)
    images: list[tuple[bytes, tuple[str, ...]]] = field(default_factory=list)
    forms: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    notes: dict[str, set[str]] = field(default_factory=dict)
    ids: set[tuple[int, int]] = field(default_factory=set)


def fingerprint(raw: bytes) -> bytes:
    """Of a stream as it stands in the file; line ends at its end do not count."""
    return hashlib.sha256(raw.strip(b"\r\n")).digest()


def walk(pdf: pikepdf.Pdf) -> Walked:
    """All objects that are reached from the pages and the trailer. Raises ReadError `damaged`, `too-slow` or
    `content-too-large`."""
    walked = Walked()
    try:
        _walk(pdf, walked)
    except (pikepdf.PdfError, RecursionError) as error:
        raise damaged() from error
    return walked


def _walk(pdf: pikepdf.Pdf, walked: Walked) -> None:
    deadline = time.monotonic() + MAX_SECONDS
    queue: deque[tuple[Any, tuple[str, ...]]] = deque()
    for number, page in enumerate(pdf.pages, 1):
        walked.ids.add(page.obj.objgen)
        queue.append((page.obj, (f"第{number}页",)))
    queue.append((pdf.trailer, ()))
    count = 0
    while queue:
        item, way = queue.popleft()
        count += 1
        if count > MAX_OBJECTS:
            raise too_large()
        if count % 2000 == 0 and time.monotonic() > deadline:
            raise too_slow()
        if isinstance(item, pikepdf.Stream):
            _stream(item, way, walked)
            item = item.stream_dict
        if isinstance(item, pikepdf.Dictionary):
            _facts(item, way, walked)
            if way[-1:] == ("Annots",) and item.get("/Subtype") == pikepdf.Name.Widget:
                way = (*way, "AcroForm")  # a field of a form and not a remark
            for key, value in item.items():
                _add(value, _deeper(way, key[1:]), walked, queue, key)
        elif isinstance(item, pikepdf.Array):
            _spelled(item, way, walked)
            for value in item:
                _add(value, way, walked, queue, "")


def _deeper(way: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The way of something below. Of a long one the first and the last steps are kept: they tell what a thing is."""
    return (*way, name) if len(way) < _LONGEST_WAY else (*way[:_LONGEST_WAY // 2], *way[1 - _LONGEST_WAY // 2:], name)


def _add(value: Any, way: tuple[str, ...], walked: Walked, queue: deque[tuple[Any, tuple[str, ...]]], key: str) -> None:
    if key and _is_telling(key):
        walked.texts.append((key[1:], way[:-1]))
    if isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
        if value.is_indirect:
            if value.objgen in walked.ids:
                return
            walked.ids.add(value.objgen)
        queue.append((value, way))
    elif isinstance(value, pikepdf.String):
        _string(bytes(value), str(value), way, walked)
    elif isinstance(value, pikepdf.Name):
        if _is_telling(str(value)) and key not in _SUMS and (key not in _FONT_NAMES or re.search(r"\d{6}", str(value))):
            walked.texts.append((str(value)[1:], way))
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _LONG:
        walked.texts.append((str(abs(value)), way))
    elif isinstance(value, pikepdf.Object | float) or type(value).__name__ == "Decimal":
        number = str(value).split(".")[0].lstrip("-")
        if number.isdigit() and int(number) >= _LONG:
            walked.texts.append((number, way))


def _is_telling(name: str) -> bool:
    """A name that a program does not give: with many digits or with characters that are not ASCII."""
    return sum(character.isdigit() for character in name) >= 6 or not name.isascii()


def _spelled(array: pikepdf.Array, way: tuple[str, ...], walked: Walked) -> None:
    """A value cut over the strings or small numbers of one array."""
    if way[-1:] == ("ID",):
        return
    parts = [value for value in array if isinstance(value, int | pikepdf.String)] if len(array) < 64 else []
    if len(parts) == len(array) > 1 and any(isinstance(part, pikepdf.String) for part in parts):
        text = "".join(str(part) for part in parts)
        if sum(character.isdigit() for character in text) >= 11:
            walked.texts.append((text, way))


def _string(raw: bytes, known: str, way: tuple[str, ...], walked: Walked) -> None:
    if way[-1:] in (("ID",), ("CIDSystemInfo",)) or "Encrypt" in way[:1] or "CIDSystemInfo" in way:
        walked.words.add(decode(raw))
        return
    if way[-1:] == ("Contents",) and "Annots" not in way[-2:-1] and len(raw) > 256 and not is_text(decode(raw)):
        walked.texts.append((readable_runs(raw), (*way, "DSS")))  # a signature with its certificates
        return
    text = decode(raw)
    if raw[:2] not in (b"\xfe\xff", b"\xff\xfe") and not raw.isascii() and not is_text(text):
        text = known
    walked.words.add(text)
    if is_text(text) and not is_date(text):
        walked.texts.append((text, way))
        if known != text and is_text(known) and not known.isascii():
            walked.texts.append((known, way))


def _facts(item: pikepdf.Dictionary, way: tuple[str, ...], walked: Walked) -> None:
    """What the document has that a reader of its pages does not see."""
    def note(what: str, where: str) -> None:
        walked.notes.setdefault(what, set()).add(where)

    subtype = str(item.get("/Subtype", ""))
    if way[-1:] == ("Annots",) and subtype not in ("/Link", "/Widget", ""):
        note("批注", way[0] if way[0].startswith("第") else "批注")
    if subtype == "/Widget" or "/FT" in item:
        note("签名" if item.get("/FT") == pikepdf.Name.Sig else "表单", way[0] if way[0].startswith("第") else "表单域")
    if item.get("/S") == pikepdf.Name.JavaScript or "/JS" in item:
        note("脚本", place(way))
    if "/EF" in item:
        note("附件", place(way))
    if not way:
        return
    if way[-1] == "Info":
        told = [key[1:] for key, value in item.items() if key[1:] not in _USUAL and str(value).strip()]
        for key in told:
            note("属性", key)
    if way[-1] == "OCProperties":
        config = item.get("/D", pikepdf.Dictionary())
        if len(config.get("/OFF", [])) or config.get("/BaseState") == pikepdf.Name.OFF:
            note("图层", "图层")
    if way[-1] == "PieceInfo":
        note("私有数据", way[0] if way[0].startswith("第") else "文件")


_USUAL = frozenset({"Producer", "Creator", "CreationDate", "ModDate", "Trapped", "Title", "PTEX.Fullbanner"})


def _stream(stream: pikepdf.Stream, way: tuple[str, ...], walked: Walked) -> None:
    head = stream.stream_dict
    kind, subtype = str(head.get("/Type", "")), str(head.get("/Subtype", ""))
    try:
        walked.seen.add(fingerprint(stream.read_raw_bytes()))
        if subtype == "/Image":
            walked.images.append((_packed_image(stream), way))
            return
        if kind in ("/XRef", "/ObjStm") or (way and way[-1] in _NOT_TEXT):
            return
        content = stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):  # a filter that qpdf does not know
        content = stream.read_raw_bytes()
    if subtype == "/Form" or "/PatternType" in head or way[-2:-1] == ("CharProcs",) or way[-1:] == ("Contents",):
        if stream.is_indirect and subtype == "/Form":
            walked.forms[stream.objgen] = way
        walked.drawn += [(text, way) for text in _drawn(content)]
        return
    if kind == "/EmbeddedFile" or "EF" in way[-2:]:
        walked.files.append((content, "附件", way))
    elif kind == "/Metadata" or subtype == "/XML":
        walked.texts += [(text, (*way, "Metadata")) for text in xmp_texts(content)]
    elif not _is_profile(head, content):
        loose = loose_text(content)
        if loose:
            walked.texts.append((loose, way))
        if content[:4] in (b"PK\x03\x04", b"%PDF") or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            walked.files.append((content, "内嵌文件", way))


def _packed_image(stream: pikepdf.Stream) -> bytes:
    """A picture that is a file of its own (JPEG, JPEG 2000), else nothing: plain pixels hold no words."""
    filters = stream.stream_dict.get("/Filter", "")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names and names[-1] in ("/DCTDecode", "/JPXDecode"):
        if len(names) == 1:
            return stream.read_raw_bytes()
        return bytes(stream.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized))
    return b""


def _is_profile(head: pikepdf.Dictionary, content: bytes) -> bool:
    return ("/N" in head and content[36:40] == b"acsp") or "/FunctionType" in head or "/ShadingType" in head


def _drawn(content: bytes) -> Iterator[str]:
    strings, comments = lexed(content)
    yield from raw_words(strings)
    yield from (comment for comment in comments if is_text(comment))


def xmp_texts(content: bytes) -> list[str]:
    """The words of XMP (or of other XML): text and attributes, without the numbers that programs give."""
    text = decode(content)
    told = [_TAG.sub("\n", text)]
    told += [one or other for one, other in _ATTRIBUTE.findall(text)]
    lines = [_NOISE.sub(" ", line).strip() for part in told for line in part.splitlines()]
    return [line for line in dict.fromkeys(lines) if len(line) >= 2 and "://" not in line[:8] and line != "\ufeff"]


def loose_text(content: bytes) -> str:
    """The text of a stream of unknown use; the readable stretches when it is no text."""
    text = decode(content[:4_000_000])
    if is_text(text):
        return _NOISE.sub(" ", text)
    return readable_runs(content[:4_000_000])
