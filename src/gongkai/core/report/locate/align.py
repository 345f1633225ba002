"""Which value stands under which column head.

Slots decide where the file has them; the order decides only where values and heads are equal in number and no
empty cell could have shifted them. Anything else is not placed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.report.document import GridCell
from gongkai.core.report.locate.values import looks_like_data
from gongkai.core.text.numerals import is_blank


@dataclass(frozen=True, slots=True)
class Column:
    """A column head that was understood.

    `rank` is its turn in the form; `start` and `stop` are its slots, None where only the order of heads is known.
    """

    key: str
    rank: int
    start: int | None = None
    stop: int | None = None
    unit: str | None = None


Placed = dict[str, GridCell]


def align(columns: Sequence[Column], cells: Sequence[GridCell]) -> Placed | None:
    """Column key → cell; keys without a cell are left out. None when the cells cannot be told apart.

    A value merged over several columns or rows is given to each of them as not certain.
    """
    if len(cells) == len(columns) and all(_one_slot(cell, column) for cell, column in zip(cells, columns, strict=True)):
        return {column.key: cell for column, cell in zip(columns, cells, strict=True)}
    cells = [_doubtful(cell) if cell.rowspan > 1 and not is_blank(cell.text) else cell for cell in cells]
    if any(column.start is None for column in columns):
        return _by_order(columns, cells)
    return _by_slot(columns, cells)


def trouble(columns: Sequence[Column], cells: Sequence[GridCell]) -> str:
    """Why `align` gave up, as the code of a remark."""
    values = sum(not is_blank(cell.text) for cell in cells)
    return "too-many-values" if columns and values > len(columns) else "values-unplaced"


def _one_slot(cell: GridCell, column: Column) -> bool:
    return cell.colspan == 1 == cell.rowspan and cell.col == column.start and column.stop == cell.col + 1


def _by_slot(columns: Sequence[Column], cells: Sequence[GridCell]) -> Placed | None:
    under = [[c for c in columns if c.start < _stop(cell) and cell.col < c.stop] for cell in cells]  # type: ignore[operator]
    outside = [cell for cell, heads in zip(cells, under, strict=True) if not heads]
    strays = [cell for cell in outside if not is_blank(cell.text)]
    taken = [head.key for heads in under for head in heads]
    if not strays and len(taken) == len(set(taken)):
        if outside and len(taken) < len(columns):
            return None  # an empty cell beside the columns and a column without a cell: the row may have slipped
        placed: Placed = {}
        for cell, heads in zip(cells, under, strict=True):
            for head in heads:
                placed[head.key] = cell if len(heads) == 1 or is_blank(cell.text) else _doubtful(cell)
        return placed
    blank_strays = len(strays) < len(outside)
    return None if blank_strays else _one_to_one(columns, cells)


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
    return {column.key: cell for column, cell in zip(columns, cells, strict=True)}


def _stop(cell: GridCell) -> int:
    return cell.col + cell.colspan


def _doubtful(cell: GridCell) -> GridCell:
    return GridCell(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan, False, cell.where)
