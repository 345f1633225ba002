"""An OFD file taken apart. What a page shows is read line by line; every other part of the package is hidden text."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits.container import read_member
from gongkai.core.report.readers.limits.xml import parse_xml
from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats.ofd.package import (
    Package,
    area,
    children,
    documents,
    local,
    open_package,
    pages,
    templates,
)
from gongkai.core.screening.formats.ofd.runs import Run, gap, reading_order, runs
from gongkai.core.screening.formats.pdf.strings import compact, is_text, readable_runs
from gongkai.core.screening.formats.zipped.container import TRAILING, beside
from gongkai.core.screening.model import Finding, Kind, Piece, Unpacked, Verdict

_COMMENT = re.compile(rb"<!--(.*?)-->|<\?(?!xml\s)(.*?)\?>", re.S)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_PLACES = (
    ("annot", "批注"), ("attach", "附件"), ("sign", "电子签章"), ("customtag", "自定义标引"), ("tag", "自定义标引"),
    ("version", "早先版本"), ("extension", "扩展数据"), ("bookmark", "书签"),
)
_PLAIN = re.compile(r"[\d\s.,+\-eE%#/_]*|[MLQBAC\s\d.\-]*|https?://www\.ofdspec\.org.*", re.S)  # coordinates, paths
_PATH = re.compile(r"[\w/.\s\-]*", re.A)
_NAMES = frozenset({"FontName", "FamilyName"})
_DRAWN = frozenset({"AbbreviatedData", "TextCode", "Glyphs"})
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"ttcf", b"true", b"%!PS", b"\x01\x00\x04")


def unpack(data: bytes, name: str, depth: int) -> Unpacked:
    """All text of an OFD file. Raises ReadError `damaged`, `encrypted`, `too-many-pages`, `zip-bomb` and the like."""
    del name
    package = open_package(data)
    pieces: list[Piece] = []
    found: list[Finding] = []
    count = 0
    for number, document in enumerate(documents(package), 1):
        prefix = f"文档{number} " if number > 1 else ""
        for page_number, path in enumerate(pages(package, document), 1):
            count += 1
            _page(package, document, path, f"{prefix}第{page_number}页", pieces, found)
    known = "\0".join(compact(piece.text) for piece in pieces)
    inner: list[Unpacked] = []
    for info in package.opened.infolist():
        if not info.is_dir():
            _part(package, info.filename, read_member(package.opened, info), known, pieces, found, inner, depth)
            if sum(letter.isdigit() for letter in info.filename) >= 6 or not info.filename.isascii():
                pieces.append(Piece(info.filename, "包内文件名", True, "包内文件名"))
    outside = beside(data, package.opened)
    pieces += outside
    if any(piece.why == TRAILING for piece in outside):
        found.append(Finding(Kind.HIDDEN_CONTENT, TRAILING, TRAILING, Verdict.WARN, hidden=True))
    for part in inner:
        pieces += part.pieces
        found += part.findings
    return Unpacked("ofd", tuple(pieces), tuple(dict.fromkeys(found)), count)


def page_runs(package: Package, document: str, path: str) -> tuple[etree._Element, list[Run]]:
    """The root of a page and its text objects."""
    root = package.xml(path)
    package.shown.add(path)
    width, height = area(root if children(root, "PhysicalBox") else package.xml(document))
    return root, runs(root, width, height)


def _page(
    package: Package, document: str, path: str, where: str, pieces: list[Piece], found: list[Finding]
) -> None:
    root, own = page_runs(package, document, path)
    held = templates(package, document)
    for item in children(root, "Template"):
        below = held.get(item.get("TemplateID", ""))
        if below and package.holds(below):
            own = page_runs(package, document, below)[1] + own
    text = line_text(own)
    if compact(text):
        pieces.append(Piece(text, where))
    drawn = "\n".join(run.text for run in own if not run.why)
    if compact(drawn) != compact(text):
        pieces.append(Piece("".join(run.text for run in own if not run.why), where))
    for why in dict.fromkeys(run.why for run in own if run.why):
        pieces.append(Piece("".join(run.text for run in own if run.why == why), where, True, why))
        found.append(_finding(Kind.HIDDEN_CONTENT, where, f"有看不见的文字（{why}）", hidden=True))
    if children(root, "ImageObject"):
        sentence = "有图片，图片中的文字" if compact(text) else "是图像，没有识别文字"
        found.append(_finding(Kind.UNSCREENED, where, f"{where}{sentence}，未经筛查，请人工核对"))


def line_text(own: list[Run]) -> str:
    """What is seen, line by line."""
    lines = []
    for line in reading_order(own):
        text = line[0].text
        for before, after in pairwise(line):
            text += gap(before, after) + after.text
        lines.append(text)
    return "\n".join(lines)


def _part(
    package: Package, path: str, content: bytes, known: str, pieces: list[Piece], found: list[Finding],
    inner: list[Unpacked], depth: int,
) -> None:
    lower = path.lower()
    where = next((words for key, words in _PLACES if key in lower), "包内数据")
    if where != "包内数据":
        found.append(_finding(Kind.HIDDEN_CONTENT, where, f"文件带有{where}", hidden=True))
    if lower.endswith(".xml"):
        for text in _xml_texts(content, path in package.shown):
            if compact(text) and compact(text) not in known:
                pieces.append(Piece(text, _place(path, where), True, where))
    elif content.startswith(_PICTURES):
        from gongkai.core.screening.formats.image.metadata import picture_texts

        pieces += [Piece(text, "图片的附带信息", True, "图片的附带信息") for text in picture_texts(content)]
    elif where == "附件":
        inner.append(nested(content, path, depth=depth, prefix=f"附件 {path.rpartition('/')[2][-40:]}", hidden=True))
    elif not content.startswith(_FONTS) and (text := readable_runs(content)):
        pieces.append(Piece(text, where, True, where))


def _place(path: str, where: str) -> str:
    return "文档属性" if path == "OFD.xml" else where


def _xml_texts(content: bytes, is_shown: bool) -> list[str]:
    """Texts, attributes and comments of a part. The lines of a page that is shown were read as such."""
    texts = [part.decode("utf-8", "replace") for pair in _COMMENT.findall(content) for part in pair if part]
    try:
        root = parse_xml(content)
    except ReadError:
        return [readable_runs(content)]
    joined: list[str] = []
    for item in root.iter():
        name = local(item)
        if name == "TextObject" and not is_shown:
            joined.append("".join((code.text or "") for code in children(item, "TextCode")))
        texts += [str(value) for key, value in item.attrib.items() if key not in _NAMES and _is_telling(str(value))]
        if name == "DocID" and re.fullmatch(r"[0-9A-Fa-f-]{32,36}", item.text or ""):
            continue
        if item.text and name not in _DRAWN and (_is_telling(item.text) or not _PATH.fullmatch(item.text)):
            texts.append(item.text)
        if item.tail and item.tail.strip():
            texts.append(item.tail)
    if joined:
        texts += ["\n".join(joined), "".join(joined)]
    return [text for text in dict.fromkeys(texts) if is_text(text)]


def _is_telling(value: str) -> bool:
    """Words or long numbers, not coordinates and key words."""
    if _PLAIN.fullmatch(value):
        return _is_long(value)
    return not value.isascii() or "@" in value or sum(letter.isdigit() for letter in value) >= 6


def _is_long(value: str) -> bool:
    """One number with so many digits that it may be a person's."""
    return bool(re.fullmatch(r"\s*\d[\d \-]{9,30}[\dXx]\s*", value)) and " " not in value.strip()


def _finding(kind: Kind, where: str, excerpt: str, *, hidden: bool = False) -> Finding:
    return Finding(kind, where, excerpt, Verdict.WARN, hidden)


__all__ = ["line_text", "page_runs", "unpack"]
