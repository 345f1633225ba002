"""Through all grids of a document, row by row: which rows are heads, which carry numbers, and of what.

One pass with one state, because the tables come as five grids or as one, cut by page breaks and with heads
repeated: the last head that was understood holds until the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.core.report.document import Grid, GridCell
from gongkai.core.report.forms import all_forms
from gongkai.core.report.locate.align import Column, align, falls_short, trouble
from gongkai.core.report.locate.asides import Asides
from gongkai.core.report.locate.claims import Claims, place_of
from gongkai.core.report.locate.headers import columns_below, unrepeated
from gongkai.core.report.locate.labels import LONGEST, meaning, spell
from gongkai.core.report.locate.nearest import nearest
from gongkai.core.report.locate.rows import Row, rows, values_right_of
from gongkai.core.report.locate.table2 import Row2, row_candidates
from gongkai.core.report.locate.table3 import GROUP, Texts, column_keys, innermost, row_key
from gongkai.core.report.locate.values import looks_like_data
from gongkai.core.text.fold import fold
from gongkai.core.text.numerals import is_blank

MOST_UNKNOWN = 300   # rows; a table with more lines that say nothing is a list of something else


@dataclass(slots=True)
class Walk:
    """What has been seen up to the current row."""

    claims: Claims = field(default_factory=Claims)
    rows2: list[Row2] = field(default_factory=list)
    seen3: list[str | None] = field(default_factory=list)  # row keys of table 三 in file order, None for an unknown row
    seen4: bool = False
    table: int = 0                                         # the table that the last head or row belonged to
    heads2: tuple[GridCell, ...] = ()
    pending: list[GridCell] = field(default_factory=list)  # heads of table 三 or 四 not yet understood
    cut_off: list[GridCell] = field(default_factory=list)  # heads with no numbers below them in the grid before
    columns: dict[int, Sequence[Column]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)            # grids that hold something statutory
    begins: dict[int, int] = field(default_factory=dict)   # table → the grid in which its first row stands
    breaks_off: bool = False                               # the current row is the last thing in the document
    unknown: int = 0                                       # rows whose labels all say nothing
    number: int = 0
    ordinal: int | None = None                             # the current grid's own number, for places

    def grid(self, number: int, grid: Grid, *, last: bool = False) -> None:
        """Take in one grid; `number` is its index in the document, `last` says that nothing follows it."""
        self.number = number
        self.ordinal = grid.where.table if grid.where is not None else None
        fresh = True
        asides = Asides()
        for row in rows(grid):
            if self.number not in self.used and heads_a_list(row):
                return
            self.breaks_off = last and any(cell.row == grid.nrows - 1 for cell in row.cells)
            if self._row(asides.without(row), fresh):
                fresh = False

    def _row(self, row: Row, fresh: bool) -> bool:
        """Take in one row; True when it was part of a column head."""
        texts: Texts = []
        for cell in row.cells:
            text = cell.text
            if text and not text.isdecimal():
                found = meaning(text)
                if found is not None or not looks_like_data(text):
                    texts.append((cell, found))
        if not texts:
            if self.table == 4 and (self._empty4(row) or not all(is_blank(cell.text) for cell in row.cells)):
                self._values4(row)
            return False
        for cell, found in reversed(texts):
            if found is None:
                continue
            if found.row2 is not None:
                self._row2(row, cell, found.row2)
                return False
            if found.row3 is not None and (found.col3 is None or self._is_row_head(cell, row)):
                self._row3(row, texts)
                return False
        if self._head(texts, row, fresh):
            self.used.add(self.number)
            return True
        self._unnamed(row, texts)
        return False

    def _empty4(self, row: Row) -> bool:
        """A row right under the head of table 四, wide enough to be its values."""
        return not self.seen4 and len(row.cells) >= len(_column_keys4())

    def _is_row_head(self, cell: GridCell, row: Row) -> bool:
        """其他 and 总计 name a row when they stand left of the columns and numbers or blanks follow them."""
        if self.table != 3 or not self.seen3:
            return False
        columns = self._current(3)
        if not columns or (columns[0].start is not None and cell.col >= columns[0].start):
            return False
        return sum(other.col > cell.col for other in row.cells) >= len(columns)

    # Heads

    def _head(self, texts: Texts, row: Row, fresh: bool) -> bool:
        found = [m for _, m in texts if m is not None]
        if any(m.head2 for m in found):
            self.table, self.heads2 = 2, ()
        if any(m.info2 for m in found) or (any(m.col2 for m in found) and not self._has_numbers(row)):
            self.table = 2
            self.heads2 = unrepeated([c for c, m in texts if m is None or not (m.head2 or m.info2)])
            return True
        table = 0
        if any(m.over3 or (m.col3 and not m.col4) for m in found):
            table = 3
        elif any(m.over4 or m.group4 or (m.col4 and not m.col3) for m in found):
            table = 4
        elif any(m.col3 or m.col4 for m in found) and self.table in (3, 4) and self.pending:
            table = self.table
        if table:
            if fresh or table != self.table:
                self.cut_off, self.pending = (self.pending if table == self.table else []), []
            self.table = table
            self.pending += [cell for cell, _ in texts]
            return True
        return any(m.head2 for m in found)

    def _has_numbers(self, row: Row) -> bool:
        return any(not is_blank(cell.text) and looks_like_data(cell.text) for cell in row.cells)

    def _current(self, table: int) -> Sequence[Column]:
        """The columns in force; the heads since the last numbers are understood now, or the former ones stay."""
        if self.pending and self.table == table:
            found = columns_below(table, self.pending)
            if found is None and self.cut_off:  # a page break went through the head
                found = columns_below(table, self.cut_off + self.pending)
            self.cut_off, self.pending = [], []
            if found is not None:
                self.columns[table] = found
        return self.columns.get(table, ())

    # Rows with numbers

    def _enter(self, table: int) -> None:
        """The current row belongs to `table`."""
        self.table = table
        self.begins.setdefault(table, self.number)
        self.used.add(self.number)

    def _row2(self, row: Row, label: GridCell, key: str) -> None:
        self._enter(2)
        values = values_right_of(label, row)
        self.rows2.append(Row2(key, label, self.heads2, values, self.ordinal, self.breaks_off))

    def _row3(self, row: Row, texts: Texts) -> None:
        if self.table != 3:
            self.pending, self.table = [], 3
        columns = self._current(3)
        label = innermost(row, texts, columns)
        cells = values_right_of(label, row)
        key = row_key(row, label, texts) if cells else GROUP
        if key:
            self._enter(3)
            self.seen3.append(key)
            self._place(f"t3.{key}", columns, cells, label, column_keys())
        elif key is None and self._has_numbers(row):
            self._enter(3)
            self.seen3.append(None)
            self.claims.remarks.add("row-unknown", "t3", label.text, place_of(label, self.ordinal))

    def _values4(self, row: Row) -> None:
        columns = self._current(4)
        self.seen4 = True
        self._enter(4)
        self._place("t4", columns, row.cells, row.cells[0], _column_keys4())

    def _unnamed(self, row: Row, texts: Texts) -> None:
        """A row whose labels are all unknown: a misspelt row, or values of table 四 one of which is no number."""
        label = texts[0][0]
        self.unknown += 1
        if self.unknown > MOST_UNKNOWN:
            return
        if self.table == 4 and self._empty4(row) and all(found is None for _, found in texts):
            self._values4(row)
        elif len(label.text) > LONGEST or len(row.cells) < 2:
            return
        elif self.table == 3 and (self.seen3 or self.pending):
            self._row3(row, texts)
        elif self.table in (2, 3):
            key = nearest(spell(label.text), row_candidates())
            if key is not None:
                self._row2(row, label, key)

    def _place(
        self, prefix: str, columns: Sequence[Column], cells: list[GridCell], label: GridCell, keys: Sequence[str]
    ) -> None:
        placed = align(columns, cells) if columns else None
        if placed is not None and (not falls_short(columns, placed) or self.breaks_off):
            self.claims.place(prefix, placed, label, self.ordinal)
        else:
            where = place_of(label, self.ordinal)
            self.claims.refuse([f"{prefix}.{key}" for key in keys], where)
            self.claims.remarks.add(trouble(columns, cells), prefix[:2], label.text, where)


def heads_a_list(row: Row) -> bool:
    """The columns of a list of records, in whose cells names of rows and words of outcomes are no rows of a table.

    Two heads tell one: names of several rows of table 三 side by side (上年结转, 结转下年), and 序号 before heads that
    no statutory table knows.
    """
    texts = [cell.text for cell in row.cells if cell.text]
    known, keys = 0, set()
    for text in texts:
        found = meaning(text) if not text.isdecimal() else None
        if found is None and looks_like_data(text) and not is_blank(text):
            return False
        known += found is not None
        if found is not None and found.row3 is not None and found.col3 is None:
            keys.add(found.row3)
    return len(keys) > 1 or (len(texts) > 2 and not known and fold(texts[0]) == "序号")


@cache
def _column_keys4() -> tuple[str, ...]:
    form = all_forms()[-1]
    return tuple(f"{group.key}.{column.key}" for group in form.t4_groups for column in form.t4_columns)
