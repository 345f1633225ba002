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
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# A reference beyond ZZ999: only a sheet that has one is looked at cell by cell.
_FAR = re.compile(rb"""\sr=["'](?:[A-Za-z]{3}|[A-Za-z]*\d{4})""")
_REFERENCE = re.compile(rb"""\sr=["']([A-Za-z]{1,9})(\d{1,9})["']""")
_FORMULA_ALONE = re.compile(
    rb"""<c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"""
)
_ERROR = re.compile(rb"""<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})\"""")
_SHEET_NAME = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(Id|Target)="([^"]*)"')


@dataclass(slots=True)
class Sheet:
    """A visible sheet: rows of values from A1 on, merged ranges (0-based, inclusive), and the slots whose formula
    has no computed value or an error."""

    name: str
    rows: list[list[Value]]
    merges: list[Range]
    uncomputed: set[tuple[int, int]]


class Workbook:
    """The sheets of a workbook. `hidden` names those that are not read, once `sheets` has run."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._zip = open_zip(data)
        self._names = [info.filename for info in self._zip.infolist()]
        self.hidden: list[str] = []

    def sheets(self) -> Iterator[Sheet]:
        """The visible sheets in order. Raises ReadError for a file that is damaged or too large."""
        uncomputed = self._measure()
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
                alone = uncomputed.get(self._part_of(metadata.name), set()) if uncomputed else set()
                yield Sheet(metadata.name, rows, sheet.merged_cell_ranges or [], alone)
        except (CalamineError, ValueError, OSError) as error:
            raise ReadError("damaged", "工作簿已损坏，读不出单元格；请用 Excel 打开原件另存后再上传。") from error

    def has_macros(self) -> bool:
        """True when the file carries a macro project."""
        return any(name.endswith("vbaProject.bin") for name in self._names)

    def has_pictures(self) -> bool:
        """True when the file carries pictures."""
        return any("/media/" in name for name in self._names)

    def _measure(self) -> dict[str, set[tuple[int, int]]]:
        """Refuse sheets that are too large; return the slots with a formula and no value or an error, by part."""
        parts = [name for name in self._names if _SHEET_PART.fullmatch(name)]
        if len(parts) > _MAX_SHEETS:
            raise ReadError(
                "too-many-sheets",
                f"工作簿有 {len(parts)} 个工作表，超过 {_MAX_SHEETS} 个的上限，没有解析；请只保留年度报告的工作表。",
            )
        check_declared(self._zip)
        uncomputed: dict[str, set[tuple[int, int]]] = {}
        cells = 0
        for part in parts:
            markup = read_member(self._zip, part)
            cells += _measure_sheet(markup)
            check_cells(cells)
            found = _FORMULA_ALONE.findall(markup) if b"<f" in markup else []
            if b't="e"' in markup:
                found += _ERROR.findall(markup)
            if found:
                uncomputed[part] = {(int(row) - 1, column_number(letters) - 1) for letters, row in found}
        return uncomputed

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


def _measure_sheet(markup: bytes) -> int:
    """The number of cells written in a sheet; refuses an extent that no report has."""
    check_rows(max(markup.count(b"</row>"), markup.count(b":row>")))
    check_markup(markup)
    if _FAR.search(markup) and (references := set(_REFERENCE.findall(markup))):
        check_rows(max(int(row) for _, row in references))
        check_columns(max(column_number(letters) for letters in {letters for letters, _ in references}))
    return markup.count(b"</c>")
