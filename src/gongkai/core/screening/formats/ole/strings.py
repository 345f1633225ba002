"""Strings of BIFF8: two bytes or one a character, cut over records at any place."""

from __future__ import annotations

import struct

Segments = list[bytes]


def short_string(body: bytes, *, wide_count: bool | None) -> str:
    """A string with its length in two bytes (`wide_count`), in one, or (None) up to the end; then a flag byte."""
    if len(body) < 2:
        return ""
    if wide_count is None:
        return body[2:].decode("utf-16-le", "ignore") if body[1] & 1 else body[2:].decode("latin-1")
    count, at = (struct.unpack_from("<H", body)[0], 2) if wide_count else (body[0], 1)
    if at >= len(body):
        return ""
    wide = body[at] & 1
    raw = body[at + 1:at + 1 + count * (2 if wide else 1)]
    return raw.decode("utf-16-le", "ignore") if wide else raw.decode("latin-1")


def shared_strings(segments: Segments) -> list[str]:
    """The strings of an SST record and the records that continue it."""
    reader = _Reader(segments)
    _, unique = struct.unpack("<LL", reader.take(8))
    strings = []
    for _ in range(min(unique, 2_000_000)):
        if reader.ended:
            break
        strings.append(reader.string())
    return strings


class _Reader:
    def __init__(self, segments: Segments) -> None:
        self._segments, self._number, self._at = segments, 0, 0

    @property
    def ended(self) -> bool:
        """Nothing is left."""
        while self._number < len(self._segments) and self._at >= len(self._segments[self._number]):
            self._number, self._at = self._number + 1, 0
        return self._number >= len(self._segments)

    def take(self, count: int) -> bytes:
        """Bytes over the borders of records."""
        parts = []
        while count and not self.ended:
            part = self._segments[self._number][self._at:self._at + count]
            self._at += len(part)
            count -= len(part)
            parts.append(part)
        if count:
            raise struct.error("the strings end too early")
        return b"".join(parts)

    def string(self) -> str:
        """One string: count, flags, counts of runs, characters, then runs and phonetic data, which are passed over."""
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<L", self.take(4))[0] if flags & 4 else 0
        text, wide = "", bool(flags & 1)
        while count:
            if self._at >= len(self._segments[self._number]):  # characters go on in the next record, with new flags
                if self.ended:
                    break
                wide = bool(self._segments[self._number][0] & 1)
                self._at = 1
            size = 2 if wide else 1
            here = min(count, (len(self._segments[self._number]) - self._at) // size)
            if here <= 0:
                break
            raw = self.take(here * size)
            text += raw.decode("utf-16-le", "ignore") if wide else raw.decode("latin-1")
            count -= here
        if runs or extra:
            self.take(4 * runs + extra)
        return text
