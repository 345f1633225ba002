"""A standard catalogue as .xlsx or .csv, so that reading it gives the same rows; without rows, an empty template."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import xlsxwriter

from gongkai.core.catalogue.standard import StandardRow
from gongkai.core.catalogue.standard_columns import COLUMNS
from gongkai.core.catalogue.ticks import BOX, TICKED
from gongkai.core.catalogue.vocabulary import CHANNELS
from gongkai.core.report.writers.csv_columns import guard

_FONT = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "border": 1, "valign": "vcenter"}
_EMPTY_ROWS = 200
_FIRST_ROW = 3  # 0-based: the title, two rows of headings
_TICK_FIELDS = frozenset({"all", "proactive", "on_request", "county", "township"})
_NAMELESS = "标准目录"


def write_xlsx(rows: Iterable[StandardRow]) -> bytes:
    """A workbook with a sheet for each domain in the order in which domains turn up; one empty sheet without rows."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "title": book.add_format(_FONT | {"bold": True, "font_size": 14, "align": "center"}),
        "head": book.add_format(_FONT | {"bold": True, "bg_color": "#F3F4F6", "align": "center"}),
        "text": book.add_format(_FONT | {"num_format": "@", "quote_prefix": True}),
        "tick": book.add_format(_FONT | {"num_format": "@", "align": "center"}),
    }
    named: set[str] = set()
    for domain, group in _by_domain(rows) or [("", [])]:
        sheet = book.add_worksheet(_sheet_name(domain, named))
        _head(sheet, domain, formats)
        _body(sheet, group, formats)
    book.close()
    return packed.getvalue()


def write_csv(rows: Iterable[StandardRow]) -> bytes:
    """The rows as UTF-8 with a byte order mark: the domains below each other, each with title and headings."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    for domain, group in _by_domain(rows) or [("", [])]:
        lines.writerow([guard(_title(domain))])
        lines.writerow([column.upper for column in COLUMNS])
        lines.writerow([column.lower for column in COLUMNS])
        for number, row in enumerate(group, 1):
            lines.writerow([guard(text) for text in _cells(number, row)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _by_domain(rows: Iterable[StandardRow]) -> list[tuple[str, list[StandardRow]]]:
    grouped: dict[str, list[StandardRow]] = {}
    for row in rows:
        grouped.setdefault(row.domain, []).append(row)
    return list(grouped.items())


def _title(domain: str) -> str:
    return f"{domain}领域基层政务公开标准目录" if domain else "基层政务公开标准目录"


def _sheet_name(domain: str, named: set[str]) -> str:
    """A name that a workbook takes, each once."""
    plain = re.sub(r"[\[\]:*?/\\']", "", domain)[:25] or _NAMELESS
    name, number = plain, 1
    while name.casefold() in named or name.casefold() == "history":
        number += 1
        name = f"{plain}({number})"
    named.add(name.casefold())
    return name


def _head(sheet: xlsxwriter.worksheet.Worksheet, domain: str, formats: dict[str, xlsxwriter.format.Format]) -> None:
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, _title(domain), formats["title"])
    for upper, group in groupby(enumerate(COLUMNS), key=lambda entry: entry[1].upper):
        columns = list(group)
        first, last = columns[0][0], columns[-1][0]
        if first == last and not columns[0][1].lower:
            sheet.merge_range(1, first, 2, first, upper, formats["head"])
            continue
        sheet.merge_range(1, first, 1, last, upper, formats["head"])
        for at, column in columns:
            sheet.write_string(2, at, column.lower, formats["head"])
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
        if column.field in _TICK_FIELDS:
            sheet.data_validation(_FIRST_ROW, at, _FIRST_ROW + _EMPTY_ROWS, at, {
                "validate": "list", "source": ["√"], "error_type": "warning", "error_title": column.lower,
                "error_message": "请打√，或者留空。",
            })
    sheet.freeze_panes(_FIRST_ROW, 3)


def _body(
    sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[StandardRow],
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    for at, row in enumerate(rows):
        for column, text in enumerate(_cells(at + 1, row)):
            look = formats["tick" if COLUMNS[column].field in _TICK_FIELDS else "text"]
            sheet.write_string(_FIRST_ROW + at, column, text, look)
    start = 0
    for first, group in groupby(rows, key=lambda row: row.first):
        length = len(list(group))
        if length > 1:
            sheet.merge_range(_FIRST_ROW + start, 1, _FIRST_ROW + start + length - 1, 1, first, formats["text"])
        start += length


def _cells(number: int, row: StandardRow) -> list[str]:
    values = {
        "seq": str(number), "first": row.first, "second": row.second, "contents": row.contents, "basis": row.basis,
        "limit": row.limit, "subject": row.subject, "channels": channels_text(row.channels),
        "all": _mark(row.audience == "all"), "group": row.group or _mark(row.audience == "group"),
        "proactive": _mark(row.method == "proactive"), "on_request": _mark(row.method == "on_request"),
        "county": _mark(row.tier in {"county", "both"}), "township": _mark(row.tier in {"township", "both"}),
    }
    return [values[column.field] for column in COLUMNS]


def channels_text(channels: Sequence[str]) -> str:
    """The tick-list with all channels of the standard, then the office's own words."""
    listed = [f"{TICKED if key in channels else BOX}{name}" for key, name in CHANNELS.items()]
    return "\n".join([*listed, *(f"{TICKED}{words}" for words in channels if words not in CHANNELS)])


def _mark(yes: bool) -> str:
    return "√" if yes else ""
