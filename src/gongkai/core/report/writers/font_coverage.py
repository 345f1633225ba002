"""Which characters a font file has: its `cmap` table, read directly (OpenType 1.9, formats 4 and 12)."""

from __future__ import annotations

import mmap
import struct
from functools import cache
from pathlib import Path

_UNICODE = {(3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0)}


@cache
def characters(path: str, index: int) -> frozenset[str]:
    """Every character of face `index` of a font file; empty when the file is no OpenType font."""
    try:
        with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return frozenset(map(chr, _codes(data, index)))
    except (OSError, ValueError, struct.error):
        return frozenset()


def _codes(data: mmap.mmap, index: int) -> set[int]:
    face = struct.unpack_from(">L", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    for n in range(struct.unpack_from(">H", data, face + 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sLLL", data, face + 12 + 16 * n)
        if tag == b"cmap":
            return _all_maps(data, start)
    return set()


def _all_maps(data: mmap.mmap, cmap: int) -> set[int]:
    codes: set[int] = set()
    for n in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * n)
        if (platform, encoding) not in _UNICODE:
            continue
        start = cmap + offset
        kind = struct.unpack_from(">H", data, start)[0]
        if kind == 12:
            codes |= _groups(data, start)
        elif kind == 4:
            codes |= _segments(data, start)
    return codes


def _groups(data: mmap.mmap, start: int) -> set[int]:
    """Format 12: runs of characters with runs of glyphs; glyph 0 is the box for what the font lacks."""
    count = struct.unpack_from(">L", data, start + 12)[0]
    codes: set[int] = set()
    for first, last, glyph in struct.iter_unpack(">LLL", data[start + 16:start + 16 + 12 * count]):
        if first <= last <= 0x10FFFF:
            codes.update(range(first + (glyph == 0), last + 1))
    return codes


def _segments(data: mmap.mmap, start: int) -> set[int]:
    """Format 4: segments of the basic plane, each with an offset to glyphs or to a list of them."""
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends, starts, deltas, ranges = (start + 14 + k for k in (0, 2 * count + 2, 4 * count + 2, 6 * count + 2))
    codes: set[int] = set()
    for n in range(count):
        last, first = (struct.unpack_from(">H", data, at + 2 * n)[0] for at in (ends, starts))
        delta, offset = (struct.unpack_from(">H", data, at + 2 * n)[0] for at in (deltas, ranges))
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", data, ranges + 2 * n + offset + 2 * (code - first))[0]
                if glyph == 0:
                    continue
            if (glyph + delta) % 65536:
                codes.add(code)
    return codes
