"""The report files in an uploaded .zip, one at a time.

A member that cannot be unpacked is given with its error: one bad file never stops the others. Whether a member is
a report is for its reader to say.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_FILE_BYTES
from gongkai.core.report.readers.limits.container import check_ratio, open_directory, read_member
from gongkai.core.report.readers.sniff import sniff

MAX_ARCHIVE_BYTES = 256 * 1024 * 1024
MAX_TOTAL_UNPACKED = 2 * 1024 * 1024 * 1024

_UTF8_NAME = 0x800
_LITTER = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})
_NEVER_REPORTS = frozenset({".ico", ".svg", ".css", ".js", ".mp3", ".mp4", ".avi", ".lnk", ".url", ".db", ".tmp"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"})
_BESIDE_A_PAGE = ("_files", ".files", "_file")  # the folder in which browsers keep a saved page's pictures


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path with folders, and its bytes or why there are none."""

    name: str
    data: bytes | None = None
    error: ReadError | None = None


def is_archive(data: bytes) -> bool:
    """True for a .zip that is no document of its own."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        sniff(data)
    except ReadError as refused:
        return refused.code == "archive"
    return False


def members(data: bytes) -> Iterator[Member]:
    """The files of an archive in its order, without folders, the pictures of saved pages and what systems leave behind.

    A picture that stands by itself may be a scanned report: it is given, and its reader says that it cannot be read.

    Raises ReadError only for the archive as a whole: `empty-file`, `file-too-large`, `truncated`, `damaged`,
    `zip-bomb`, `zip-too-many-files`.
    """
    if not data:
        raise ReadError("empty-file", "压缩包是空的（0 字节）；请检查上传是否完整后重新上传。")
    if len(data) > MAX_ARCHIVE_BYTES:
        raise ReadError(
            "file-too-large",
            f"压缩包有 {len(data) // 1_048_576} MB，超过 {MAX_ARCHIVE_BYTES // 1_048_576} MB，没有解开；请分批上传。",
        )
    opened = open_directory(data)
    total = sum(info.file_size for info in opened.infolist())
    if total > MAX_TOTAL_UNPACKED:
        raise ReadError(
            "zip-bomb",
            f"压缩包解开后将有 {total // 1_048_576} MB，没有解开；请确认文件来源，或分批上传。",
        )
    for info in opened.infolist():
        name = _name(info)
        if not info.is_dir() and _is_wanted(name):
            yield _member(opened, info, name)


def _member(opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    try:
        check_ratio(info)
        return Member(name, data=read_member(opened, info, MAX_FILE_BYTES))
    except ReadError as error:
        return Member(name, error=error)


def _name(info: zipfile.ZipInfo) -> str:
    """The member's path. Windows in China writes GBK and does not say so; ".." and drives are taken out."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = (part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."})
    return "/".join(part for part in parts if not part.endswith(":"))


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    if not name or any(part.lower() in _LITTER for part in path.parts):
        return False
    suffix = path.suffix.lower()
    if suffix in _PICTURES and any(part.lower().endswith(_BESIDE_A_PAGE) for part in path.parts[:-1]):
        return False
    return not path.name.startswith(("~$", ".", "._")) and suffix not in _NEVER_REPORTS
