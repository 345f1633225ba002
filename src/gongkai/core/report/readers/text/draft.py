"""A statutory table on its way from lines to a grid: heads and rows, each with the pieces of text that stood there."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class End:
    """Where a file ends: its last filled line, and whether that line breaks off in the middle of a word or number."""

    line: int
    open: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell's text and the line where it began. `row` is None in layouts that do not show table rows."""

    text: str
    line: int
    row: int | None = None


@dataclass(slots=True)
class DraftRow:
    """Labels from the outside in, then what stood after them, explicit empty cells included.

    `certain` turns False when the values cannot be told to their columns; `doubted` are the places of single values
    that cannot be trusted. `cut` is True for a row at which the file breaks off.
    """

    labels: list[Piece]
    values: list[Piece] = field(default_factory=list)
    certain: bool = True
    doubted: frozenset[int] = frozenset()
    cut: bool = False
    lead: int = 0  # cells of the same line before the innermost label, the empty ones included


@dataclass(slots=True)
class Block:
    """A run of rows under one head. `title` stands over it (第二十条第…项); `heads` are the column labels in order."""

    title: Piece | None = None
    corner: Piece | None = None
    heads: list[Piece] = field(default_factory=list)
    repeated: bool = False  # merged cells are written out once for each column that they cover
    rows: list[DraftRow] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """One of the tables 2, 3 or 4. `last_line` is the last line that belongs to it.

    `orphans` are values that stood before any row label: the mark of numbers torn off their labels. `detached`
    means that this has happened in the document, so that none of its numbers can be placed.
    """

    table: int
    blocks: list[Block] = field(default_factory=list)
    last_line: int = 0
    orphans: int = 0
    detached: bool = False

    def rows(self) -> list[DraftRow]:
        return [row for block in self.blocks for row in block.rows]
