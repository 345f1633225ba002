"""The parts that no page walk reads: embedded files, pictures, macros, charts, caches and whatever else is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats.ooxml.names import A
from gongkai.core.screening.formats.ooxml.package import Package, parse
from gongkai.core.screening.formats.ooxml.props import GLOSSARY, LINKED, OWN_XML, PIVOT
from gongkai.core.screening.formats.ooxml.sweep import asides, loose, namespaces, sweep, telling, unquoted
from gongkai.core.screening.model import Finding, Kind, Piece, Unpacked, Verdict

_PICTURES = (".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".jfif")
_FILES = ("embeddings/", "afchunk", "altchunk")
_WHOLE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-")  # whatever the part is called
_WHYS = (("glossary/", GLOSSARY), ("customxml/item", OWN_XML), ("externallinks/", LINKED), ("pivotcache/", PIVOT))
_MACROS = "vbaproject"


def rest(package: Package, taken: dict[str, set[etree._Element]], skipped: set[str], depth: int) -> Unpacked:
    """Pieces and findings of all parts. `taken` names the texts already given, by part; `skipped` parts are done."""
    pieces = list(package.beside)
    findings: list[Finding] = []
    pictures = 0
    for name, data in package.parts.items():
        low = name.lower()
        if telling(PurePosixPath(name).name):
            pieces.append(Piece(unquoted(name), f"部件名 {name}", hidden=True, why="文件内部的部件名"))
        if name in skipped or not data:
            continue
        if low.endswith((".rels", ".xml", ".vml", ".svg")) and not any(mark in low for mark in _FILES):
            pieces += _markup(data, name, taken.get(name, set()))
        elif _MACROS in low or low.endswith("vbadata.xml"):
            findings.append(
                Finding(Kind.HIDDEN_CONTENT, f"部件 {name}", "文件带有宏程序", Verdict.BLOCK, hidden=True)
            )
            pieces += loose(data, f"宏 {name}", "宏程序")
            pieces += nested(data, name, depth=depth, prefix=f"宏 {name}", hidden=True, why="宏程序").pieces
        elif low.endswith(_PICTURES):
            inner = nested(data, name, depth=depth, prefix=f"图片“{PurePosixPath(name).name}”")
            pieces += inner.pieces
            pictures += any(finding.kind is Kind.UNSCREENED for finding in inner.findings)
            findings += [finding for finding in inner.findings if finding.kind is not Kind.UNSCREENED]
        elif any(mark in low for mark in _FILES) or data.startswith(_WHOLE_FILES):
            leaf = PurePosixPath(name).name
            inner = nested(data, leaf, depth=depth, prefix=f"嵌入文件“{leaf}”", hidden=True, why="嵌入的文件")
            pieces += inner.pieces
            findings += inner.findings
            if inner.format != "unreadable":
                findings.append(
                    Finding(Kind.HIDDEN_CONTENT, f"嵌入文件“{leaf}”", "文件里嵌有另一个文件", Verdict.WARN, hidden=True)
                )
        else:
            pieces += loose(data, f"部件 {name}", "文件内部的二进制数据")
            if low.endswith((".emf", ".wmf", ".wdp", ".pict")):
                pictures += 1
    if pictures:
        findings.append(
            Finding(
                Kind.UNSCREENED, "图片", f"有 {pictures} 张图片，没有识别图中的文字，未经筛查，请人工核对", Verdict.WARN
            )
        )
    return Unpacked("", tuple(pieces), tuple(findings))


def _markup(data: bytes, name: str, taken: set[etree._Element]) -> Iterator[Piece]:
    why = next((why for mark, why in _WHYS if mark in name.lower()), "")
    try:
        root = next(iter(taken)).getroottree().getroot() if taken else parse(data)
    except ReadError:
        if name.lower().endswith(".vml"):  # older programs write these carelessly
            yield from loose(data, f"部件 {name}", "文件内部的文字")
            return
        raise
    yield from asides(data, name)
    yield from namespaces(root, name)
    if why:
        text = " ".join(str(part).strip() for part in root.itertext() if part.strip())
        if text and not name.lower().endswith(".rels"):
            yield Piece(text, f"部件 {name}", hidden=True, why=why)
    told = set(taken)
    for number, paragraph in enumerate(root.iter(f"{A}p"), 1):  # titles of charts, shapes of diagrams
        texts = [text for text in paragraph.iter(f"{A}t") if text not in told]
        told.update(texts)
        if joined := "".join(text.text or "" for text in texts).strip():
            yield Piece(joined, f"{_drawn(name)} 第{number}段", hidden=bool(why), why=why)
    yield from sweep(root, name, told)


def _drawn(name: str) -> str:
    leaf = PurePosixPath(name).name
    return f"图表“{leaf}”" if "chart" in name.lower() else f"图形“{leaf}”"
