"""Ruled tables with their text: each glyph goes to the cell that holds its middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.core.report.document import Grid, GridCell
from gongkai.core.report.model import Place
from gongkai.core.report.readers.pdf.lattice import Lattice, find_lattices
from gongkai.core.report.readers.pdf.lines import Line, cell_text, to_lines
from gongkai.core.report.readers.pdf.page import Glyph, Page
from gongkai.core.text.numerals import parse_numeral

_TOUCHING = 0.08  # of the glyph height: digits nearer than this are one number
_HEADS = ("信息内容", "自然人", "行政复议", "予以公开", "行政许可", "不予处理")
_SHADED = 5       # cells
_FITTING = 0.8    # of the cells that have the shape of one
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
    lattices = find_lattices(page.rules) or _shaded(page)
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


def _shaded(page: Page) -> list[Lattice]:
    """Tables whose grid is only seen by their shaded cells.

    Word processors also shade lines of running text: only boxes that fit together without a gap, on a page with the
    heads of a statutory table, are cells.
    """
    if not page.fills:
        return []
    words = "".join([glyph.text for glyph in page.glyphs])
    if not any(head in words for head in _HEADS):
        return []
    return [
        lattice for lattice in find_lattices(page.fills)
        if len(lattice.regions) >= _SHADED and len(lattice.xs) > 2
        and sum(region.whole for region in lattice.regions) > _FITTING * len(lattice.regions)
    ]


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
        if not region.whole and not glyphs:
            continue  # beside a narrower table that touches this one: no cell at all
        width = lattice.xs[region.col + region.colspan] - lattice.xs[region.col]
        pieces.append(Piece(
            region.row, region.col, region.rowspan, region.colspan, cell_text(glyphs, width) if glyphs else "",
            region.whole and n not in doubtful, page,
        ))
    lines = to_lines(held.get(0, ()), page) if len(pieces) == 1 else []
    nrows = _without_phantoms(pieces, len(lattice.ys) - 1)
    return Table(lattice.xs, nrows, pieces, page, page, lattice.ys[0], lattice.ys[-1], lines)


def _without_phantoms(pieces: list[Piece], nrows: int) -> int:
    """Take out rows that only a stray border makes: nothing stands in them, and a number above reaches into them.

    Returns the rows that are left.
    """
    for row in range(nrows - 1, 0, -1):
        own = [piece for piece in pieces if piece.row == row]
        if any(piece.text or piece.rowspan > 1 for piece in own):
            continue
        above = [piece for piece in pieces if piece.row < row < piece.row + piece.rowspan]
        if not any(parse_numeral(piece.text) for piece in above):
            continue
        for piece in above:
            piece.rowspan -= 1
        for piece in own:
            pieces.remove(piece)
        for piece in pieces:
            piece.row -= piece.row > row
        nrows -= 1
    return nrows
