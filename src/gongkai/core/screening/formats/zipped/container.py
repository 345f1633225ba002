"""What a zip file carries beside its members: comments, extra fields, bytes before, between and after them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from gongkai.core.screening.model import Piece

_LOCAL = 30  # the fixed part of a local header
_UTF8_NAME = 0x800
_END = 22  # the fixed part of the end record
_MEMBER = b"PK\x03\x04"
_UNKNOWN = 0xFFFFFFFF  # a size that stands elsewhere
_MOST_LOOSE = 64 * 1024 * 1024
_MIN_TEXT = 6
TRAILING = "文件结尾之后的数据"
_CONTROLS = bytes([*range(9), *range(14, 32), 127])


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name as a person wrote it. Windows in China writes GBK and does not say so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def beside(data: bytes, opened: zipfile.ZipFile) -> list[Piece]:
    """Texts outside the members, as hidden pieces."""
    found = [("压缩包注释", opened.comment)]
    for info in opened.infolist():
        found.append((f"压缩包成员“{member_name(info)[:80]}”的注释", info.comment))
        found.append((f"压缩包成员“{member_name(info)[:80]}”的附加字段", info.extra))
    found += [("压缩包成员之外的数据", gap) for gap in gaps(data, opened)]
    pieces = []
    for where, raw in found:
        for text in texts(raw):
            pieces.append(Piece(text, where, hidden=True, why="不在文件内容之内的数据"))
    if (after := data[_stop(data, opened):]).strip(b"\x00 \r\n\t"):
        pieces += [Piece(text, f"{TRAILING}（{at}）", hidden=True, why=TRAILING) for at, text in _readings(after)]
    return pieces


def _stop(data: bytes, opened: zipfile.ZipFile) -> int:
    """Where the archive ends by its own account: behind the end record and the comment."""
    return data.rindex(b"PK\x05\x06") + _END + len(opened.comment)


def _readings(raw: bytes) -> list[tuple[str, str]]:
    """Loose bytes in every encoding that office files know: nothing says which one was meant."""
    readings = [(encoding, raw.decode(encoding, "ignore")) for encoding in ("utf-8", "gb18030")]
    for encoding in ("utf-16-le", "utf-16-be"):
        readings += [(encoding, raw[start:].decode(encoding, "ignore")) for start in (0, 1)]
    readings.append(("ascii", raw.replace(b"\x00", b"").decode("ascii", "ignore")))
    return list({text: (encoding, text) for encoding, text in readings if text.strip()}.values())


def loose_members(gap: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Members that the directory does not name (deleted ones, another archive before this one): their names and what
    they hold, None for what cannot be unpacked."""
    at = gap.find(_MEMBER)
    while at >= 0:
        following = gap.find(_MEMBER, at + 4)
        if at + _LOCAL <= len(gap):
            flags, method = struct.unpack_from("<HH", gap, at + 6)
            packed, _, name_size, extra = struct.unpack_from("<IIHH", gap, at + 18)
            begin = at + _LOCAL + name_size + extra
            name = member_name(_named(gap[at + _LOCAL:at + _LOCAL + name_size], flags))
            stop = begin + packed if packed and packed != _UNKNOWN else following if following >= 0 else len(gap)
            yield name, _inflated(gap[begin:stop], method, flags)
            if stop > at and begin <= stop <= len(gap):
                following = gap.find(_MEMBER, stop)
        at = following


def _named(raw: bytes, flags: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(raw.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace") or "文件")
    info.flag_bits = flags
    return info


def _inflated(raw: bytes, method: int, flags: int) -> bytes | None:
    if flags & 1 or method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return None
    if method == zipfile.ZIP_STORED:
        return raw
    try:
        made = zlib.decompressobj(-15)
        plain = made.decompress(raw, _MOST_LOOSE)
    except zlib.error:
        return None
    return None if made.unconsumed_tail else plain


def texts(raw: bytes) -> list[str]:
    """Readings of loose bytes as text: as they are, and as UTF-16 when they look so."""
    if len(raw) < _MIN_TEXT:
        return []
    readings = []
    for encoding in ("utf-8", "gb18030"):
        try:
            readings.append(raw.decode(encoding))
            break
        except UnicodeDecodeError:
            continue
    else:
        readings.append(raw.translate(None, _CONTROLS).decode("gb18030", "ignore"))
    if b"\x00" in raw or raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        readings += [raw.decode("utf-16-le", "ignore"), raw.decode("utf-16-be", "ignore")]
    return [text for text in readings if len(text.strip("\x00 \r\n\t")) >= _MIN_TEXT]


def gaps(data: bytes, opened: zipfile.ZipFile) -> list[bytes]:
    """The bytes that belong to no member and not to the directory."""
    spans = []
    for info in opened.infolist():
        start = info.header_offset
        if data[start:start + 4] != b"PK\x03\x04" or start + _LOCAL > len(data):
            continue
        name, extra = struct.unpack_from("<HH", data, start + 26)
        end = start + _LOCAL + name + extra + info.compress_size
        if info.flag_bits & 8:  # a data descriptor follows
            end += 16 if data[end:end + 4] == b"PK\x07\x08" else 12
        spans.append((start, end))
    spans.append((opened.start_dir, len(data)))  # what follows the end is read by itself
    gaps, at = [], 0
    for start, end in sorted(spans):
        if start > at:
            gaps.append(data[at:start])
        at = max(at, end)
    return gaps
