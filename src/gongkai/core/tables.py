"""A list as .xlsx or .csv that no spreadsheet takes for formulas. No Django.

In .xlsx every text is written as text; in .csv text that a spreadsheet would run gets an apostrophe
(`csv_columns.guard`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from gongkai.core.report.writers.csv_columns import guard

Cell = str | int | float | Decimal | date | datetime | None
_LONGEST = 32_767  # characters that a cell may hold
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "top"}
_WIDEST, _NARROWEST = 60, 8
_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - a property of a file, in no zone
BOM = b"\xef\xbb\xbf"


def xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, name: str = "清单") -> bytes:
    """The rows below their headings, as a workbook of one sheet. Rows may be a generator of any length."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    book.set_properties({"created": _NO_TIME})  # the same rows give the same bytes
    sheet = book.add_worksheet(name[:31])
    head = book.add_format(_FONT | {"bold": True, "bg_color": "#F3F4F6", "border": 1, "text_wrap": True})
    day = book.add_format(_FONT | {"num_format": "yyyy-mm-dd"})
    text = book.add_format(_FONT | {"num_format": "@", "quote_prefix": True})
    plain = book.add_format(_FONT)
    for at, heading in enumerate(headings):
        sheet.set_column(at, at, max(_NARROWEST, min(_WIDEST, 2 * len(heading) + 4)))
        sheet.write_string(0, at, heading, head)
    sheet.freeze_panes(1, 1)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, datetime | date):
                sheet.write_datetime(number, at, value.replace(tzinfo=None) if isinstance(value, datetime) else value,
                                     day)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(number, at, value, plain)
            elif value:
                sheet.write_string(number, at, value[:_LONGEST], text)
    book.close()
    return packed.getvalue()


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The same as lines of UTF-8, with a byte order mark so that Excel shows Chinese; made as they are asked for."""
    yield BOM + _line(headings)
    for row in rows:
        yield _line([_told(value) for value in row])


def _told(value: Cell) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _line(cells: Sequence[str]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow([guard(cell) for cell in cells])
    return written.getvalue().encode()
