"""Ruled tables with their text: each glyph goes to the cell that holds its middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.core.report.document import Grid, GridCell
from gongkai.core.report.model import Place
from gongkai.core.report.readers.pdf.lattice import Lattice, find_lattices
from gongkai.core.report.readers.pdf.lines import Line, cell_text, to_lines
from gongkai.core.report.readers.pdf.page import Glyph, Page

_TOUCHING = 0.08  # of the glyph height: digits nearer than this are one number
_STRADDLE = 0.2   # of the glyph width that may reach over a border


@dataclass(slots=True)
class Piece:
    """A cell of a table on one page: its slot and span, its text, and whether the text surely belongs to it."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    certain: bool
    page: int


@dataclass(slots=True)
class Table:
    """A ruled table, or the part of one on a page. `xs` are its column borders; `nrows` its rows."""

    xs: list[float]
    nrows: int
    pieces: list[Piece]
    first_page: int
    last_page: int
    top: float = 0.0
    bottom: float = 0.0
    lines: list[Line] = field(default_factory=list)  # its text as lines, kept while it is a single cell

    def grid(self, ordinal: int) -> Grid:
        """The table as the seam wants it; `ordinal` is its 1-based number in the document."""
        cells = [
            GridCell(
                p.text, p.row, p.col, p.rowspan, p.colspan, p.certain,
                Place(table=ordinal, row=p.row + 1, col=p.col + 1, page=p.page),
            )
            for p in sorted(self.pieces, key=lambda p: (p.row, p.col))
        ]
        return Grid(cells, self.nrows, len(self.xs) - 1, Place(table=ordinal, page=self.first_page))


def ruled_tables(page: Page) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page, top down, and the glyphs that stand outside of them."""
    lattices = find_lattices(page.rules)
    if not lattices:
        return [], page.glyphs
    held: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
    doubtful: list[set[int]] = [set() for _ in lattices]
    outside: list[Glyph] = []
    before: tuple[int, int, Glyph] | None = None
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for n, lattice in enumerate(lattices):
            slot = lattice.slot(x, y)
            if slot is None:
                continue
            region = lattice.owner[slot[0]][slot[1]]
            held[n].setdefault(region, []).append(glyph)
            if glyph.text.isascii() and glyph.text.isdigit():
                if _reaches_over(lattice, region, glyph):
                    doubtful[n].add(region)
                if before is not None and before[0] == n and before[1] != region and _touch(before[2], glyph):
                    doubtful[n] |= {before[1], region}
                before = (n, region, glyph)
            else:
                before = None
            break
        else:
            outside.append(glyph)
    return [_table(*parts, page.number) for parts in zip(lattices, held, doubtful, strict=True)], outside


def _reaches_over(lattice: Lattice, region: int, glyph: Glyph) -> bool:
    """A digit that stands across the border of its cell belongs to a number too wide for it."""
    cell = lattice.regions[region]
    allowed = _STRADDLE * (glyph.x1 - glyph.x0)
    return glyph.x0 < lattice.xs[cell.col] - allowed or glyph.x1 > lattice.xs[cell.col + cell.colspan] + allowed


def _touch(a: Glyph, b: Glyph) -> bool:
    """Two digits on one line without a gap, though a border lies between them."""
    height = a.bottom - a.top
    return abs(a.bottom - b.bottom) < 0.3 * height and -0.3 * height < b.x0 - a.x1 < _TOUCHING * height


def _table(lattice: Lattice, held: dict[int, list[Glyph]], doubtful: set[int], page: int) -> Table:
    pieces = []
    for n, region in enumerate(lattice.regions):
        glyphs: Sequence[Glyph] = held.get(n, ())
        width = lattice.xs[region.col + region.colspan] - lattice.xs[region.col]
        pieces.append(Piece(
            region.row, region.col, region.rowspan, region.colspan, cell_text(glyphs, width) if glyphs else "",
            region.whole and n not in doubtful, page,
        ))
    lines = to_lines(held.get(0, ()), page) if len(pieces) == 1 else []
    return Table(lattice.xs, len(lattice.ys) - 1, pieces, page, page, lattice.ys[0], lattice.ys[-1], lines)
