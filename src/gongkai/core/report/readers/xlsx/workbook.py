"""A workbook opened under limits.

The reader of values allots a cell for every slot up to the last one used, so the sheets' extents are measured
first: a single cell at XFD1048576 would otherwise fill the memory.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import check_cells, check_columns, check_markup, check_rows
from gongkai.core.report.readers.limits.container import check_declared, open_zip, read_member

Value = int | float | str | bool | date | time | timedelta
Range = tuple[tuple[int, int], tuple[int, int]]

_MAX_SHEETS = 60
_FARTHEST_COLUMN = 1000  # hidden columns beyond it hold nothing that is read
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# A reference beyond ZZ999: only a sheet that has one is looked at cell by cell. Beginning with letters, not with the
# white space before them, it is searched for twice as fast.
_FAR = re.compile(rb"""r=["'](?:[A-Za-z]{3,9}\d|[A-Za-z]*\d{4})""")
_REFERENCE = re.compile(rb"""\sr=["']([A-Za-z]{1,9})(\d{1,9})["']""")
_FORMULA_ALONE = re.compile(
    rb"""<c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"""
)
_ERROR = re.compile(rb"""<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})\"""")
_SHEET_NAME = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_HIDDEN = re.compile(rb"""<(?:\w+:)?(row|col)\b([^>]*\bhidden=["'](?:1|true)["'][^>]*)>""")
_NUMBER = re.compile(rb"""\b(r|min|max)=["'](\d{1,7})["']""")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(Id|Target)="([^"]*)"')


@dataclass(slots=True)
class Sheet:
    """A visible sheet: rows of values from A1 on, merged ranges (0-based, inclusive), and the slots whose formula
    has no computed value or an error. Values in hidden rows and columns are left empty."""

    name: str
    rows: list[list[Value]]
    merges: list[Range]
    uncomputed: set[tuple[int, int]]


@dataclass(slots=True)
class _Marks:
    """What a sheet's own markup says of its slots, 0-based."""

    uncomputed: set[tuple[int, int]]
    rows: set[int]      # hidden
    columns: set[int]   # hidden


class Workbook:
    """The sheets of a workbook. Once `sheets` has run, `hidden` names those that are not read, and `unseen` counts
    the filled cells in hidden rows and columns that are not read either."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._zip = open_zip(data)
        self._names = [info.filename for info in self._zip.infolist()]
        self.hidden: list[str] = []
        self.unseen = 0

    def sheets(self) -> Iterator[Sheet]:
        """The visible sheets in order. Raises ReadError for a file that is damaged or too large."""
        marks = self._measure()
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self._data))
            for metadata in book.sheets_metadata:
                if metadata.typ is not SheetTypeEnum.WorkSheet:
                    continue
                if metadata.visible is not SheetVisibleEnum.Visible:
                    self.hidden.append(metadata.name)
                    continue
                sheet = book.get_sheet_by_name(metadata.name)
                rows = sheet.to_python(skip_empty_area=False)
                merges = sheet.merged_cell_ranges or []
                own = marks.get(self._part_of(metadata.name)) if marks else None
                if own is not None:
                    self.unseen += _hide(rows, merges, own)
                yield Sheet(metadata.name, rows, merges, own.uncomputed if own is not None else set())
        except (CalamineError, ValueError, OSError) as error:
            raise ReadError("damaged", "工作簿已损坏，读不出单元格；请用 Excel 打开原件另存后再上传。") from error

    def has_macros(self) -> bool:
        """True when the file carries a macro project."""
        return any(name.endswith("vbaProject.bin") for name in self._names)

    def has_pictures(self) -> bool:
        """True when the file carries pictures."""
        return any("/media/" in name for name in self._names)

    def _measure(self) -> dict[str, _Marks]:
        """Refuse sheets that are too large; return what is uncomputed or hidden, by part, where anything is."""
        parts = [name for name in self._names if _SHEET_PART.fullmatch(name)]
        if len(parts) > _MAX_SHEETS:
            raise ReadError(
                "too-many-sheets",
                f"工作簿有 {len(parts)} 个工作表，超过 {_MAX_SHEETS} 个的上限，没有解析；请只保留年度报告的工作表。",
            )
        check_declared(self._zip)
        marks: dict[str, _Marks] = {}
        cells = 0
        for part in parts:
            markup = read_member(self._zip, part)
            cells += _measure_sheet(markup)
            check_cells(cells)
            found = _FORMULA_ALONE.findall(markup) if b"<f" in markup else []
            if b't="e"' in markup:
                found += _ERROR.findall(markup)
            hidden = _HIDDEN.findall(markup) if b"hidden=" in markup else []
            if found or hidden:
                alone = {(int(row) - 1, column_number(letters) - 1) for letters, row in found}
                marks[part] = _Marks(alone, *_hidden_slots(hidden))
        return marks

    def _part_of(self, sheet_name: str) -> str:
        """The part that holds a sheet, through the workbook's relationships."""
        targets: dict[bytes, bytes] = {}
        for relation in _RELATION.findall(read_member(self._zip, "xl/_rels/workbook.xml.rels")):
            pair = dict(_ATTRIBUTE.findall(relation))
            targets[pair.get(b"Id", b"")] = pair.get(b"Target", b"")
        for name, key in _SHEET_NAME.findall(read_member(self._zip, "xl/workbook.xml")):
            if html.unescape(name.decode("utf-8", "replace")) == sheet_name:
                target = targets.get(key, b"").decode("utf-8", "replace")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return ""


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _hidden_slots(tags: list[tuple[bytes, bytes]]) -> tuple[set[int], set[int]]:
    """Rows and columns that are hidden; columns come as ranges that may run to the sheet's far end."""
    rows: set[int] = set()
    columns: set[int] = set()
    for tag, attributes in tags:
        numbers = {name: int(number) for name, number in _NUMBER.findall(attributes)}
        if tag == b"row" and b"r" in numbers:
            rows.add(numbers[b"r"] - 1)
        elif tag == b"col" and b"min" in numbers:
            columns.update(range(numbers[b"min"] - 1, min(numbers.get(b"max", 0), _FARTHEST_COLUMN)))
    return rows, columns


def _hide(rows: list[list[Value]], merges: list[Range], marks: _Marks) -> int:
    """Empty the hidden slots and count those that held something; a merge that reaches out of them is seen."""
    seen = {
        (top, left) for (top, left), (bottom, right) in merges
        if not marks.rows.issuperset(range(top, bottom + 1)) and not marks.columns.issuperset(range(left, right + 1))
    }
    emptied = 0
    for r, values in enumerate(rows):
        for c, value in enumerate(values):
            if (r in marks.rows or c in marks.columns) and value != "" and (r, c) not in seen:
                values[c] = ""
                marks.uncomputed.discard((r, c))
                emptied += 1
    return emptied


def _measure_sheet(markup: bytes) -> int:
    """The number of cells written in a sheet; refuses an extent that no report has."""
    check_rows(max(markup.count(b"</row>"), markup.count(b":row>")))
    check_markup(markup)
    if _FAR.search(markup) and (references := set(_REFERENCE.findall(markup))):
        check_rows(max(int(row) for _, row in references))
        check_columns(max(column_number(letters) for letters in {letters for letters, _ in references}))
    return markup.count(b"</c>")
