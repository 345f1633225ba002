"""The running text of a document as lines, tables left out.

Web pages and spreadsheets put prose into cells: what is neither a number nor a label of the statutory tables is
prose wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.core.report.document import Document, Grid, GridCell
from gongkai.core.report.locate.labels import meaning
from gongkai.core.report.locate.values import looks_like_data
from gongkai.core.report.model import Place

_PAGE_NUMBER = re.compile(r"[-—–－·]+\s*\d{1,3}\s*[-—–－·]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?")
_SHORT_LABEL = 24   # characters; unknown words of this length inside a statutory table are a label or a remark


class Line(NamedTuple):
    """One line of running text, as written but trimmed. `block` is its place in Document.blocks."""

    text: str
    block: int
    where: Place | None = None


def lines(document: Document, tables: frozenset[int] = frozenset()) -> list[Line]:
    """Every line that is not part of a table; `tables` are the indexes of grids that hold statutory tables."""
    found: list[Line] = []
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Grid):
            found += _split(block.text, number, block.where)
            continue
        for cell in _prose(block, number in tables):
            found += _split(cell.text, number, cell.where)
    return found


def _split(text: str, block: int, where: Place | None) -> list[Line]:
    if "\n" not in text and "\r" not in text:
        trimmed = text.strip(" \t\u3000\xa0\ufeff\u200b")
        return [Line(trimmed, block, where)] if trimmed and not _PAGE_NUMBER.fullmatch(trimmed) else []
    return [
        Line(trimmed, block, where) for part in text.splitlines()
        if (trimmed := part.strip(" \t\u3000\xa0\ufeff\u200b")) and not _PAGE_NUMBER.fullmatch(trimmed)
    ]


def _prose(grid: Grid, statutory: bool) -> Iterator[GridCell]:
    for cell in grid.cells:
        text = cell.text
        if not text or (text.isascii() and text.isdigit()):
            continue
        if not statutory or (meaning(text) is None and not looks_like_data(text) and _may_be_prose(cell, grid)):
            yield cell


def _may_be_prose(cell: GridCell, grid: Grid) -> bool:
    """In a table that also holds numbers: a sentence, or a line that has its row to itself."""
    return "。" in cell.text or len(cell.text) > _SHORT_LABEL or (cell.colspan >= grid.ncols > 1)
