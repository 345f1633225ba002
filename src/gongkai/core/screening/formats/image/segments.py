"""Pictures as the parts of their file: what draws the picture, and what is carried along."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_PNG_DRAWS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD", b"pHYs", b"sBIT"}
)
_JP2_DRAWS = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
_MAX_TEXT = 8 * 1024 * 1024


def carried(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name of the part, its bytes) for every part that draws nothing, trailing data among them."""
    if data[:2] == b"\xff\xd8":
        yield from _jpeg(data)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(data)
    elif data[:6] in (b"GIF87a", b"GIF89a"):
        yield from _gif(data)
    elif data[:4] == b"RIFF":
        yield from _webp(data)
    elif data[:2] == b"BM":
        yield from _bmp(data)
    elif data[4:8] == b"jP  ":
        for kind, body in _boxes(data):
            if kind not in _JP2_DRAWS:
                yield "附加数据", body


def bare_jpeg(data: bytes) -> bytes:
    """The picture without application parts (but Adobe's colour mark), comments and trailing data. Raises ValueError
    for what is no whole JPEG."""
    kept = [b"\xff\xd8"]
    for marker, part in _jpeg_parts(data):
        if marker == 0xD9:
            return b"".join(kept) + b"\xff\xd9"
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or (marker == 0xEE and part[4:9] == b"Adobe"):
            kept.append(part[:16] if marker == 0xEE else part)
    return b"".join(kept) + b"\xff\xd9"


def bare_jp2(data: bytes) -> bytes:
    """A JPEG 2000 picture without boxes that draw nothing; a bare code stream stays as it is."""
    if data[4:8] != b"jP  ":
        return data
    return b"".join(
        struct.pack(">I4s", len(body) + 8, kind) + body for kind, body in _boxes(data) if kind in _JP2_DRAWS
    )


def _jpeg(data: bytes) -> Iterator[tuple[str, bytes]]:
    end = 2
    try:
        for marker, part in _jpeg_parts(data):
            end += len(part)
            if marker == 0xFE:
                yield "注释", part[4:]
            elif 0xE0 <= marker <= 0xEF:
                yield "附加信息", part[4:]
            elif marker == 0xD9:
                break
    except ValueError:
        return
    if data[end:].strip(b"\x00\r\n "):
        yield "文件末尾之后", data[end:]


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, all bytes of the part) from after the start mark to the end mark."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("damaged JPEG")
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            yield 0xFF, data[at:at + 1]
            at += 1
            continue
        if marker == 0xD9 or 0xD0 <= marker <= 0xD7 or marker == 0x01:
            yield marker, data[at:at + 2]
            at += 2
            if marker == 0xD9:
                return
            continue
        if at + 4 > len(data):
            return
        end = at + 2 + int.from_bytes(data[at + 2:at + 4], "big")
        if marker == 0xDA:
            end = _scan_end(data, end)
        yield marker, data[at:end]
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Where the packed pixels end: at the next mark that is no restart and no stuffed byte."""
    while (at := data.find(b"\xff", at)) >= 0:
        if at + 1 >= len(data):
            break
        following = data[at + 1]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2
    return len(data)


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        at += 12 + size
        if kind == b"zTXt":
            key, _, packed = body.partition(b"\x00")
            yield "文字块", key + b"\n" + _inflated(packed[1:])
        elif kind == b"iTXt":
            yield "文字块", _international(body)
        elif kind == b"iCCP":
            name, _, packed = body.partition(b"\x00")
            yield "文字块", name + b"\n" + _inflated(packed[1:])
        elif kind == b"tEXt":
            yield "文字块", body.replace(b"\x00", b"\n", 1)
        elif kind not in _PNG_DRAWS:
            yield "附加信息", body
        if kind == b"IEND":
            break
    if data[at:].strip(b"\x00\r\n "):
        yield "文件末尾之后", data[at:]


def _international(body: bytes) -> bytes:
    key, _, rest = body.partition(b"\x00")
    packed = rest[:1] == b"\x01"
    language, _, rest = rest[2:].partition(b"\x00")
    translated, _, text = rest.partition(b"\x00")
    return b"\n".join((key, language, translated, _inflated(text) if packed else text))


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MAX_TEXT)
    except zlib.error:
        return packed


def _gif(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 13 + (3 << (data[10] & 7) + 1 if len(data) > 12 and data[10] & 0x80 else 0)
    while at < len(data):
        mark = data[at]
        if mark == 0x2C and at + 10 <= len(data):
            at += 10 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0) + 1
            _, at = _blocks(data, at)
        elif mark == 0x21 and at + 2 <= len(data):
            label = data[at + 1]
            body, at = _blocks(data, at + 2)
            if label == 0xFE:
                yield "注释", body
            elif label != 0xF9:
                yield "附加信息", body
        else:
            at += 1
            break
    if data[at:].strip(b"\x00\r\n "):
        yield "文件末尾之后", data[at:]


def _blocks(data: bytes, at: int) -> tuple[bytes, int]:
    parts = []
    while at < len(data) and data[at]:
        parts.append(data[at + 1:at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts), at + 1


def _webp(data: bytes) -> Iterator[tuple[str, bytes]]:
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = 12
    while at + 8 <= end:
        kind, size = data[at:at + 4], int.from_bytes(data[at + 4:at + 8], "little")
        if kind not in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"):
            yield "附加信息", data[at + 8:at + 8 + size]
        at += 8 + size + size % 2
    if data[end:].strip(b"\x00\r\n "):
        yield "文件末尾之后", data[end:]


def _bmp(data: bytes) -> Iterator[tuple[str, bytes]]:
    size, start = int.from_bytes(data[2:6], "little"), int.from_bytes(data[10:14], "little")
    head = 14 + int.from_bytes(data[14:18], "little")
    if head < start <= len(data):
        yield "附加信息", data[head:start]
    width, height = (abs(int.from_bytes(data[at:at + 4], "little", signed=True)) for at in (18, 22))
    pixels = (width * int.from_bytes(data[28:30], "little") + 31) // 32 * 4 * height
    packed = int.from_bytes(data[30:34], "little") not in (0, 3, 6)
    end = size if packed else start + pixels
    if data[end:].strip(b"\x00\r\n "):
        yield "文件末尾之后", data[end:]


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        skip = 8
        if size == 1:
            size, skip = int.from_bytes(data[at + 8:at + 16], "big"), 16
        end = len(data) if size == 0 else at + size
        if end <= at + 7:
            return
        yield kind, data[at + skip:end]
        at = end
