"""The cells of an .xls or .et: records of BIFF8, with hidden sheets, rows and columns, comments, names and margins."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.ole.strings import Segments, shared_strings, short_string
from gongkai.core.screening.formats.ooxml.generic import shown
from gongkai.core.screening.formats.ooxml.joins import cut_cells
from gongkai.core.screening.formats.ooxml.props import COMMENT, FOLDED, NARROW, UNSEEN_SHEET
from gongkai.core.screening.formats.ooxml.sweep import loose, telling
from gongkai.core.screening.formats.xlsx.sheet import HEADER_CODES, column_letters
from gongkai.core.screening.model import Piece

_BOF, _EOF, _CONTINUE, _FILEPASS, _BOUND, _SST = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0xFC
_LABEL_SST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK = 0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD
_FORMULA, _STRING, _OBJECT, _COMMENT_BOX = 0x06, 0x207, 0x5D, 0x19
_ROW, _COLINFO, _TXO, _HEADER, _FOOTER, _NAME, _NOTE = 0x208, 0x7D, 0x1B6, 0x14, 0x15, 0x18, 0x1C
_LISTED, _SAVED_BY, _DRAWN = 0x1BE, 0x5C, 0xEC  # choices and hints of cells, who saved last, names of shapes
_LOOSE = {
    _NAME: "名称", _NOTE: "批注作者", _LISTED: "数据验证", _SAVED_BY: "最后保存者", _DRAWN: "图形的名称或说明",
}
# Values, looks and measures: numbers without words. What is neither here nor above is searched for words.
_PLAIN = frozenset({
    _LABEL_SST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK, 0x201, 0xBE, 0x31, 0xE0, 0xD7, 0x20B, 0xE5, 0xFF, 0x1B8, 0x92,
    0x293, 0x87D, 0x87C, 0xEB, 0x1AF, 0x1BC,
})
_BIFF8 = 0x0600
_MAX_RECORDS = 3_000_000


def read(stream: bytes, why: str = "") -> Iterator[Piece]:
    """Pieces of a workbook stream. Raises ReadError `encrypted`, `damaged`, or `old-office-format` before Excel 97."""
    try:
        yield from _Workbook(stream, why).pieces()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ReadError(
            "damaged", "旧版 Excel 文件已损坏，读不出单元格；请用 Excel 或 WPS 打开原件另存为 .xlsx 后再上传。"
        ) from error


class _Workbook:
    def __init__(self, stream: bytes, why: str) -> None:
        self._stream, self._why = stream, why
        self._strings: list[str] = []
        self._used: set[int] = set()
        self._sheets: dict[int, tuple[str, int]] = {}

    def _records(self) -> Iterator[tuple[int, int, Segments]]:
        """(place, kind, bodies): a record with those that continue it."""
        at, held, count = 0, None, 0
        while at + 4 <= len(self._stream):
            kind, size = struct.unpack_from("<HH", self._stream, at)
            body = self._stream[at + 4:at + 4 + size]
            if kind == _CONTINUE and held is not None:
                held[2].append(body)
            else:
                if held is not None:
                    yield held
                held = (at, kind, [body])
            at += 4 + size
            count += 1
            if count > _MAX_RECORDS:
                raise ReadError("content-too-large", "表格的记录过多，没有筛查；请拆成几个文件后重新上传。")
        if held is not None:
            yield held

    def pieces(self) -> Iterator[Piece]:
        sheet, state, depth, box = "", 0, 0, 0
        cells: dict[tuple[int, int], str] = {}
        rows, columns = set[int](), set[int]()
        waiting: tuple[int, int] | None = None
        for at, kind, bodies in self._records():
            body = bodies[0]
            if kind == _BOF:
                if struct.unpack_from("<H", body)[0] != _BIFF8:
                    raise ReadError(
                        "old-office-format", "这是 Excel 95 或更早的文件，无法筛查；请另存为 .xlsx 后再上传。"
                    )
                depth += 1
                if depth == 1:
                    sheet, state = self._sheets.get(at, ("", 0))
                    cells, rows, columns = {}, set(), set()
            elif kind == _EOF:
                depth -= 1
                if depth == 0 and sheet:
                    yield from self._sheet(sheet, state, cells, rows, columns)
            elif kind == _FILEPASS:
                raise ReadError("encrypted", "文件加了打开密码，无法筛查；请在 Excel 或 WPS 中取消密码后再上传。")
            elif kind == _BOUND:
                place, hidden = struct.unpack_from("<LB", body)
                named = short_string(body[6:], wide_count=False)
                self._sheets[place] = (named, hidden & 3)
                yield Piece(named, "工作表名", bool(hidden & 3), UNSEEN_SHEET if hidden & 3 else self._why)
            elif kind == _SST:
                self._strings = shared_strings(bodies)
            elif kind in {_ROW, _COLINFO}:
                if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
                    rows.add(struct.unpack_from("<H", body)[0])
                elif kind == _COLINFO:
                    first, last, width, _, options = struct.unpack_from("<5H", body)
                    if options & 1 or width < 77:  # 256ths of a character
                        columns.update(range(first, min(last, 255) + 1))
            elif kind == _FORMULA:
                place_ = struct.unpack_from("<HH", body)
                waiting = (place_[0], place_[1])
                if body[12:14] != b"\xff\xff":
                    cells[waiting] = _shown(struct.unpack_from("<d", body, 6)[0])
                yield from loose(body[20:], f"工作表“{sheet}”的公式", "公式")
            elif kind == _STRING and waiting:
                cells[waiting] = short_string(body, wide_count=True)
            elif kind == _TXO and len(bodies) > 1:
                text = "".join(short_string(b"\x00" + part, wide_count=None) for part in bodies[1:-1] or bodies[1:])
                why = COMMENT if box == _COMMENT_BOX else self._why
                yield Piece(text, f"工作表“{sheet}”的{'批注' if why == COMMENT else '文本框'}", bool(why), why)
            elif kind == _OBJECT and len(body) >= 6:
                box, = struct.unpack_from("<H", body, 4)
            elif kind in {_HEADER, _FOOTER} and len(body) > 3:
                text = HEADER_CODES.sub("", short_string(body, wide_count=True))
                yield Piece(text, f"工作表“{sheet}”的打印页眉页脚", bool(state or self._why), self._why)
            elif kind in _LOOSE:
                owner = f"工作表“{sheet}”" if sheet else "工作簿"
                yield from loose(body, f"{owner}的{_LOOSE[kind]}", _LOOSE[kind])
            elif kind not in _PLAIN:
                yield from loose(b"\x00\x00".join(bodies), "工作簿的其他记录", "数字格式、筛选、连接等设置")
            else:
                self._value(kind, body, cells)
        yield from self._unused()

    def _value(self, kind: int, body: bytes, cells: dict[tuple[int, int], str]) -> None:
        if kind not in {_LABEL_SST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK}:
            return
        row, column = struct.unpack_from("<HH", body)
        if kind == _LABEL_SST:
            number, = struct.unpack_from("<L", body, 6)
            if number < len(self._strings):
                cells[row, column] = self._strings[number]
                self._used.add(number)
        elif kind in {_LABEL, _RSTRING}:
            cells[row, column] = short_string(body[6:], wide_count=True)
        elif kind == _NUMBER:
            cells[row, column] = _shown(struct.unpack_from("<d", body, 6)[0])
        elif kind == _RK:
            cells[row, column] = _shown(_rk(struct.unpack_from("<L", body, 6)[0]))
        else:
            for offset in range((len(body) - 6) // 6):
                cells[row, column + offset] = _shown(_rk(struct.unpack_from("<L", body, 6 + 6 * offset)[0]))

    def _sheet(
        self, sheet: str, state: int, cells: dict[tuple[int, int], str], rows: set[int], columns: set[int]
    ) -> Iterator[Piece]:
        where = f"工作表“{sheet}”" + ("（隐藏）" if state else "")
        by_row: dict[int, list[tuple[int, str]]] = {}
        for (row, column), text in sorted(cells.items()):
            if not text.strip():
                continue
            why = self._why or (
                UNSEEN_SHEET if state else FOLDED if row in rows else NARROW if column in columns else ""
            )
            place = f"{where} {column_letters(column + 1)}{row + 1}"
            yield Piece(text, place, bool(why), why, row + 1, where)
            by_row.setdefault(row, []).append((column, text))
        for row, line in by_row.items():
            for start, end in cut_cells([text for _, text in line]):
                joined = "".join(text.strip() for _, text in line[start:end])
                yield Piece(joined, f"{where} 第{row + 1}行相邻单元格", bool(state), UNSEEN_SHEET if state else "")

    def _unused(self) -> Iterator[Piece]:
        """Strings that no cell shows."""
        kept = [text for number, text in enumerate(self._strings) if number not in self._used and telling(text)]
        if kept:
            yield Piece("\n".join(kept), "共享字符串", hidden=True, why="没有单元格使用的文字")


def _rk(number: int) -> float:
    value = float(number >> 2 if not number & 0x80000000 else (number >> 2) - 0x40000000) if number & 2 else float(
        struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))[0]
    )
    return value / 100 if number & 1 else value


def _shown(number: float) -> str:
    return shown(repr(number)).removesuffix(".0")
