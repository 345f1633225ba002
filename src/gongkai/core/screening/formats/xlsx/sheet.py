"""One sheet read cell by cell: what stands in it, and which rows and columns nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.ooxml.generic import shown
from gongkai.core.screening.formats.ooxml.names import S, local
from gongkai.core.screening.formats.xlsx.book import Book, string_text

MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576
_NO_WIDTH = 0.3   # characters
_NO_HEIGHT = 1.5  # points
HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[LCRPNDTZFAGSXYBIUEOH])')
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ON = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place (from 1), its text as a number or string, and the element it came from."""

    row: int
    column: int
    text: str
    is_text: bool
    formula: str
    style: str | None
    element: etree._Element


class Grid:
    """A sheet's rows and columns. `hidden_rows` and `hidden_columns` number from 1."""

    def __init__(self, root: etree._Element, book: Book) -> None:
        self.root, self._book = root, book
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.used: set[int] = set()  # numbers of shared strings
        form = root.find(f"{S}sheetFormatPr")
        base = _number(form.get("defaultColWidth"), 8.43) if form is not None else 8.43
        if base < _NO_WIDTH:
            shown = {c for each in root.iter(f"{S}col") for c in _span(each)}
            self.hidden_columns = set(range(1, MAX_COLUMNS + 1)) - shown
        for each in root.iter(f"{S}col"):
            if each.get("hidden") in _ON or _number(each.get("width"), 8.43) < _NO_WIDTH:
                self.hidden_columns.update(_span(each))
        self._covered = [
            box for each in root.iter(f"{S}conditionalFormatting") for box in boxes(each.get("sqref", ""))
        ]

    def cover(self, references: str) -> None:
        """Another style lies over these cells (a table's)."""
        self._covered += boxes(references)

    def covered(self, row: int, column: int) -> bool:
        """Does a conditional format or a table's style decide how the cell looks?"""
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self._covered)

    def cells(self) -> Iterator[Cell]:
        """All cells with something in them, row by row."""
        row_number = 0
        for row in self.root.iterfind(f"{S}sheetData/{S}row"):
            given = row.get("r", "")
            row_number = int(given) if given.isdigit() else row_number + 1
            if row_number > MAX_ROWS:
                raise ReadError("damaged", "表格的行号超出范围，文件已损坏；请用 Excel 或 WPS 打开另存后再上传。")
            if row.get("hidden") in _ON or _number(row.get("ht"), 15.0) < _NO_HEIGHT:
                self.hidden_rows.add(row_number)
            column = 0
            for cell in row:
                if cell.tag != f"{S}c":
                    continue
                place = _ADDRESS.fullmatch(cell.get("r", ""))
                column = column_number(place[1]) if place else column + 1
                yield self._cell(cell, row_number, column)

    def _cell(self, cell: etree._Element, row: int, column: int) -> Cell:
        kind = cell.get("t", "n")
        value, formula, inline = cell.find(f"{S}v"), cell.find(f"{S}f"), cell.find(f"{S}is")
        raw = (value.text or "") if value is not None else ""
        text, is_text = raw, kind not in {"n", "b", "e"}
        if kind == "s":
            number = int(raw) if raw.strip().isdigit() else -1
            text = ""
            if 0 <= number < len(self._book.strings):
                self.used.add(number)
                text = string_text(self._book.strings[number])
        elif kind == "inlineStr" and inline is not None:
            text = string_text(inline)
        elif kind == "n":
            text = shown(raw)
        code = (formula.text or "") if formula is not None else ""
        return Cell(row, column, text, is_text, code, cell.get("s"), cell)

    def marginal(self) -> Iterator[tuple[str, str]]:
        """Print headers and footers, with their name."""
        for element in self.root.iterfind(f"{S}headerFooter/*"):
            name = "页眉" if "header" in local(element.tag).lower() else "页脚"
            yield name, element.text or ""


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def boxes(references: str) -> list[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of each reference in "A1:B2 C3"; what is no reference is left out."""
    found = []
    for each in references.split():
        start, _, end = each.partition(":")
        first, last = _ADDRESS.fullmatch(start), _ADDRESS.fullmatch(end or start)
        if first and last:
            found.append((int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1])))
    return found


def _span(col: etree._Element) -> range:
    low, high = col.get("min", ""), col.get("max", "")
    if not (low.isdigit() and high.isdigit()):
        return range(0)
    return range(max(1, int(low)), min(MAX_COLUMNS, int(high)) + 1)


def _number(text: str | None, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default
