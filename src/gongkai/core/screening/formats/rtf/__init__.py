"""Rich Text Format: read for screening, not rebuilt."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats.ooxml.props import said
from gongkai.core.screening.formats.ooxml.sweep import loose
from gongkai.core.screening.formats.rtf.reader import Reader
from gongkai.core.screening.model import Finding, Kind, Rebuilt, Unpacked, Verdict

_FILES = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
_FEW_BYTES = 8


def unpack(data: bytes, name: str, depth: int) -> Unpacked:  # noqa: ARG001 - the seam of all formats
    """All text of the file by place, hidden text, remarks, properties, and files that are embedded in it.

    Raises ReadError `damaged` for a file of braces without an end.
    """
    read = Reader().read(data)
    if not read.end:
        raise ReadError("damaged", "RTF 文件不完整，无法筛查；请另存为 .docx 后再上传。")
    pieces = list(read.pieces)
    findings: list[Finding] = []
    for number, content in enumerate(read.objects, 1):
        where = f"嵌入文件 {number}"
        findings.append(Finding(Kind.HIDDEN_CONTENT, where, "文件里嵌有另一个文件", Verdict.WARN, hidden=True))
        starts = [at for magic in _FILES if (at := content.find(magic)) >= 0]
        pieces += loose(content, f"{where}的数据", "嵌入的文件")
        if starts:
            inner = nested(content[min(starts):], where, depth=depth, prefix=where, hidden=True, why="嵌入的文件")
            pieces += inner.pieces
            findings += inner.findings
        elif len(content) > _FEW_BYTES:
            findings.append(Finding(Kind.UNSCREENED, where, "嵌入的文件无法识别，请人工核对", Verdict.BLOCK, True))
    for what, content in read.packed:
        pieces += loose(content, f"RTF 数据 {what}", "文件内部的二进制数据")
        if what == "pict" and (picture := _picture(content, depth)):
            pieces += picture.pieces
    if read.pictures:
        findings.append(Finding(
            Kind.UNSCREENED, "图片", f"有 {read.pictures} 张图片，没有识别图中的文字，未经筛查，请人工核对",
            Verdict.WARN,
        ))
    if data[read.end:].strip(b"\x00\r\n\t "):
        pieces += loose(data[read.end:], "文件结尾之后的数据", "附在文件之外的数据")
    return Unpacked("rtf", tuple(pieces), (*findings, *said(pieces)))


def _picture(content: bytes, depth: int) -> Unpacked | None:
    """What a picture tells beside its pixels."""
    if not content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return None
    inner = nested(content, "图片", depth=depth, prefix="图片", hidden=True, why="图片的附带信息")
    return None if inner.format == "unreadable" else inner


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:  # noqa: ARG001 - the seam of all formats
    """Always refuses: an RTF file may carry anything in destinations that nobody knows."""
    raise ReadError("cannot-clean", "RTF 文件不能自动清理；请另存为 .docx 或 PDF 后重新上传。")
