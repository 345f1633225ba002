"""A list as a spreadsheet: text stays text, widths are kept, both formats hold the same."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from gongkai.core import tables

HEADINGS = ("名称", "日期", "件数", "金额")
ROWS = [("=1+1", date(2026, 3, 5), 7, Decimal("12.50")), ("青澜县", None, 0, None)]


def test_a_workbook_keeps_text_as_text_and_the_widths_that_were_asked_for():
    data = tables.written(HEADINGS, ROWS, "xlsx", name="台账", wide={"名称": 44}, frozen=2)
    sheet = load_workbook(io.BytesIO(data)).active
    assert (sheet.title, sheet.freeze_panes) == ("台账", "C2")
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["A2"].alignment.wrap_text
    assert round(sheet.column_dimensions["A"].width) in (44, 45)
    assert (sheet["C2"].value, sheet["D2"].value, sheet["C3"].value) == (7, 12.5, 0)


def test_csv_starts_with_the_mark_that_a_spreadsheet_needs_and_guards_formulas():
    data = tables.written(HEADINGS, ROWS, "csv")
    assert data.startswith(tables.BOM)
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert lines == [list(HEADINGS), ["'=1+1", "2026-03-05", "7", "12.50"], ["青澜县", "", "0", ""]]


def test_another_format_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        tables.written(HEADINGS, ROWS, "pdf")
