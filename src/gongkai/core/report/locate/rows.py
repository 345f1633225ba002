"""A grid row by row, each row with the merged cells that reach into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongkai.core.report.document import Grid, GridCell


@dataclass(slots=True)
class Row:
    """`cells` start in this row; `above` started higher and cover it. Both from left to right."""

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
        if cell.rowspan > 1:
            tall.append(cell)
    for number in sorted(starting):
        line = starting[number]
        if any(a.col > b.col for a, b in pairwise(line)):
            line.sort(key=lambda cell: cell.col)
        above = [cell for cell in tall if cell.row < number < cell.row + cell.rowspan] if tall else []
        yield Row(line, above)
