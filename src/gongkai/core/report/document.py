"""The seam between file formats and meaning.

A reader turns bytes into a Document: paragraphs and grids in reading order, nothing interpreted. `locate` turns
grids into named cells by their labels; `sections` and `identity` read the paragraphs. A faster reader replaces
one module and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.core.report.model import Note, Place


@dataclass(slots=True)
class Paragraph:
    """Running text outside tables, automatic numbering included in the text."""

    text: str
    where: Place | None = None


@dataclass(slots=True)
class GridCell:
    """A cell with its true span. `row` and `col` are 0-based and are the top left slot.

    `certain` is False when the reader saw the text but cannot say that it belongs in this column; such a cell
    becomes `unreadable`, never a value.
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    certain: bool = True
    where: Place | None = None


@dataclass(slots=True)
class Grid:
    """A table as a rectangle of slots. `cells` in reading order, spans not overlapping."""

    cells: list[GridCell]
    nrows: int
    ncols: int
    where: Place | None = None

    def matrix(self) -> list[list[GridCell | None]]:
        """Every slot, a merged cell standing in each slot that it covers; None where the file has no cell."""
        slots: list[list[GridCell | None]] = [[None] * self.ncols for _ in range(self.nrows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, self.nrows)):
                line = slots[r]
                for c in range(cell.col, min(cell.col + cell.colspan, self.ncols)):
                    line[c] = cell
        return slots


Block = Paragraph | Grid


@dataclass(slots=True)
class Document:
    """A file taken apart. `title` is the file's own metadata title when it has one (a hint, never a fact)."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    notes: list[Note] = field(default_factory=list)
