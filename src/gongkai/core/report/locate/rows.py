"""A grid row by row, each row with the merged cells that reach into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from gongkai.core.report.document import Grid, GridCell
from gongkai.core.report.locate.labels import meaning

_COL = attrgetter("col")


@dataclass(slots=True)
class Row:
    """`cells` start in this row; `above` started higher and cover it. Both from left to right.

    A cell has a rowspan above 1 only if it shares a row with cells that start further down.
    """

    cells: list[GridCell]
    above: list[GridCell]


def rows(grid: Grid) -> Iterator[Row]:
    """The rows in which at least one cell starts, top down."""
    starting: dict[int, list[GridCell]] = {}
    tall: list[GridCell] = []
    for cell in grid.cells:
        if cell.row in starting:
            starting[cell.row].append(cell)
        else:
            starting[cell.row] = [cell]
        if cell.rowspan > 1:
            tall.append(cell)
    sharing = {id(cell) for cell in tall if _shares(cell, starting)}
    above: list[GridCell] = []
    for number in sorted(starting):
        line = starting[number]
        line.sort(key=_COL)
        above = [cell for cell in above if number < cell.row + cell.rowspan] if above else []
        yield Row(line, above)
        if sharing:
            above = above + [cell for cell in line if id(cell) in sharing]


def _shares(cell: GridCell, starting: dict[int, list[GridCell]]) -> bool:
    """Whether other cells start in the rows below that it covers; else it is put back to one row."""
    if any(number in starting for number in range(cell.row + 1, cell.row + cell.rowspan)):
        return True
    line = starting[cell.row]
    alone = GridCell(cell.text, cell.row, cell.col, 1, cell.colspan, cell.certain, cell.where)
    line[line.index(cell)] = alone
    return False


def values_right_of(label: GridCell, row: Row) -> list[GridCell]:
    """The cells right of a row's label, those merged downwards into this row among them."""
    col = label.col
    own = [cell for cell in row.cells if cell.col > col]
    if not row.above:
        return own
    # A group's label merged one row too far reaches in among the numbers and is none.
    reaching = [cell for cell in row.above if cell.col > col and meaning(cell.text) is None]
    return sorted(own + reaching, key=_COL) if reaching else own
