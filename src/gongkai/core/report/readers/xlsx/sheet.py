"""A sheet divided into tables and running text.

Offices write a whole report into one sheet: title, prose in merged rows, three tables below each other. A row
with a single text is prose when it reads like prose; it is part of a table when it could be a label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.core.report.document import Block, Grid, GridCell, Paragraph
from gongkai.core.report.forms import all_forms
from gongkai.core.report.model import Place
from gongkai.core.report.readers.limits import check_text
from gongkai.core.report.readers.xlsx.values import spell
from gongkai.core.report.readers.xlsx.workbook import Sheet
from gongkai.core.text.fold import fold

_SECTIONS = frozenset(fold(name) for form in all_forms() for name in form.sections)
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）]?[、.．，]?")
_LABEL = re.compile(r"^(?:[一二三四]、|[（(][一二三四五六七八九][)）]|\d[.．、])|^第二十条")
_PROSE_MARKS = ("。", "；", "年度报告")
_LONG = 60  # no label of the form is longer, and those with a number are recognised by it
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|Chart)\s*\d*", re.I)


@dataclass(slots=True)
class _Row:
    """A row while it is sorted: its cells, those of them with text, and whether a merge of several rows reaches
    into it."""

    cells: list[GridCell] = field(default_factory=list)
    texts: list[GridCell] = field(default_factory=list)
    covered: bool = False


class SheetReader:
    """Turns sheets into blocks. `uncomputed` counts cells whose formula has no value."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.uncomputed = 0
        self._tables = 0
        self._lines = 0
        self._characters = 0

    def read(self, sheet: Sheet) -> None:
        """Append the blocks of a sheet."""
        rows = self._rows(sheet)
        if not any(row.texts for row in rows):
            return
        if fold(_NUMBERED.sub("", sheet.name)) in _SECTIONS:
            self._paragraph(sheet.name)  # a sheet a section: its name is the heading
        start = 0
        while start < len(rows):
            end = start
            while end < len(rows) and (rows[end].texts or rows[end].covered):
                end += 1
            if end > start:
                self._region(rows[start:end], start)
            start = end + 1

    def _rows(self, sheet: Sheet) -> list[_Row]:
        """Rows of cells with their spans; slots covered by a merge have no cell of their own."""
        height = len(sheet.rows)
        rows = [_Row() for _ in range(height)]
        width = len(sheet.rows[0]) if height else 0
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: list[set[int]] = [set() for _ in range(height)]
        for (top, left), (bottom, right) in sheet.merges:
            bottom, right = min(bottom, height - 1), min(right, left + width)
            if top >= height or left in covered[top]:
                continue
            spans[top, left] = (bottom - top + 1, right - left + 1)
            for r in range(top, bottom + 1):
                covered[r].update(range(left, right + 1))
                rows[r].covered |= bottom > top
        uncomputed = sheet.uncomputed
        for r, (row, under, values) in enumerate(zip(rows, covered, sheet.rows, strict=True)):
            for c, value in enumerate(values):
                rowspan = colspan = 1
                if c in under:
                    if (r, c) not in spans:
                        continue
                    rowspan, colspan = spans[r, c]
                text = spell(value) if value != "" else ""
                cell = GridCell(text, r, c, rowspan, colspan)
                row.cells.append(cell)
                if uncomputed and (r, c) in uncomputed:
                    cell.text, cell.certain = text or "=", False
                    self.uncomputed += 1
                if cell.text:
                    row.texts.append(cell)
                    self._characters += len(cell.text)
        check_text(self._characters)
        return rows

    def _region(self, rows: list[_Row], top: int) -> None:
        """Rows without an empty one between them: prose rows end tables."""
        prose = [self._is_prose(row) for row in rows]
        wide = [n for n, row in enumerate(rows) if len(row.texts) > 1 and not prose[n]]
        if not wide:
            prose = [True] * len(rows)
        else:
            for n in range(wide[-1] + 1, len(rows)):  # a signature and a date below the last table
                prose[n] = prose[n] or not (rows[n].covered or _LABEL.match(rows[n].texts[0].text))
        start: int | None = None
        for n, row in enumerate(rows):
            if not prose[n]:
                start = n if start is None else start
                continue
            if start is not None:
                self._grid(rows[start:n], top + start)
                start = None
            for cell in row.texts:
                self._paragraph(cell.text)
        if start is not None:
            self._grid(rows[start:], top + start)

    def _is_prose(self, row: _Row) -> bool:
        texts = row.texts
        if len(texts) != 1 or row.covered:
            return False
        text = texts[0].text
        if any(mark in text for mark in _PROSE_MARKS):
            return "勾稽关系" not in text
        plain = fold(text)
        return len(plain) > _LONG or _NUMBERED.sub("", plain) in _SECTIONS

    def _paragraph(self, text: str) -> None:
        for line in text.splitlines():
            if line.strip():
                self._lines += 1
                self.blocks.append(Paragraph(line.strip(), Place(line=self._lines)))

    def _grid(self, rows: list[_Row], top: int) -> None:
        """A table, without the empty columns to its left and right."""
        used = [cell for row in rows for cell in row.cells if cell.text or cell.colspan > 1 or cell.rowspan > 1]
        left = min(cell.col for cell in used)
        right = max(cell.col + cell.colspan for cell in used)
        cells = []
        for row in rows:
            for cell in row.cells:
                if left <= cell.col < right:
                    cell.row -= top
                    cell.col -= left
                    cells.append(cell)
        self._tables += 1
        self.blocks.append(Grid(cells, len(rows), right - left, Place(table=self._tables)))
