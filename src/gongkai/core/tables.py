"""A list as .xlsx or .csv that no spreadsheet takes for formulas. No Django.

In .xlsx every text is written as text; in .csv text that a spreadsheet would run gets an apostrophe
(`csv_columns.guard`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}


def written(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], to: str, *, name: str = "清单",
    wide: Mapping[str, int] | None = None, frozen: int = 1,
) -> bytes:
    """The table as "xlsx" or "csv". Raises KeyError for another format. `wide` and `frozen` as `xlsx` has them."""
    if to == "csv":
        return b"".join(csv_lines(headings, rows))
    return {"xlsx": xlsx}[to](headings, rows, name=name, wide=wide, frozen=frozen)


def xlsx(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, name: str = "清单",
    wide: Mapping[str, int] | None = None, frozen: int = 1,
) -> bytes:
    """The rows below their headings, as a workbook of one sheet. Rows may be a generator of any length.

    `wide` gives headings the width of their columns in characters, and long text in them is wrapped; the first `frozen`
    columns stay in sight.
    """
    widths = wide or {}
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    book.set_properties({"created": _NO_TIME})  # the same rows give the same bytes
    sheet = book.add_worksheet(name[:31])
    head = book.add_format(_FONT | {"bold": True, "bg_color": "#F3F4F6", "border": 1, "text_wrap": True})
    day = book.add_format(_FONT | {"num_format": "yyyy-mm-dd"})
    text = book.add_format(_FONT | {"num_format": "@", "quote_prefix": True})
    wrapped = book.add_format(_FONT | {"num_format": "@", "quote_prefix": True, "text_wrap": True})
    plain = book.add_format(_FONT)
    for at, heading in enumerate(headings):
        width = widths.get(heading, max(_NARROWEST, min(_WIDEST, 2 * len(heading) + 4)))
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, head)
    sheet.freeze_panes(1, frozen)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, datetime | date):
                sheet.write_datetime(number, at, value.replace(tzinfo=None) if isinstance(value, datetime) else value,
                                     day)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(number, at, value, plain)
            elif value:
                sheet.write_string(number, at, value[:_LONGEST], wrapped if headings[at] in widths else text)
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
