"""Files taken apart for screening, and rebuilt. The kind is found by content; the name promises nothing.

Each kind is a module with `unpack(data, name, depth) -> Unpacked` and `clean(data, name, mask) -> bytes` (or `Rebuilt`,
when it has something to say), imported when a file of its kind arrives. What is embedded (attachments, objects,
members of archives) goes through `nested`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_FILE_BYTES
from gongkai.core.screening.formats.characters import bare_utf16
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

MAX_DEPTH = 3  # a file in a file in a file

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh")
_MARKUP = re.compile(
    rb"<(?:\?xml|!doctype|!--|svg|html|head|body|table|tbody|tr|td|div|p|meta|span|h[1-6]|style|script|title|a|ul|img)"
    rb"[\s>/\-]", re.I,
)
_HEADER = re.compile(
    rb"(?:(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to"
    rb"|sender|x-[\w-]+):[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.I,
)
_ENDING = re.compile(
    r"\.(?:txt|csv|json|xml|html?|md|log|sql|eml|mht|docx?|docm|xlsx?|xlsm|pptx?|pdf|ofd|zip|wps|et|dps|rtf|od[tspg]"
    r"|png|jpe?g|gif|tiff?|bmp|webp|svg|ics|vcf)$", re.I,
)
_RUNS = re.compile(  # whatever is in it, a double click runs it
    r"\.(?:exe|bat|cmd|scr|pif|cpl|msi|dll|vb[se]|jse?|ws[fh]|hta|ps1|lnk|url|jar|reg|chm|sh)$", re.I,
)
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_HEAD = 65_536
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])


def unpack(data: bytes, name: str, *, depth: int = 0) -> Unpacked:
    """All text of a file with its places, visible and hidden. Raises ReadError when it cannot be read for certain."""
    if depth > MAX_DEPTH:
        raise ReadError("too-deep", f"文件里的附件套了超过 {MAX_DEPTH} 层，没有继续拆开；请取出附件单独上传。")
    unpacked: Unpacked = _module(kind_of(data, name)).unpack(data, name, depth)
    return unpacked


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> bytes:
    """The file rebuilt with nothing hidden and its text passed through `mask`. Raises ReadError `cannot-clean`."""
    return rebuild(data, name, mask).data


def rebuild(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:
    """The same with what the format has to say about it."""
    made: bytes | Rebuilt = _module(kind_of(data, name)).clean(data, name, mask)
    return made if isinstance(made, Rebuilt) else Rebuilt(made)


def nested(data: bytes, name: str, *, depth: int, prefix: str, hidden: bool = False, why: str = "") -> Unpacked:
    """A file inside a file of level `depth`: its pieces with `prefix` before their places.

    What cannot be read inside a file blocks it: nobody knows what goes out with it.
    """
    try:
        inner = unpack(data, name, depth=depth + 1)
    except ReadError as error:
        finding = Finding(Kind.UNSCREENED, prefix, f"内含的文件无法筛查：{error.message}", Verdict.BLOCK, hidden)
        return Unpacked("unreadable", (), (finding,))
    pieces = tuple(
        replace(
            piece, where=f"{prefix} › {piece.where}", hidden=piece.hidden or hidden, why=piece.why or why,
            table=f"{prefix} › {piece.table}" if piece.table else "",
        )
        for piece in inner.pieces
    )
    findings = tuple(
        replace(finding, where=f"{prefix} › {finding.where}", hidden=finding.hidden or hidden)
        for finding in inner.findings
    )
    return Unpacked(inner.format, pieces, findings, inner.pages)


def name_piece(name: str, where: str, *, hidden: bool = False, why: str = "") -> Piece:
    """The name of a file as a piece: names of attachments tell as much as their text."""
    return Piece(bare_name(name), where, hidden, why)


def bare_name(name: str) -> str:
    """The parts of a path line by line and without their ending: a mark stands alone in them."""
    return "\n".join(_ENDING.sub("", part) for part in re.split(r"[\\/]", name) if part)


def kind_of(data: bytes, name: str = "") -> str:
    """docx, xlsx, pptx, odf, ofd, zipped, ole, pdf, rtf, image, mail, html or text.

    Raises ReadError `empty-file`, `file-too-large`, `truncated`, `damaged`, `archive`, `program`, `unsupported-format`
    or `unknown-format`.
    """
    if ending := _RUNS.search(name):
        raise ReadError(
            "program",
            f"文件名以 {ending[0]} 结尾，打开时会当作程序运行，不能公开，没有筛查；请改用与内容相符的后缀后重新上传。",
        )
    if not data:
        raise ReadError("empty-file", "文件是空的（0 字节）；请检查上传是否完整后重新上传。")
    if len(data) > MAX_FILE_BYTES:
        raise ReadError(
            "file-too-large",
            f"文件有 {len(data) // 1_048_576} MB，超过 {MAX_FILE_BYTES // 1_048_576} MB 的上限，没有筛查；"
            "请拆分后上传。",
        )
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        return _package(data)
    if data[:8] == _OLE:
        return "ole"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    bitmap = data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"
    if data.startswith(_IMAGES) or bitmap or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if data.startswith(_ARCHIVES):
        raise ReadError("archive", "这是压缩包（rar、7z、gz 等），没有解开，无法筛查；请解压后上传，或改压为 .zip。")
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ")[:4] == b"{\\rt":
        return "rtf"
    return _text_kind(data, name)


def _package(data: bytes) -> str:
    from gongkai.core.report.readers.limits.container import directory_of, open_directory, read_member

    directory = directory_of(data)  # names stand there uncompressed
    if b"[Content_Types].xml" in directory:
        opened = open_directory(data)
        if "[Content_Types].xml" in opened.namelist():
            types = read_member(opened, "[Content_Types].xml")
            for kind, marks in _OFFICE.items():
                if any(mark in types for mark in marks):
                    return kind
            if b"ms-excel.sheet.binary" in types:
                raise _unsupported("Excel 二进制工作簿（.xlsb）", "请另存为 .xlsx 后再上传。")
            if b"visio" in types:
                raise _unsupported("Visio 图形文件", "请另存为 PDF 后再上传。")
    if b"OFD.xml" in directory:
        return "ofd"
    if b"mimetype" in directory and b"content.xml" in directory:
        return "odf"
    return "zipped"


_OFFICE = {
    "docx": (
        b"wordprocessingml.document.main", b"wordprocessingml.template.main", b"ms-word.document.macroEnabled",
        b"ms-word.template.macroEnabled",
    ),
    "xlsx": (
        b"spreadsheetml.sheet.main", b"spreadsheetml.template.main", b"ms-excel.sheet.macroEnabled",
        b"ms-excel.template.macroEnabled", b"ms-excel.addin.macroEnabled",
    ),
    "pptx": (
        b"presentationml.presentation.main", b"presentationml.slideshow.main", b"presentationml.template.main",
        b"ms-powerpoint.presentation.macroEnabled", b"ms-powerpoint.slideshow.macroEnabled",
        b"ms-powerpoint.template.macroEnabled",
    ),
}


def _text_kind(data: bytes, name: str) -> str:
    head = data[:_HEAD]
    encoding = _UTF16.get(data[:2]) or bare_utf16(head)
    if encoding:
        head = head[: len(head) // 2 * 2].decode(encoding, "ignore").encode("utf-8")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 200 > len(head) or (not encoding and head.count(b"\x00") * 200 > len(head)):
        named = f"（{name[-80:]}）" if name else ""
        raise ReadError(
            "unknown-format",
            f"认不出这个文件{named}是什么格式，无法筛查；请上传 .docx、.xlsx、.pdf、网页或纯文本文件。",
        )
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HEADER.match(head):
        return "mail"
    if _MARKUP.search(head):
        return "html"
    return "text"


def _module(kind: str) -> Any:
    try:
        return import_module(f"gongkai.core.screening.formats.{kind}")
    except ModuleNotFoundError as error:
        if error.name != f"gongkai.core.screening.formats.{kind}":
            raise
        raise _unsupported(f"{kind} 文件", "请另存为 .docx、.xlsx 或 PDF 后再上传。") from error


def _unsupported(what: str, do: str) -> ReadError:
    return ReadError("unsupported-format", f"这是{what}，无法筛查；{do}")
