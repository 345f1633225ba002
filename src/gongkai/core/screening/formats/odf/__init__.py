"""OpenDocument (.odt, .ods, .odp and their templates): read for screening, not rebuilt."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats.odf.story import Story, hidden_styles
from gongkai.core.screening.formats.ooxml.names import local
from gongkai.core.screening.formats.ooxml.package import Package, parse
from gongkai.core.screening.formats.ooxml.props import said
from gongkai.core.screening.formats.ooxml.sweep import asides, loose, sweep
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

_STORIES = ("content.xml", "styles.xml")
_PROPERTIES = {
    "title": "标题", "subject": "主题", "creator": "最后保存者", "initial-creator": "作者", "keyword": "关键词",
    "description": "备注", "printed-by": "打印者", "user-defined": "自定义",
}
_MACROS = ("Basic/", "Scripts/")
_MARKUP = (b"<?xml", b"\xef\xbb\xbf<?xml")


def unpack(data: bytes, name: str, depth: int) -> Unpacked:  # noqa: ARG001 - the seam of all formats
    """All text of the document with its places, visible and hidden.

    Raises ReadError `encrypted` for a document with a password, and as the reader of packages does.
    """
    package = Package.open(data)
    manifest = package.parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        raise ReadError("encrypted", "文件加了打开密码，无法筛查；请在 WPS 或 LibreOffice 中取消密码后再上传。")
    pieces: list[Piece] = list(package.beside)
    findings: list[Finding] = []
    macros = False
    for part, content in package.parts.items():
        folder, leaf = part.rpartition("/")[0], part.rpartition("/")[2]
        if leaf in _STORIES:
            styled = [parse(package.parts[one]) for one in _beside(folder, package)]
            pieces += _story(parse(content), part, hidden_styles(styled), inside=bool(folder))
            pieces += asides(content, part)
        elif part == "meta.xml":
            told, found = _properties(parse(content))
            pieces += told
            findings += found
        elif part == "mimetype" or not content.strip():
            continue
        elif content.lstrip()[:64].startswith(_MARKUP):
            root = parse(_without_doctype(content))
            pieces += sweep(root, part)
            pieces += asides(content, part)
            macros = macros or (part.startswith(_MACROS) and local(root.tag) == "module")
        else:
            macros = macros or part.startswith(_MACROS)
            where = f"内嵌的文件“{part[-60:]}”"
            inner = nested(content, leaf, depth=depth, prefix=where, hidden=True, why="内嵌的文件")
            if inner.format == "unreadable":
                pieces += loose(content, f"部件 {part}", "文件内部的二进制数据")
            pieces += inner.pieces
            findings += inner.findings
    if macros:
        findings.append(Finding(Kind.HIDDEN_CONTENT, "宏", "文件带有宏程序", Verdict.BLOCK, hidden=True))
    return Unpacked(_kind(package), tuple(pieces), (*findings, *said(pieces)))


def _kind(package: Package) -> str:
    told = package.parts.get("mimetype", b"")
    return "ods" if b"spreadsheet" in told else "odp" if b"presentation" in told else "odt"


def _beside(folder: str, package: Package) -> list[str]:
    names = [f"{folder}/{leaf}" if folder else leaf for leaf in _STORIES]
    return [name for name in names if name in package.parts]


def _story(root: etree._Element, part: str, hidden: frozenset[str], *, inside: bool) -> list[Piece]:
    story = Story(hidden)
    story.read(root)
    pieces = [
        Piece(piece.text, f"内嵌对象 › {piece.where}", True, piece.why or "内嵌的对象", piece.row, piece.table)
        for piece in story.pieces
    ] if inside else story.pieces
    return [*pieces, *sweep(root, part)]


def _properties(root: etree._Element) -> tuple[list[Piece], list[Finding]]:
    pieces: list[Piece] = []
    named: list[str] = []
    for element in root.iter():
        text, key = (element.text or "").strip(), local(element.tag)
        if not text:
            continue
        own = next((str(value) for name, value in element.attrib.items() if local(name) == "name"), "")
        word = _PROPERTIES.get(key, key)
        pieces.append(Piece(f"{own} {text}".strip(), f"文档属性“{word}”", hidden=True, why="文档属性"))
        if key in _PROPERTIES:
            named.append(word)
    if not named:
        return pieces, []
    listed = "、".join(dict.fromkeys(named))
    return pieces, [Finding(Kind.METADATA, "文档属性", f"文件属性里有：{listed}", Verdict.WARN, hidden=True)]


def _without_doctype(content: bytes) -> bytes:
    """Parts of macros name a document type that no reader needs."""
    start = content.find(b"<!DOCTYPE")
    end = content.find(b">", start)
    head = content[start:end]
    return content if start < 0 or b"[" in head else content[:start] + content[end + 1:]


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:  # noqa: ARG001 - the seam of all formats
    """Always refuses: the office programs that the public uses write it anew better than we could."""
    raise ReadError(
        "cannot-clean",
        "OpenDocument 文件（.odt、.ods、.odp）不能自动清理；请另存为 .docx、.xlsx、.pptx 或 PDF 后重新上传。",
    )
