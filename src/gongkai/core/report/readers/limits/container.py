"""A zip file opened under limits: .docx, .xlsx and uploaded archives.

The directory is measured before it is read, because Python builds an object for every entry that it lists.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_PART_BYTES

MAX_MEMBERS = 5_000
MAX_UNPACKED = 512 * 1024 * 1024  # all members together, as declared; single members are limited when read
MAX_RATIO = 200                   # unpacked to packed, for members that are large when unpacked
_RATIO_FLOOR = MAX_PART_BYTES     # below this a high ratio is only a repetitive text
_MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a container whose members belong together; raise ReadError `truncated`, `damaged`, `zip-bomb` or
    `zip-too-many-files`."""
    opened = open_directory(data)
    total = 0
    for info in opened.infolist():
        total += info.file_size
        check_ratio(info)
    if total > MAX_UNPACKED:
        raise _bomb(total)
    return opened


def open_directory(data: bytes) -> zipfile.ZipFile:
    """Open a zip file and judge only its directory; the caller judges the members one by one."""
    directory_of(data)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGED, RuntimeError) as error:  # RuntimeError: a version of the format that does not exist
        raise _damaged() from error
    if len(opened.infolist()) > MAX_MEMBERS:
        raise _too_many(len(opened.infolist()))
    return opened


def check_declared(opened: zipfile.ZipFile, limit: int = MAX_PART_BYTES) -> None:
    """Refuse a container with an XML part too large to be read by a library that unpacks it by itself."""
    for info in opened.infolist():
        if info.file_size > limit and info.filename.endswith(".xml"):
            raise _too_large(info)


def check_ratio(info: zipfile.ZipInfo) -> None:
    """Raise ReadError `zip-bomb` for a member that is out of all proportion to its packed size."""
    if info.file_size > _RATIO_FLOOR and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise _bomb(info.file_size)


def directory_of(data: bytes) -> bytes:
    """The raw central directory, in which the members' names stand uncompressed.

    Raises ReadError `truncated` when the file has no end record, `zip-too-many-files` for an endless directory.
    """
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise ReadError(
            "truncated", "文件不完整：是 Office 文档或压缩包，但结尾缺失，多半是传输中断；请重新取得原件后再上传。"
        )
    size = int(struct.unpack_from("<L", data, end + 12)[0])
    wide = end - 76  # a zip64 end record of 56 bytes and its locator of 20
    if wide >= 0 and data[end - 20:end - 16] == b"PK\x06\x07" and data[wide:wide + 4] == b"PK\x06\x06":
        end, size = wide, int(struct.unpack_from("<Q", data, wide + 40)[0])
    if size > _MAX_DIRECTORY_BYTES:
        raise _too_many(size // 46)
    return data[max(0, end - size):end]


def read_member(opened: zipfile.ZipFile, member: str | zipfile.ZipInfo, limit: int = MAX_PART_BYTES) -> bytes:
    """The bytes of one member, at most `limit`. Raises ReadError `encrypted`, `content-too-large` or `damaged`."""
    try:
        info = opened.getinfo(member) if isinstance(member, str) else member
    except KeyError as error:
        raise _damaged() from error
    if info.flag_bits & 1:
        raise ReadError("encrypted", "文件加了密码，无法读取；请取消密码后再上传。")
    if info.file_size > limit:
        raise _too_large(info)
    if info.compress_type not in _METHODS:
        raise _damaged()
    try:
        return opened.read(info)  # zipfile stops at the declared size and checks the sum
    except _DAMAGED as error:
        raise _damaged() from error
    except RuntimeError as error:  # an encryption that the flags did not tell
        raise ReadError("encrypted", "文件加了密码，无法读取；请取消密码后再上传。") from error


def _too_large(info: zipfile.ZipInfo) -> ReadError:
    return ReadError(
        "content-too-large",
        f"文件中的 {info.filename[:80]} 解开后有 {info.file_size // 1_048_576} MB，远大于任何年度报告，没有解析；"
        "请确认上传的是年度报告。",
    )


def _bomb(size: int) -> ReadError:
    return ReadError(
        "zip-bomb",
        f"压缩文件解开后将有 {size // 1_048_576} MB，与其大小不相称，疑似恶意文件，没有解开；请确认文件来源。",
    )


def _too_many(count: int) -> ReadError:
    return ReadError(
        "zip-too-many-files", f"压缩文件中有约 {count} 个文件，超过 {MAX_MEMBERS} 个的上限，没有解开；请分批上传。"
    )


def _damaged() -> ReadError:
    return ReadError("damaged", "文件已损坏，解不开；请用 Word 或 WPS 打开原件另存一份后再上传。")
