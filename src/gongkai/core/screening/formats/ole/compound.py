"""The compound file (OLE): streams by their path, and what lies in sectors that no stream uses any more."""

from __future__ import annotations

import struct

from gongkai.core.errors import ReadError

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_MAX_ENTRIES = 20_000
_DEEP = 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class Compound:
    """`streams` by path ("ObjectPool/_123/\\x01Ole10Native"); `unused` are the bytes of free sectors."""

    def __init__(self, data: bytes) -> None:
        """Raises ReadError `damaged` for a container that does not hold together."""
        if len(data) < 512 or data[:8] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise _damaged()
        try:
            self._open(data)
        except (struct.error, IndexError, OverflowError, UnicodeDecodeError) as error:
            raise _damaged() from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise _damaged()
        self._size = 1 << shift
        self._fat = self._read_fat()
        directory_at, = struct.unpack_from("<L", data, 48)
        self._cutoff, mini_fat_at = struct.unpack_from("<LL", data, 56)
        directory = self._chain(directory_at)
        self._entries = [directory[i:i + 128] for i in range(0, len(directory) - 127, 128)][:_MAX_ENTRIES]
        if not self._entries:
            raise _damaged()
        mini = self._chain(mini_fat_at) if mini_fat_at < _END else b""
        self._mini_fat = struct.unpack(f"<{len(mini) // 4}L", mini[:len(mini) // 4 * 4])
        start, = struct.unpack_from("<L", self._entries[0], 116)
        self._mini = self._chain(start) if start < _END else b""
        self.streams: dict[str, bytes] = {}
        child, = struct.unpack_from("<L", self._entries[0], 76)
        self._walk(child, "", set(), 0)
        used = self._used
        whole = range(-(-(len(data) - self._size) // self._size))
        self.unused = b"".join(self._sector(n) for n in whole if n not in used)

    def _read_fat(self) -> tuple[int, ...]:
        self._used: set[int] = set()
        sectors = [n for n in struct.unpack_from("<109L", self._data, 76) if n < _END]
        at, count = struct.unpack_from("<LL", self._data, 68)
        for _ in range(min(count, len(self._data) // self._size + 1)):
            if at >= _END:
                break
            self._used.add(at)
            numbers = struct.unpack(f"<{self._size // 4}L", self._sector(at))
            sectors += [n for n in numbers[:-1] if n < _END]
            at = numbers[-1]
        self._used.update(sectors)
        raw = b"".join(self._sector(n) for n in sectors)
        return struct.unpack(f"<{len(raw) // 4}L", raw)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._data):
            raise _damaged()  # the end of the file is missing
        return self._data[at:at + self._size].ljust(self._size, b"\x00")

    def _chain(self, number: int) -> bytes:
        parts, seen = [], set[int]()
        while number < _END and number not in seen:
            if number >= len(self._fat):
                raise _damaged()
            seen.add(number)
            parts.append(self._sector(number))
            number = self._fat[number]
        self._used |= seen
        return b"".join(parts)

    def _mini_chain(self, number: int) -> bytes:
        parts, seen = [], set[int]()
        while number < _END and number not in seen and number < len(self._mini_fat):
            seen.add(number)
            parts.append(self._mini[number * 64:number * 64 + 64])
            number = self._mini_fat[number]
        return b"".join(parts)

    def _walk(self, number: int, path: str, seen: set[int], depth: int) -> None:
        """The tree of one storage; siblings hang left and right."""
        waiting = [number]
        while waiting:
            number = waiting.pop()
            if number >= len(self._entries) or number in seen:
                continue
            seen.add(number)
            entry = self._entries[number]
            length, kind = struct.unpack_from("<HB", entry, 64)
            left, right, child = struct.unpack_from("<LLL", entry, 68)
            waiting += [left, right]
            name = path + entry[:max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                start, size = struct.unpack_from("<LL", entry, 116)
                whole = self._mini_chain(start) if size < self._cutoff else self._chain(start)
                if len(whole) < size:
                    raise _damaged()
                self.streams[name] = whole[:size]
            elif kind in {_STORAGE, _ROOT} and depth < _DEEP:
                self._walk(child, f"{name}/", seen, depth + 1)


def _damaged() -> ReadError:
    return ReadError("damaged", "旧版 Office 文件已损坏，读不出内容；请用 Word 或 WPS 打开原件另存一份后再上传。")
