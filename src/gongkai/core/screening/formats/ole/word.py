"""The text of a .doc or .wps: the pieces of the piece table, cut into body, notes, headers, comments and boxes."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.ooxml.joins import cut_cells, cut_paragraphs
from gongkai.core.screening.formats.ooxml.props import COMMENT
from gongkai.core.screening.formats.ooxml.sweep import beyond
from gongkai.core.screening.model import Piece

_WORD97 = 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PARTS = (
    ("正文", ""), ("脚注", ""), ("页眉页脚", ""), ("宏", ""), (COMMENT, COMMENT), ("尾注", ""), ("文本框", ""),
    ("页眉文本框", ""),
)
_FIELD = re.compile(r"\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x15]*))?\x15")
_MARKS = {0x0B: "\n", 0x0C: "\r", 0x0E: "\n", 0x1E: "-", 0x1F: "", 0xA0: " "}
_DROPPED = dict.fromkeys([1, 2, 3, 4, 5, 6, 8, 0x13, 0x14, 0x15])


def read(main: bytes, tables: dict[str, bytes], why: str = "") -> Iterator[Piece]:
    """Pieces of a document stream. Raises ReadError `encrypted` or `damaged`."""
    try:
        magic, version = struct.unpack_from("<HH", main, 0)
        flags, = struct.unpack_from("<H", main, 10)
        if magic not in {0xA5EC, 0xA5DC} or flags & _ENCRYPTED:
            raise _encrypted() if flags & _ENCRYPTED else _damaged()
        if version < _WORD97 or magic == 0xA5DC:
            start, end = struct.unpack_from("<LL", main, 24)
            yield from _story(main[start:end].decode("gb18030", "replace"), "正文", why)
            yield from beyond(main, [(start, end)], "正文数据流", "文件中残留的旧文字")
            return
        text, spans = _pieces(main, tables.get("1Table" if flags & _SECOND_TABLE else "0Table", b""))
        lengths = struct.unpack_from("<8L", main, 0x4C)
    except (struct.error, IndexError) as error:
        raise _damaged() from error
    at = 0
    for (name, hidden), length in zip(_PARTS, lengths, strict=True):
        yield from _story(text[at:at + length], name, why or hidden)
        at += length
    yield from beyond(main, spans, "正文数据流", "文件中残留的旧文字")


def _pieces(main: bytes, table: bytes) -> tuple[str, list[tuple[int, int]]]:
    """The text in the order of the document, and where in the stream it stands."""
    at, size = struct.unpack_from("<LL", main, 0x01A2)
    clx = table[at:at + size]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + int(struct.unpack_from("<H", clx, at + 1)[0])
    if at >= len(clx) or clx[at] != 2:
        raise _damaged()
    size, = struct.unpack_from("<L", clx, at + 1)
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}L", clx, at + 5)
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    for number in range(count):
        where, = struct.unpack_from("<L", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
        length = places[number + 1] - places[number]
        if length < 0 or length > len(main):
            raise _damaged()
        if where & 0x40000000:
            start = (where & 0x3FFFFFFF) // 2
            texts.append(main[start:start + length].decode("cp1252", "replace"))
            spans.append((start, start + length))
        else:
            raw = main[where:where + 2 * length]
            texts.append(raw.decode("utf-16-le", "replace").ljust(length))
            spans.append((where, where + 2 * length))
    return "".join(texts), spans


def _story(text: str, name: str, why: str) -> Iterator[Piece]:
    for code in (found[1].strip() for found in _FIELD.finditer(text)):
        if code:
            yield Piece(code, f"{name}的域代码", hidden=True, why="域代码")
    for _ in range(8):  # fields in fields
        text, count = _FIELD.subn(lambda found: found[2] or "", text)
        if not count:
            break
    text = text.translate(_DROPPED).translate(_MARKS)
    number = row = 0
    cells: list[str] = []
    lines: list[str] = []
    for unit in re.split(r"(?<=[\r\x07])", text):
        words = unit.rstrip("\r\x07")
        if unit.endswith("\x07"):
            if words or not cells:
                cells.append(words)
                continue
            row += 1  # an empty cell mark after cells ends the row
            for column, cell in enumerate(cells, 1):
                if cell.strip():
                    yield Piece(cell, f"{name}表格 第{row}行第{column}列", bool(why), why, row, f"{name}表格")
            for start, end in cut_cells(cells):
                joined = "".join(cell.strip() for cell in cells[start:end])
                yield Piece(joined, f"{name}表格 第{row}行", bool(why), why)
            cells = []
        elif words.strip():
            number += 1
            lines.append(words)
            yield Piece(words, f"{name}第{number}段", bool(why), why)
    if cells:
        yield Piece("\n".join(cells), f"{name}表格", bool(why), why)
    for start, end in cut_paragraphs(lines):
        joined = "".join(line.strip() for line in lines[start:end])
        yield Piece(joined, f"{name}第{start + 1}段起的 {end - start} 段", bool(why), why)


def _encrypted() -> ReadError:
    return ReadError("encrypted", "文件加了打开密码，无法筛查；请在 Word 或 WPS 中取消密码后再上传。")


def _damaged() -> ReadError:
    return ReadError("damaged", "旧版 Word 文件已损坏，读不出正文；请用 Word 或 WPS 打开原件另存为 .docx 后再上传。")
