"""Presentations, properties, packed files and macros inside compound files."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from gongkai.core.screening.formats.ooxml.sweep import beyond
from gongkai.core.screening.model import Piece

_TEXT, _BYTES, _STRING = 4000, 4008, 4026
_CONTAINER = 0xF
_DEEP = 32
_NAMES = {2: "标题", 3: "主题", 4: "作者", 5: "关键词", 6: "备注", 7: "模板", 8: "最后保存者"}
_MORE = {2: "类别", 14: "经理", 15: "单位"}
_LPSTR, _LPWSTR = 0x1E, 0x1F
_MODULE = re.compile(rb"\x00Attribut", re.S)


def slides(stream: bytes) -> Iterator[Piece]:
    """Texts of a PowerPoint stream, also those of earlier savings, which stay in it."""
    spans = []
    for start, end, text in _atoms(stream, 0, len(stream), 0):
        spans.append((start, end))
        if text.strip():
            yield Piece(text, "演示文稿的文字")
    yield from beyond(stream, spans, "演示文稿数据流", "文件中残留的旧文字")


def _atoms(stream: bytes, at: int, end: int, depth: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, text) of each text record."""
    while at + 8 <= end:
        version, kind, size = struct.unpack_from("<HHL", stream, at)
        body, stop = at + 8, min(at + 8 + size, end)
        if version & _CONTAINER == _CONTAINER and depth < _DEEP:
            yield from _atoms(stream, body, stop, depth + 1)
        elif kind in {_TEXT, _BYTES, _STRING}:
            encoding = "latin-1" if kind == _BYTES else "utf-16-le"
            yield body, stop, stream[body:stop].decode(encoding, "ignore").replace("\r", "\n")
        at = max(stop, at + 8)


def properties(stream: bytes, *, more: bool) -> list[tuple[str, str]]:
    """(name, text) of the strings of a property set; `more` for the second of the two streams."""
    found: list[tuple[str, str]] = []
    try:
        count, = struct.unpack_from("<L", stream, 24)
        for section in range(min(count, 2)):
            start, = struct.unpack_from("<L", stream, 44 + 20 * section)
            _, entries = struct.unpack_from("<LL", stream, start)
            for number in range(min(entries, 500)):
                key, offset = struct.unpack_from("<LL", stream, start + 8 + 8 * number)
                kind, size = struct.unpack_from("<LL", stream, start + offset)
                body = stream[start + offset + 8:start + offset + 8 + size * (2 if kind == _LPWSTR else 1)]
                text = ""
                if kind == _LPSTR:
                    text = _decoded(body)
                elif kind == _LPWSTR:
                    text = body.decode("utf-16-le", "ignore")
                if text := text.strip("\x00 "):
                    found.append(((_MORE if more else _NAMES).get(key, "其他") if not section else "自定义", text))
    except struct.error:
        return found  # the rest is read as loose text
    return found


def _decoded(raw: bytes) -> str:
    raw = raw.rstrip(b"\x00")
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def packed(stream: bytes) -> tuple[str, bytes] | None:
    """The name and bytes of a file wrapped as Ole10Native."""
    try:
        at = 6
        label_end = stream.index(b"\x00", at)
        path_end = stream.index(b"\x00", label_end + 1)
        length, = struct.unpack_from("<L", stream, path_end + 5)
        at = path_end + 9 + length
        size, = struct.unpack_from("<L", stream, at)
        name = _decoded(stream[6:label_end]) or "嵌入文件"
        return name, stream[at + 4:at + 4 + size]
    except (ValueError, struct.error):
        return None


def macro_source(stream: bytes) -> str:
    """The source text of a module, as far as it can be unpacked."""
    texts = []
    for found in _MODULE.finditer(stream):
        start = found.start() - 3
        if start >= 0 and stream[start] == 1:
            texts.append(_decoded(_decompressed(stream, start + 1)))
    return "\n".join(texts)


def _decompressed(data: bytes, at: int) -> bytes:
    """MS-OVBA 2.4.1: chunks of literals and copies."""
    out = bytearray()
    while at + 2 <= len(data) and len(out) < 4_000_000:
        header, = struct.unpack_from("<H", data, at)
        if (header >> 12) & 7 != 3:
            break
        end = min(at + (header & 0xFFF) + 3, len(data))
        at += 2
        begun = len(out)
        if not header & 0x8000:
            out += data[at:at + 4096]
            at += 4096
            continue
        while at < end:
            flags = data[at]
            at += 1
            for bit in range(8):
                if at >= end:
                    break
                if not flags >> bit & 1:
                    out.append(data[at])
                    at += 1
                    continue
                if at + 2 > end:
                    return bytes(out)
                token, = struct.unpack_from("<H", data, at)
                at += 2
                width = max(4, (len(out) - begun - 1).bit_length())
                length, back = (token & (0xFFFF >> width)) + 3, (token >> (16 - width)) + 1
                for _ in range(length):
                    if back > len(out):
                        return bytes(out)
                    out.append(out[-back])
        at = end
    return bytes(out)
