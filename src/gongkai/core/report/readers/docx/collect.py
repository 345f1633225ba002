"""What the two readings of a Word document have in common: laying cells into a grid, counting lines and tables."""

from __future__ import annotations

from gongkai.core.report.document import Block, Grid, GridCell, Paragraph
from gongkai.core.report.model import Place
from gongkai.core.report.readers.limits import check_columns, check_rows, check_text


class Blocks:
    """The blocks of a document as they come."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines = 0
        self._tables = 0
        self._characters = 0

    def text(self, text: str) -> None:
        """Running text. A line break inside a paragraph ends a line for whoever reads it, so it ends one here."""
        self._characters += len(text)
        check_text(self._characters)
        for line in text.split("\n"):
            stripped = line.strip()
            if stripped:
                self._lines += 1
                self.blocks.append(Paragraph(stripped, Place(line=self._lines)))

    def grid(self, grid: Grid) -> None:
        """A table."""
        self._tables += 1
        grid.where = Place(table=self._tables)
        self.blocks.append(grid)


class Layout:
    """Lays the cells of one table into its grid, row by row, joining vertical merges."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self.nrows = 0
        self.ncols = 0
        self._column = 0
        self._last: GridCell | None = None     # the cell that the one to its right could join
        self._above: dict[int, GridCell] = {}  # by first column: the merge that this row may go on with
        self._here: dict[int, GridCell] = {}   # the same for the next row

    def start_row(self, before: int = 0) -> None:
        """A new row that leaves out `before` grid columns."""
        self._column = before
        self._last = None

    def end_row(self) -> None:
        """The row is complete."""
        check_columns(self._column)
        self.ncols = max(self.ncols, self._column)
        self.nrows += 1
        check_rows(self.nrows)
        self._above, self._here = self._here, {}

    def goes_on(self, span: int, merge: str) -> bool:
        """True when the next cell only continues the one above, and is placed by that. A continuation under
        nothing that it could continue begins a merge of its own: that is how Word shows it."""
        if merge != "continue":
            return False
        above = self._above.get(self._column)
        if above is None or above.colspan != span:
            return False
        above.rowspan += 1
        self._here[self._column] = self._last = above
        self._column += span
        return True

    def add(self, text: str, span: int, merge: str) -> None:
        """The next cell of the row."""
        cell = GridCell(text, self.nrows, self._column, 1, span)
        self.cells.append(cell)
        self._last = cell
        if merge:
            self._here[self._column] = cell
        self._column += span

    def widen(self, span: int) -> bool:
        """The cell to the left covers `span` more columns; False when there is none in this row."""
        if self._last is None:
            return False
        if self._last.row == self.nrows:  # a cell that goes on from above has its width already
            self._last.colspan += span
        self._column += span
        return True
