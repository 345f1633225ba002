"""Old Office files (.doc, .xls, .ppt, .wps, .et): read for screening. They cannot be rebuilt safely."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats.ole import excel, others, word
from gongkai.core.screening.formats.ole.compound import Compound
from gongkai.core.screening.formats.ooxml.props import said
from gongkai.core.screening.formats.ooxml.sweep import loose
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

_SUMMARY, _MORE = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_MACROS = ("Macros/", "_VBA_PROJECT_CUR/", "VBA/", "_VBA_PROJECT")
_WRAPPED = {"\x01Ole10Native", "Package", "CONTENTS", "EmbeddedOdf"}
_PACKED = frozenset({"docx", "xlsx", "pptx", "ofd", "pdf", "image", "zip", "zipped"})
_KNOWN = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}


def unpack(data: bytes, name: str, depth: int) -> Unpacked:
    """All text of the streams, with places as far as the format tells them.

    Raises ReadError `encrypted`, `damaged`, or `unsupported-format` for a compound file that is no office document.
    """
    compound = Compound(data)
    streams = compound.streams
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise ReadError("encrypted", "文件加了打开密码，无法筛查；请在 Word 或 WPS 中取消密码后再上传。")
    kind = next((named for stream, named in _KNOWN.items() if stream in streams), "")
    if not kind and depth == 0 and not any(path.rpartition("/")[2] in _WRAPPED for path in streams):
        raise ReadError(
            "unsupported-format", f"“{name[-60:]}”不是 Word、Excel 或演示文稿，无法筛查；请另存为 PDF 后再上传。"
        )
    pieces: list[Piece] = []
    findings: list[Finding] = []
    macros = False
    for path, stream in streams.items():
        folder, leaf = path.rpartition("/")[0], path.rpartition("/")[2]
        inside = bool(folder)
        if any(mark in f"{path}/" for mark in _MACROS):
            macros = True
            source = others.macro_source(stream)
            pieces += [Piece(source, f"宏 {leaf}", hidden=True, why="宏程序")] if source else []
            pieces += loose(stream, f"宏 {leaf}", "宏程序")
        elif leaf in _WRAPPED:
            wrapped = others.packed(stream) if leaf == "\x01Ole10Native" else ("嵌入文件", stream)
            if wrapped is None:
                pieces += loose(stream, "嵌入的数据", "嵌入的文件")
                continue
            label, content = wrapped
            where = f"嵌入文件“{label[-60:]}”"
            pieces.append(Piece(label, f"{where}的文件名", hidden=True, why="嵌入的文件"))
            inner = nested(content, label, depth=depth, prefix=where, hidden=True, why="嵌入的文件")
            pieces += inner.pieces
            findings += inner.findings
            if inner.format not in _PACKED:  # taken for a text, it may be data with words in another encoding
                pieces += loose(stream, where, "嵌入的文件")
            if inner.format != "unreadable":
                findings.append(
                    Finding(Kind.HIDDEN_CONTENT, where, "文件里嵌有另一个文件", Verdict.WARN, hidden=True)
                )
        else:
            pieces += _stream(leaf, stream, streams, folder, findings, "嵌入的文件" if inside else "")
    if macros:
        findings.append(Finding(Kind.HIDDEN_CONTENT, "宏", "文件带有宏程序", Verdict.BLOCK, hidden=True))
    pieces += loose(compound.unused, "文件中不再使用的区域", "文件中残留的旧文字")
    return Unpacked(kind or "ole", tuple(pieces), (*findings, *said(pieces)))


def _stream(
    leaf: str, stream: bytes, streams: dict[str, bytes], folder: str, findings: list[Finding], why: str
) -> list[Piece]:
    if leaf == "WordDocument":
        prefix = f"{folder}/" if folder else ""
        tables = {name: streams.get(prefix + name, b"") for name in ("0Table", "1Table")}
        return list(word.read(stream, tables, why))
    if leaf == "Workbook":
        return list(excel.read(stream, why))
    if leaf == "Book":
        raise ReadError("old-office-format", "这是 Excel 95 或更早的文件，无法筛查；请另存为 .xlsx 后再上传。")
    if leaf == "PowerPoint Document":
        return list(others.slides(stream))
    if leaf in {_SUMMARY, _MORE}:
        read = others.properties(stream, more=leaf == _MORE)
        told = [name for name, text in read if name not in {"模板", "其他"} and not _is_number(text)]
        names = list(dict.fromkeys(told))
        if names:
            listed = "、".join(names)
            findings.append(Finding(Kind.METADATA, "文档属性", f"文件属性里有：{listed}", Verdict.WARN, hidden=True))
        pieces = [Piece(text, f"文档属性“{name}”", hidden=True, why="文档属性") for name, text in read]
        return [*pieces, *loose(stream, "文档属性", "文档属性")]
    source = others.macro_source(stream)  # a module that does not lie in the folder of macros
    pieces = [Piece(source, f"宏 {leaf}", hidden=True, why="宏程序")] if source else []
    return [*pieces, *loose(stream, f"数据流 {leaf.lstrip(chr(1) + chr(5))}", "文件内部的二进制数据")]


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("-", "").isdigit() and len(text) < 11


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:  # noqa: ARG001 - the seam of all formats
    """Always refuses: nobody can say what such a file keeps between its records."""
    raise ReadError(
        "cannot-clean",
        "旧版 Office 文件（.doc、.xls、.ppt、.wps、.et）无法安全重建；请另存为 .docx、.xlsx 或 PDF 后重新上传。",
    )
