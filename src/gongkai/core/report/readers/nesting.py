"""Tables inside tables: which of them is data and which only arranges the page.

An outer table whose nested tables hold at least as many cells as itself is a layout: its texts become paragraphs
and the nested tables stand on their own. Otherwise the outer table is data and its nested ones follow it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.core.report.document import Grid, GridCell


@dataclass(slots=True)
class Table:
    """A table while it is read. `parts` holds, for each cell with tables inside (by its place in `cells`), the
    lines and tables of that cell in order."""

    cells: list[GridCell] = field(default_factory=list)
    nrows: int = 0
    ncols: int = 0
    parts: dict[int, list[str | Table]] = field(default_factory=dict)

    def text(self) -> str:
        """All its text in reading order, a line a cell."""
        return "\n".join(cell.text for cell in self.cells if cell.text)

    def nested(self) -> list[Table]:
        """The tables directly inside its cells, in order."""
        return [part for parts in self.parts.values() for part in parts if isinstance(part, Table)]

    def size(self) -> int:
        """How many cells it has, nested ones included."""
        return len(self.cells) + sum(inner.size() for inner in self.nested())


def flatten(table: Table) -> list[str | Grid]:
    """Grids and loose texts of a table in reading order."""
    grid = Grid(table.cells, table.nrows, table.ncols)
    if not table.parts:
        return [grid] if table.cells else []
    if table.size() < 2 * len(table.cells):  # more cells of its own than nested ones: data
        out: list[str | Grid] = [grid]
        for inner in table.nested():
            if len(inner.cells) > 1:
                out.extend(flatten(inner))
        return out
    out = []
    for place, cell in enumerate(table.cells):
        for part in table.parts.get(place, [cell.text]):
            if isinstance(part, str):
                out.append(part)
            else:
                out.extend(flatten(part))
    return out
