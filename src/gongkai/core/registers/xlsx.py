"""The sheets of a workbook row by row, under limits.

The library allots a cell for every slot up to the last one used, so the extent is measured on the markup first, in
pieces: a single cell at XFD1048576 would otherwise fill the memory.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from gongkai.core.errors import ReadError
from gongkai.core.registers.limits import (
    MAX_COLUMNS,
    MAX_PART_BYTES,
    MAX_ROWS,
    MAX_SHEETS,
    too_large,
    too_long,
    too_wide,
)
from gongkai.core.registers.slots import Slots, parts_of, slots_of, tells
from gongkai.core.registers.values import Value
from gongkai.core.report.readers.limits.container import open_zip
from gongkai.core.report.readers.xlsx.workbook import column_number

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError,
)
_PIECE = 1 << 20
_LONGEST_TAG = 1 << 16
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# A filled cell beyond column AZ or row 199999; what is near enough to be in question is looked at by number.
_FAR = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br=["']((?:[B-Z][A-Z]|[A-Z]{3,})\d+|[A-Z]+(?:[2-9]\d{5}|\d{7,}))["'][^>]*>""", re.I
)
_STEP = re.compile(rb"""<(?:\w+:)?(row|c)\b([^>]*)>""")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_REFERENCE = re.compile(rb"([A-Z]+)(\d+)")
_HEAD_ROWS = 100  # above the table: titles, headings


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet. `rows` may be called more than once; `hidden` are the numbers of its hidden rows."""

    name: str
    _sheet: CalamineSheet
    _slots: Slots = field(default_factory=Slots)
    visible: bool = True

    @property
    def hidden(self) -> frozenset[int]:
        """The numbers of the rows that are hidden, by a filter or by hand."""
        return frozenset(self._slots.hidden)

    def rows(self) -> Iterator[tuple[int, list[Value]]]:
        """Rows with their numbers from 1; a merged area shows its value in every row that it spans. A cell with an
        error holds its name, one with a formula that was never computed NOT_COMPUTED."""
        left = [""] * (self._sheet.start or (0, 0))[1]  # the library begins at the first row, not the first column
        downward = _downward(self._sheet)
        told = self._slots.told
        for number, values in enumerate(self._all_rows(), 1):
            cells: list[Value] = [*left, *values] if left else list(values)
            for column, text in told.get(number, {}).items() if told else ():
                cells += [""] * (column + 1 - len(cells))
                cells[column] = text
            for column, above in downward.items():
                above.fill(number, cells, column)
            if number > MAX_ROWS + _HEAD_ROWS:
                raise too_long()
            yield number, cells

    def across(self, number: int) -> list[tuple[int, int]]:
        """The columns (first, last, from 0) that are merged in a row, where several are."""
        return [
            (left, right) for (top, left), (bottom, right) in self._sheet.merged_cell_ranges or ()
            if right > left and top < number <= bottom + 1
        ]

    def _all_rows(self) -> Iterator[list[Value]]:
        """The library ends with the last value; a formula that was never computed may stand below it."""
        number = 0
        for number, values in enumerate(self._sheet.iter_rows(), 1):  # noqa: B007
            yield values
        for _ in range(number, max(self._slots.told, default=0)):
            yield []


class _Merges:
    """The merged areas of one column that span several rows."""

    def __init__(self) -> None:
        self._spans: dict[int, int] = {}  # first row → last row
        self._until = 0
        self._value: Value = ""

    def add(self, top: int, bottom: int) -> None:
        self._spans[top] = bottom

    def fill(self, number: int, cells: list[Value], column: int) -> None:
        if number in self._spans and column < len(cells):
            self._until, self._value = self._spans[number], cells[column]
        elif number <= self._until and column < len(cells) and cells[column] == "":
            cells[column] = self._value


def sheets(data: bytes, *, whole: bool = False) -> Iterator[WorkbookSheet]:
    """The visible sheets in order; with `whole` the hidden ones too, and errors and uncomputed formulas as what they
    are instead of empty cells. Raises ReadError for a file that is damaged, hostile or too large."""
    slots = _measure(data)
    if not whole:
        slots = {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for metadata in book.sheets_metadata:
            visible = metadata.visible is SheetVisibleEnum.Visible
            if metadata.typ is SheetTypeEnum.WorkSheet and (visible or whole):
                yield WorkbookSheet(
                    metadata.name, book.get_sheet_by_name(metadata.name), slots.get(metadata.name, Slots()), visible,
                )
    except (CalamineError, ValueError, OSError) as error:
        raise ReadError("damaged", "工作簿已损坏，读不出单元格；请用 Excel 打开原件另存后再导入。") from error


def _downward(sheet: CalamineSheet) -> dict[int, _Merges]:
    columns: dict[int, _Merges] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top and left < MAX_COLUMNS:
            columns.setdefault(left, _Merges()).add(top + 1, bottom + 1)
    return columns


def _measure(data: bytes) -> dict[str, Slots]:
    """Refuse what is too large; what the markup tells of slots without a value and hidden rows, by sheet."""
    opened = open_zip(data)
    parts = [info for info in opened.infolist() if _SHEET_PART.fullmatch(info.filename)]
    if len(parts) > MAX_SHEETS:
        raise ReadError("too-many-sheets", f"工作簿有 {len(parts)} 个工作表，没有读取；请只保留登记台账的工作表。")
    for info in opened.infolist():
        if info.file_size > MAX_PART_BYTES:
            raise too_large()
        if info.flag_bits & 1:
            raise ReadError("encrypted", "文件加了密码，无法读取；请取消密码后再导入。")
    slots: dict[str, Slots] = {}
    for info in parts:
        try:
            if _measure_sheet(opened, info):
                slots[info.filename] = slots_of(opened, info.filename)
        except _DAMAGED as error:
            raise ReadError("damaged", "工作簿已损坏，解不开；请用 Excel 打开原件另存后再导入。") from error
    try:
        names = parts_of(opened) if slots else {}
    except _DAMAGED as error:
        raise ReadError("damaged", "工作簿已损坏，解不开；请用 Excel 打开原件另存后再导入。") from error
    return {name: slots[part] for name, part in names.items() if part in slots}


def _measure_sheet(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether the sheet tells of anything that the library does not give."""
    telling = False
    across = 0  # cells since the last row began, counted only where cells do not say where they stand
    with opened.open(info) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            markup = tail + piece
            cut = markup.rfind(b"<")
            if len(markup) - cut > _LONGEST_TAG and b">" not in markup[cut:]:
                raise too_large()
            markup, tail = markup[:cut], markup[cut:]
            telling = telling or tells(markup)
            _refuse_far(markup)
            across = 0 if _says_where(markup) else _count_across(markup, across)
    return telling


def _refuse_far(markup: bytes) -> None:
    for found in _FAR.finditer(markup):
        reference = _REFERENCE.fullmatch(found[1].upper())
        if found[0].endswith(b"/>") or reference is None:
            continue  # only a format: whole columns are often coloured
        if column_number(reference[1]) > MAX_COLUMNS:
            raise too_wide()
        if int(reference[2]) > MAX_ROWS + _HEAD_ROWS:
            raise too_long()


def _says_where(markup: bytes) -> bool:
    """True when every cell begins with its reference, as all office programs write it."""
    cells = markup.count(b"<c ") + markup.count(b"<c>") + markup.count(b":c ") + markup.count(b":c>")
    return cells == markup.count(b'<c r="') + markup.count(b':c r="')


def _count_across(markup: bytes, across: int) -> int:
    for tag, attributes in _STEP.findall(markup):
        if tag == b"row":
            across = 0
            number = _ROW_NUMBER.search(attributes)
            if number and int(number[1]) > MAX_ROWS + _HEAD_ROWS:
                raise too_long()
        else:
            across += 1
            if across > MAX_COLUMNS and not attributes.endswith(b"/"):
                raise too_wide()
    return across
