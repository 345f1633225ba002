"""Hidden rows are cases, hidden sheets are named."""

from __future__ import annotations

import io

import xlsxwriter
from tests.core.registers.sheets import HEAD

from gongkai.core.registers.read import read

_CASE = ["A1", "2026-01-05", "自然人", "甲", "2026-01-20", "予以公开"]


def _book(*, row=False, sheet=False):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    for name in ("台账", "旧账", "空表"):
        one = book.add_worksheet(name)
        for at, cells in enumerate(() if name == "空表" else (HEAD, _CASE, [name, *_CASE[1:]])):
            one.write_row(at, 0, cells)
        if name == "台账" and row:
            one.set_row(2, None, None, {"hidden": True})
        elif name != "台账" and (sheet or name == "空表"):
            one.hide()
    book.close()
    return packed.getvalue()


def test_a_hidden_sheet_is_named():
    sheet = read(_book(sheet=True))
    assert [row.cells["number"] for row in sheet.rows] == ["A1", "台账"]
    note, = sheet.notes
    assert note.startswith("没有读取隐藏的工作表“旧账”；")
    assert "取消隐藏" in note


def test_rows_that_a_filter_hides_are_read():
    sheet = read(_book(row=True, sheet=True))
    assert [row.cells["number"] for row in sheet.rows] == ["A1", "台账"]
    assert sheet.notes[0].startswith("隐藏的 1 行（例如筛选掉的）也读取了")
