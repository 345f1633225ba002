"""Small spreadsheets for these tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

HEAD = ["登记号", "收到日期", "申请人类型", "申请内容", "办结日期", "办理结果"]


def workbook(
    rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int, Any]] = (), **sheets: Any,
) -> bytes:
    """A workbook of one sheet with these rows, and of further sheets by name."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy/m/d"})
    for name, content in {"台账": rows, **sheets}.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(content):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif value is not None:
                    sheet.write(r, c, value)
        if name == "台账":
            for merge in merges:
                sheet.merge_range(*merge)
    book.close()
    return packed.getvalue()


def with_sheet_markup(markup: bytes) -> bytes:
    """A workbook whose sheet holds this markup instead of its own."""
    source = zipfile.ZipFile(io.BytesIO(workbook([HEAD])))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                start = data.index(b"<sheetData")
                stop = data.index(b"</sheetData>") + len(b"</sheetData>")
                data = data[:start] + b"<sheetData>" + markup + b"</sheetData>" + data[stop:]
            target.writestr(info.filename, data)
    return packed.getvalue()
