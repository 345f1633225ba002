"""Which files an applicant or a clerk may hand in: decided by what is in them, never by what they are called.

Taken are PDF, JPG, PNG, WebP, Word (.docx, .doc, .wps), Excel (.xlsx), OFD and plain text. Refused by name, with one
sentence: programs, pages, SVG, macros, scripts in a PDF, archives, files that unpack out of all proportion.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from django.conf import settings

from gongkai.applications.submission import Incoming
from gongkai.core.errors import ReadError, Refused
from gongkai.core.report.readers.limits.container import open_zip, read_member
from gongkai.files import names

ENDINGS: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",), "jpg": (".jpg", ".jpeg"), "png": (".png",), "webp": (".webp",), "docx": (".docx",),
    "doc": (".doc", ".wps"), "xlsx": (".xlsx",), "txt": (".txt",), "ofd": (".ofd",),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|svg|script|iframe|object|embed|form|meta|\?xml)\b", re.I)
_XML = re.compile(rb"^\s*<\?xml", re.I)
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE_PARTS = re.compile(
    r"vbaproject\.bin$|/activex/|/macrosheets/|\.(?:exe|dll|scr|js|vbs|hta|lnk|bat|cmd|ps1)$", re.I,
)
_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_MOST_PIXELS = 200_000_000
_MOST_TYPES = 1024 * 1024  # bytes of a package's list of content types


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: a safe name with the ending of what it is, and its bytes."""

    name: str
    kind: str
    data: bytes = field(repr=False)


def accepted(files: Iterable[Incoming]) -> list[Accepted]:
    """All of them, or none. Raises Refused: too-many-files, files-too-large, file-too-large, file-empty, file-program,
    file-page, file-macro, file-script, file-hostile, file-encrypted, file-damaged, file-kind."""
    taken: list[Accepted] = []
    for incoming in files:
        if len(taken) >= settings.GONGKAI_APPLICATION_FILES:
            raise Refused(
                "too-many-files", "一次最多 %(most)s 个文件，没有提交；请合并或分几次补交",
                most=settings.GONGKAI_APPLICATION_FILES,
            )
        taken.append(_accept(incoming))
        if sum(len(one.data) for one in taken) > settings.GONGKAI_APPLICATION_FILES_BYTES:
            raise Refused(
                "files-too-large", "所附文件合计超过 %(most)s MB，没有提交；请压缩图片或分几次补交",
                most=settings.GONGKAI_APPLICATION_FILES_BYTES // 1024 ** 2,
            )
    return taken


def kind_of(data: bytes, name: str) -> str:
    """What a file is. Raises Refused with its name."""
    if not data:
        raise Refused("file-empty", "文件“%(name)s”是空的，没有提交；请重新选择", name=name)
    if data[:2] == b"MZ" or data[:4] == b"\x7fELF" or data[:4] in (b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"):
        raise Refused("file-program", "文件“%(name)s”是程序，不能接收；请上传图片、PDF 或 Word 文档", name=name)
    if data.startswith(b"%PDF-"):
        return _pdf(data, name)
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data, name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:4] == b"PK\x03\x04":
        return _package(data, name)
    if data.startswith(_OLE):
        return _old_office(data, name)
    return _text(data, name)


def _accept(incoming: Incoming) -> Accepted:
    name = names.safe(incoming.name)
    held = bytearray()
    for chunk in incoming.chunks:
        held += chunk
        if len(held) > settings.GONGKAI_APPLICATION_FILE_BYTES:
            raise Refused(
                "file-too-large", "文件“%(name)s”超过 %(most)s MB，没有提交；请压缩图片或拆分后再上传",
                name=name, most=settings.GONGKAI_APPLICATION_FILE_BYTES // 1024 ** 2,
            )
    data = bytes(held)
    kind = kind_of(data, name)
    # Whoever saves it later gets what it is: a PDF that calls itself .exe is saved as .exe.pdf.
    if PurePath(name).suffix.lower() not in ENDINGS[kind]:
        name = names.safe(name[:names.LONGEST - len(ENDINGS[kind][0])] + ENDINGS[kind][0])
    return Accepted(name, kind, data)


