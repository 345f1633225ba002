"""Tables without ruling lines: the lines as text laid out with spaces, for the reader of such text.

What is sure and what is not in columns of spaces is decided in one place, `readers.text`; its rule that a number
without a certain label is not placed holds here too.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.report.document import Block, Grid
from gongkai.core.report.model import Note, Place
from gongkai.core.report.readers import text
from gongkai.core.report.readers.pdf.lines import Line, spaced
from gongkai.core.report.readers.pdf.page import Glyph

_HEADS = ("信息内容", "自然人", "结果维持", "尚未审结", "行政许可", "予以公开", "不予处理")
_FRAGMENT = 0.75  # of the glyph height: a wider gap parts two columns


def holds_tables(lines: Sequence[Line]) -> bool:
    """True when heads of the statutory tables stand among these lines, apart from running text."""
    found: set[str] = set()
    for line in lines:
        if any(head in line.text for head in _HEADS):
            fragments = _fragments(line.glyphs)
            found.update(head for head in _HEADS for _, fragment in fragments if fragment.endswith(head))
    return len(found) >= 2


def read_columns(lines: Sequence[Line], body_height: float) -> tuple[list[Block], list[Note]]:
    """The blocks of these lines, tables found by their columns, with notes on what could not be placed."""
    unit = max(body_height / 2, 2.0)
    document = text.read("\n".join(_laid_out(line, unit) for line in lines).encode())
    pages = [line.page for line in lines]
    for block in document.blocks:
        block.where = _placed(block.where, pages)
        if isinstance(block, Grid):
            for cell in block.cells:
                cell.where = _placed(cell.where, pages)
    return document.blocks, [Note(note.code, note.message, _placed(note.where, pages)) for note in document.notes]


def _placed(where: Place | None, pages: Sequence[int]) -> Place | None:
    """A line of the laid out text is no place in the file; its page is."""
    if where is None or where.line is None:
        return where
    return Place(where.table, where.row, where.col, pages[min(where.line, len(pages)) - 1])


def _laid_out(line: Line, unit: float) -> str:
    """The line with each fragment at the column that its left edge falls in, at least two spaces apart."""
    out = ""
    for x, fragment in _fragments(line.glyphs):
        out = out + "  " + fragment if out else fragment
        missing = round(x / unit) - len(out) + len(fragment)
        if missing > 0:
            out = out[:len(out) - len(fragment)] + " " * missing + fragment
    return out


def _fragments(glyphs: Sequence[Glyph]) -> list[tuple[float, str]]:
    """Runs of glyphs without a wide gap, with their left edges."""
    found: list[tuple[float, str]] = []
    start = 0
    for n in range(1, len(glyphs) + 1):
        if n < len(glyphs):
            height = max(glyphs[n].bottom - glyphs[n].top, glyphs[n - 1].bottom - glyphs[n - 1].top)
            if glyphs[n].x0 - glyphs[n - 1].x1 <= _FRAGMENT * height:
                continue
        found.append((glyphs[start].x0, spaced(glyphs[start:n])))
        start = n
    return found
