"""Which value stands under which column head.

Slots decide where the file has them; the order decides only where values and heads are equal in number and no
empty cell could have shifted them. Anything else is not placed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.core.report.document import GridCell
from gongkai.core.report.locate.values import looks_like_data
from gongkai.core.text.numerals import is_blank


class Column(NamedTuple):
    """A column head that was understood.

    `rank` is its turn in the form; `start` and `stop` are its slots, None where only the order of heads is known.
    """

    key: str
    rank: int
    start: int | None = None
    stop: int | None = None
    unit: str | None = None


Placed = list[tuple[Column, GridCell]]


def align(columns: Sequence[Column], cells: Sequence[GridCell]) -> Placed | None:
    """Each column that has a cell, with that cell. None when the cells cannot be told apart.

    A value merged over several columns or rows is given to each of them as not certain.
    """
    if len(cells) == len(columns):
        for cell, column in zip(cells, columns, strict=True):
            if cell.col != column.start or cell.colspan != 1 or cell.rowspan != 1 or column.stop != cell.col + 1:
                break
        else:
            return list(zip(columns, cells, strict=True))
    cells = [_doubtful(cell) if cell.rowspan > 1 and not is_blank(cell.text) else cell for cell in cells]
    if any(column.start is None for column in columns):
        return _by_order(columns, cells)
    return _by_slot(columns, cells)


def trouble(columns: Sequence[Column], cells: Sequence[GridCell]) -> str:
    """Why `align` gave up, as the code of a remark."""
    values = sum(not is_blank(cell.text) for cell in cells)
    if columns and values > len(columns):
        return "too-many-values"
    return "too-few-values" if len(cells) < len(columns) else "values-unplaced"


def falls_short(columns: Sequence[Column], placed: Placed) -> bool:
    """The row's cells end before its columns do: one was left out, and no one can tell at which place."""
    return 0 < len(placed) < len(columns) and placed[-1][0].key != columns[-1].key


def _by_slot(columns: Sequence[Column], cells: Sequence[GridCell]) -> Placed | None:
    under: dict[str, list[GridCell]] = {column.key: [] for column in columns}
    outside: list[GridCell] = []
    for cell in cells:
        heads = [c for c in columns if c.start < cell.col + cell.colspan and cell.col < c.stop]  # type: ignore[operator]
        shared = len(heads) > 1 and not is_blank(cell.text)
        for head in heads:
            under[head.key].append(_doubtful(cell) if shared else cell)
        if not heads:
            outside.append(cell)
    if any(not is_blank(cell.text) for cell in outside):
        slipped = any(is_blank(cell.text) for cell in outside)
        return None if slipped else _one_to_one(columns, cells)
    if outside and not all(under.values()):
        return None  # an empty cell beside the columns and a column without a cell: the row may have slipped
    placed: Placed = []
    for column in columns:
        own = under[column.key]
        filled = [cell for cell in own if not is_blank(cell.text)]
        if len(filled) > 1 and not _one_written_over_all(column, filled):
            return _one_to_one(columns, cells)
        if own:
            placed.append((column, (filled or own)[0]))
    return placed


def _one_written_over_all(column: Column, filled: Sequence[GridCell]) -> bool:
    """The same text in each single slot under a head of several: a merged cell that was filled when it was split."""
    slots = (column.stop or 0) - (column.start or 0)
    return len({cell.text for cell in filled}) == 1 and sum(cell.colspan for cell in filled) == slots == len(filled)


def _by_order(columns: Sequence[Column], cells: Sequence[GridCell]) -> Placed | None:
    """Cells beyond the last head are dropped only when they are empty and no cell before them is."""
    extra = cells[len(columns):]
    if extra:
        cells = cells[:len(columns)]
        empty = [is_blank(cell.text) for cell in cells]
        if not all(is_blank(cell.text) for cell in extra) or (any(empty) and not all(empty)):
            return None
    return _one_to_one(columns, cells)


def _one_to_one(columns: Sequence[Column], cells: Sequence[GridCell]) -> Placed | None:
    ranks = [column.rank for column in columns]
    if len(cells) != len(columns) or ranks != sorted(ranks) or not all(looks_like_data(cell.text) for cell in cells):
        return None
    return list(zip(columns, cells, strict=True))


def _doubtful(cell: GridCell) -> GridCell:
    return GridCell(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan, False, cell.where)