def _pdf(data: bytes, name: str) -> str:
    if b"%%EOF" not in data[-4096:] and b"startxref" not in data[-4096:]:
        raise _damaged(name)
    # A name may be written with escapes: /J#61vaScript is /JavaScript.
    if _ACTIVE_PDF.search(data) or _ACTIVE_PDF.search(_ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), data)):
        raise Refused(
            "file-script", "文件“%(name)s”里有脚本或会自动运行的动作，没有提交；请重新打印成 PDF 后再上传", name=name,
        )
    return "pdf"


def _png(data: bytes, name: str) -> str:
    if len(data) < 24:
        raise _damaged(name)
    width, height = struct.unpack(">LL", data[16:24])
    if width * height > _MOST_PIXELS:
        raise _hostile(name)
    return "png"


def _package(data: bytes, name: str) -> str:
    """Word, Excel and OFD are zip files: what they are stands in the names of their parts."""
    try:
        opened = open_zip(data)
        parts = [info.filename for info in opened.infolist()]
        types = read_member(opened, "[Content_Types].xml", _MOST_TYPES) if "[Content_Types].xml" in parts else b""
    except (ReadError, zipfile.BadZipFile) as error:
        raise _unopened(error, name) from error
    if any(_ACTIVE_PARTS.search(part) for part in parts) or b"macroEnabled" in types:
        raise Refused("file-macro", "文件“%(name)s”里有宏或程序，没有提交；请另存为不带宏的文档后再上传", name=name)
    if "word/document.xml" in parts or b"wordprocessingml.document.main" in types:
        return "docx"
    if "xl/workbook.xml" in parts or b"spreadsheetml.sheet.main" in types:
        return "xlsx"
    if "OFD.xml" in parts:
        return "ofd"
    raise _unknown(name)


def _unopened(error: Exception, name: str) -> Refused:
    code = getattr(error, "code", "")
    if code in {"zip-bomb", "zip-too-many-files", "content-too-large"}:
        return _hostile(name)
    if code == "encrypted":
        return Refused("file-encrypted", "文件“%(name)s”加了密码，没有提交；请取消密码后再上传", name=name)
    return _damaged(name)


def _old_office(data: bytes, name: str) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Refused("file-encrypted", "文件“%(name)s”加了密码，没有提交；请取消密码后再上传", name=name)
    if holds("_VBA_PROJECT"):
        raise Refused("file-macro", "文件“%(name)s”里有宏或程序，没有提交；请另存为不带宏的文档后再上传", name=name)
    if holds("WordDocument"):
        return "doc"
    raise _unknown(name)


def _text(data: bytes, name: str) -> str:
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        plain = data.decode("utf-16").encode() if utf16 else data
    except UnicodeError:
        plain = b"\x00"
    head = plain[:65_536]
    if _MARKUP.search(head) or _XML.match(head):
        raise Refused("file-page", "文件“%(name)s”是网页或 SVG，不能接收；请打印成 PDF 或截图后再上传", name=name)
    if PurePath(name).suffix.lower() not in ENDINGS["txt"] or plain.translate(None, _CONTROLS) != plain:
        raise _unknown(name)
    return "txt"


def _damaged(name: str) -> Refused:
    return Refused(
        "file-damaged", "文件“%(name)s”不完整，多半是传输中断，没有提交；请重新取得原件后再上传", name=name,
    )


def _hostile(name: str) -> Refused:
    return Refused(
        "file-hostile", "文件“%(name)s”打开后会占满内存，疑似恶意文件，没有提交；请确认文件来源", name=name,
    )


def _unknown(name: str) -> Refused:
    return Refused(
        "file-kind",
        "认不出文件“%(name)s”，没有提交；可以上传 PDF、JPG、PNG、WebP、Word（docx、doc、wps）、xlsx、OFD、txt",
        name=name,
    )
