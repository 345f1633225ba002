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
from gongkai.core.report.locate.align import Column, Placed, align, trouble
from gongkai.core.report.locate.claims import Claims
from gongkai.core.report.locate.headers import columns3, columns4
from gongkai.core.report.locate.labels import LONGEST, Meaning, meaning, spell, spellings
from gongkai.core.report.locate.nearest import Candidate, nearest
from gongkai.core.report.locate.rows import Row, rows
from gongkai.core.report.locate.values import looks_like_data
from gongkai.core.report.model import Place
from gongkai.core.text.numerals import is_blank

Texts = list[tuple[GridCell, Meaning | None]]


@dataclass(slots=True)
class Row2:
    """A row of table 二 with the head above it; which form's columns those are is decided over the whole table."""

    key: str
    label: GridCell
    heads: tuple[GridCell, ...]
    cells: list[GridCell]


def _say_where(grid: Grid) -> None:
    """A cell whose reader gave no finer place is at its slot of the table."""
    if grid.where is not None:
        for cell in grid.cells:
            if cell.where is None:
                cell.where = Place(table=grid.where.table, row=cell.row + 1, col=cell.col + 1)


@dataclass(slots=True)
class Walk:
    """What has been seen up to the current row."""

    claims: Claims = field(default_factory=Claims)
    rows2: list[Row2] = field(default_factory=list)
    seen3: list[str | None] = field(default_factory=list)  # row keys of table 三 in file order, None for an unknown row
    seen4: bool = False
    table: int = 0
    heads2: tuple[GridCell, ...] = ()
    pending: list[GridCell] = field(default_factory=list)
    columns: dict[int, list[Column]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    begins: dict[int, int] = field(default_factory=dict)  # table → the grid in which its first row stands
    number: int = 0

    def grid(self, number: int, grid: Grid) -> None:
        _say_where(grid)
        before = (len(self.rows2), len(self.seen3), self.seen4, len(self.pending), self.heads2)
        self.number = number
        fresh = True
        for row in rows(grid):
            if self._row(row, fresh):
                fresh = False
        if before != (len(self.rows2), len(self.seen3), self.seen4, len(self.pending), self.heads2):
            self.used.add(number)

    def _row(self, row: Row, fresh: bool) -> bool:
        """Take in one row; True when it was part of a column head."""
        texts: Texts = []
        for cell in row.cells:
            text = cell.text
            if not (text.isascii() and text.isdigit()) and not is_blank(text) and (
                (found := meaning(text)) is not None or not looks_like_data(text)
            ):
                texts.append((cell, found))
        if not texts:
            if self.table == 4 and (not all(is_blank(cell.text) for cell in row.cells) or self._empty4(row)):
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
            return True
        self._unnamed(row, texts)
        return False

    def _empty4(self, row: Row) -> bool:
        """An empty row right under the head of table 四 is its value row left blank."""
        return not self.seen4 and len(row.cells) >= len(_columns4())

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
        if any(m.info2 for m in found) or (any(m.col2 for m in found) and not self._numbers(row)):
            self.table = 2
            self.heads2 = tuple(c for c, m in texts if m is None or not (m.head2 or m.info2))
            return True
        table = 0
        if any(m.over3 or (m.col3 and not m.col4) for m in found):
            table = 3
        elif any(m.over4 or m.group4 or (m.col4 and not m.col3) for m in found):
            table = 4
        elif any(m.col3 or m.col4 for m in found) and self.table in (3, 4) and self.pending:
            table = self.table
        if table:
            if fresh or table != self.table or not self.pending:
                self.pending = []
            self.table = table
            self.pending += [cell for cell, _ in texts]
            return True
        return any(m.head2 for m in found)

    def _numbers(self, row: Row) -> bool:
        return any(not is_blank(cell.text) and looks_like_data(cell.text) for cell in row.cells)

    def _current(self, table: int) -> list[Column]:
        """The columns in force; the heads since the last numbers are understood now, or the former ones stay."""
        if self.pending and self.table == table:
            found = columns3(self.pending) if table == 3 else columns4(self.pending)
            self.pending = []
            if found is not None:
                self.columns[table] = found
        return self.columns.get(table, [])

    # Rows with numbers

    def _row2(self, row: Row, label: GridCell, key: str) -> None:
        cells = self._values(row, label)
        self.table = 2
        self.begins.setdefault(2, self.number)
        self.rows2.append(Row2(key, label, self.heads2, cells))

    def _row3(self, row: Row, texts: Texts) -> None:
        if self.table != 3:
            self.pending, self.table = [], 3
        columns = self._current(3)
        label = self._innermost(row, texts, columns)
        cells = self._values(row, label)
        if not cells:
            return
        key = self._key3(row, label, texts)
        if key is None:
            self._unplaced(row, label)
            return
        if key == "":
            return
        self.seen3.append(key)
        self.begins.setdefault(3, self.number)
        self._place(f"t3.{key}", columns, cells, label)

    def _innermost(self, row: Row, texts: Texts, columns: Sequence[Column]) -> GridCell:
        """The label beside the numbers: the last text before the columns, or the last that names a row."""
        label = texts[0][0]
        first = columns[0].start if columns else None
        for cell, found in texts:
            named = found is not None and (found.row3 is not None or found.group3 is not None)
            before = cell.col < first if first is not None else all(
                is_blank(c.text) or not looks_like_data(c.text) for c in row.cells if c.col < cell.col
            ) and found is None
            if named or before:
                label = cell
        return label

    def _values(self, row: Row, label: GridCell) -> list[GridCell]:
        """The cells right of the label, values merged downwards into this row among them."""
        own = [cell for cell in row.cells if cell.col > label.col]
        reaching = [cell for cell in row.above if cell.col > label.col and looks_like_data(cell.text)]
        return sorted(own + reaching, key=lambda cell: cell.col) if reaching else own

    def _key3(self, row: Row, label: GridCell, texts: Texts) -> str | None:
        """The row's key; "" for a row that only names a group, None when it stays unknown."""
        group = self._group(row, texts, label)
        found = meaning(label.text)
        if found is not None and found.row3 is not None:
            candidate = _rows3()[found.row3]
            if group in (None, candidate.group) or len(spell(label.text).core) > 2:
                return found.row3
        elif found is not None and found.group3 is not None:
            return ""
        return nearest(spell(label.text), _rows3().values(), group)

    def _group(self, row: Row, texts: Texts, label: GridCell) -> int | None:
        """The group whose merged cell surely holds this row: it spans down into it, or begins in it."""
        group = None
        for cell in row.above:
            found = meaning(cell.text)
            if found is not None and found.group3:
                group = found.group3
        for cell, found in texts:
            if found is not None and found.group3 and cell is not label:
                group = found.group3
        return group

    def _unplaced(self, row: Row, label: GridCell) -> None:
        if not self._numbers(row):
            return
        self.seen3.append(None)
        self.claims.remarks.add("row-unknown", "t3", label.text, label.where)

    def _values4(self, row: Row) -> None:
        columns = self._current(4)
        full = _columns4()
        self.seen4 = True
        self.begins.setdefault(4, self.number)
        self._place("t4", columns, row.cells, row.cells[0], full)

    def _unnamed(self, row: Row, texts: Texts) -> None:
        """A row whose labels are all unknown: a misspelt row of table 三, a value row of table 四 with a remark."""
        if self.table in (2, 3) and len(texts[0][0].text) <= LONGEST and len(row.cells) > 1:
            if self.table == 3 and (self.seen3 or self.pending):
                self._row3(row, texts)
            else:
                label = texts[0][0]
                key = nearest(spell(label.text), _rows2())
                if key is not None:
                    self._row2(row, label, key)
        elif self.table == 4 and self._empty4(row) and all(found is None for _, found in texts):
            self._values4(row)  # what is no number becomes unreadable, and its neighbours are kept

    def _place(self, prefix: str, columns: Sequence[Column], cells: list[GridCell], label: GridCell,
               full: Sequence[str] = ()) -> None:
        keys = full or _keys3()
        placed: Placed | None = None
        if columns:
            placed = align(columns, cells)
        if placed is None:
            self.claims.refuse([f"{prefix}.{key}" for key in keys], label.where)
            self.claims.remarks.add(trouble(columns, cells), prefix[:2], label.text, label.where)
            return
        for key, cell in placed.items():
            self.claims.place(f"{prefix}.{key}", "count", cell, label.text)


@cache
def _rows3() -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    for form in all_forms():
        for label in form.t3_rows:
            group = spell(label.path[1]).ordinal if len(label.path) == 3 else None
            found[label.key] = Candidate(label.key, spellings(label), spell(label.text).ordinal, group)
    return found


@cache
def _rows2() -> tuple[Candidate, ...]:
    found = {
        label.key: Candidate(label.key, spellings(label))
        for form in all_forms() for block in form.blocks for label in block.rows
    }
    return tuple(found.values())


@cache
def _keys3() -> tuple[str, ...]:
    return tuple(label.key for label in all_forms()[-1].t3_columns)


@cache
def _columns4() -> tuple[str, ...]:
    form = all_forms()[-1]
    return tuple(f"{group.key}.{column.key}" for group in form.t4_groups for column in form.t4_columns)
