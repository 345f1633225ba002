"""A grid row by row, each row with the merged cells that reach into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongkai.core.report.document import Grid, GridCell


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
        line = starting.get(cell.row)
        if line is None:
            line = starting[cell.row] = []
        line.append(cell)
    for line in starting.values():
        for at, cell in enumerate(line):
            if cell.rowspan > 1:
                if any(number in starting for number in range(cell.row + 1, cell.row + cell.rowspan)):
                    tall.append(cell)
                else:
                    line[at] = GridCell(cell.text, cell.row, cell.col, 1, cell.colspan, cell.certain, cell.where)
    for number in sorted(starting):
        line = starting[number]
        if any(a.col > b.col for a, b in pairwise(line)):
            line.sort(key=lambda cell: cell.col)
        above = [cell for cell in tall if cell.row < number < cell.row + cell.rowspan] if tall else []
        yield Row(line, above)
