"""A .zip that somebody uploaded instead of many files. No Django.

Opened under the limits of core's container reader: number of members, size unpacked, ratio. What a Mac or Windows
adds to an archive (__MACOSX, Thumbs.db, .DS_Store) is not a file that anybody sent.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits.container import open_zip, read_member
from gongkai.core.report.readers.sniff import sniff

_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_UTF8 = 0x800


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a zip of files and not a document (.docx and .xlsx are zips too)."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        sniff(data)
    except ReadError as error:
        return error.code in {"archive", "zip-bomb", "zip-too-many-files"}
    return False


def members(data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """(name, bytes) of each file in the archive, in its order; a member that cannot be had gives its ReadError.

    Raises ReadError when the archive as a whole is refused (a bomb, damaged, too many members).
    """
    opened = open_zip(data)
    for info in opened.infolist():
        name = name_of(info)
        path = PurePosixPath(name)
        if info.is_dir() or path.name.lower() in _LITTER or "__MACOSX" in path.parts or path.name.startswith("._"):
            continue
        try:
            yield path.name, read_member(opened, info.filename)
        except ReadError as error:
            yield path.name, error


def name_of(info: zipfile.ZipInfo) -> str:
    """The member's name as its sender wrote it: Chinese Windows packs names in GB18030 and does not say so."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
