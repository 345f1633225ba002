"""Workbooks: values as typed, merges as drawn, prose told from tables, nothing computed and nothing run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.report.readers.office_files import cells, merges, packed, xlsx

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document, Grid, Paragraph
from gongkai.core.report.readers.xlsx import read
from gongkai.core.report.readers.xlsx.values import spell


def book(rows: dict[int, dict[str, str]], *merged: str) -> Document:
    return read(xlsx(("Sheet1", "visible", cells(rows) + (merges(*merged) if merged else ""))))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[list[list[str | None]]]:
    return [
        [[None if cell is None else cell.text for cell in row] for row in block.matrix()]
        for block in document.blocks if isinstance(block, Grid)
    ]


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def test_a_whole_report_in_one_sheet() -> None:
    document = book({
        1: {"A": "青澜县水利局2023年政府信息公开工作年度报告"},
        2: {"A": "一、总体情况"},
        3: {"A": "本年共公开信息12条。\n没有收到申请。"},
        4: {"A": "二、主动公开政府信息情况"},
        5: {"A": "第二十条第（一）项"},
        6: {"A": "信息内容", "B": "本年制发件数", "C": "本年废止件数"},
        7: {"A": "规章", "B": "0", "C": "0"},
        8: {"A": "行政规范性文件", "B": "3", "C": "1"},
        9: {"A": "三、收到和处理政府信息公开申请情况"},
        10: {"A": "申请人情况", "C": "自然人"},
        11: {"A": "一、本年新收政府信息公开申请数量"},
        12: {"A": "三、本年度办理结果", "B": "（一）予以公开", "C": "1"},
        13: {"B": "（七）总计"},
        14: {"A": "四、结转下年度继续办理"},
        15: {"A": "青澜县水利局"},
        16: {"A": "2024年1月20日"},
    }, "A1:C1", "A3:C3", "A5:C5", "A10:B10", "A12:A13")
    assert texts(document) == [
        "青澜县水利局2023年政府信息公开工作年度报告", "一、总体情况", "本年共公开信息12条。", "没有收到申请。",
        "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "青澜县水利局", "2024年1月20日",
    ]
    assert grids(document) == [
        [
            ["第二十条第（一）项"] * 3, ["信息内容", "本年制发件数", "本年废止件数"], ["规章", "0", "0"],
            ["行政规范性文件", "3", "1"],
        ],
        [
            ["申请人情况", "申请人情况", "自然人"], ["一、本年新收政府信息公开申请数量", "", ""],
            ["三、本年度办理结果", "（一）予以公开", "1"], ["三、本年度办理结果", "（七）总计", ""],
            ["四、结转下年度继续办理", "", ""],
        ],
    ]


def test_empty_columns_and_rows_around_a_table_are_left_out() -> None:
    document = book({3: {"C": "信息内容", "D": "总计"}, 4: {"C": "规章", "D": "1"}})
    assert grids(document) == [[["信息内容", "总计"], ["规章", "1"]]]


@pytest.mark.parametrize(("written", "text"), [
    ("311.97", "311.97"), ("311.97000000000003", "311.97"), ("0.30000000000000004", "0.3"), ("5.0", "5"), ("-8", "-8"),
    ("59237.2449", "59237.2449"), ("1808595", "1808595"), ("0", "0"), ("<v>1E-3</v>", "0.001"), ("007", "7"),
    ("@45311", "2024年1月20日"), ("３", "３"), (" 7 ", "7"), ("12件", "12件"),
])
def test_values_are_as_typed(written: str, text: str) -> None:
    assert grids(book({1: {"A": "规章", "B": written}}))[0] == [["规章", text]]


@given(st.decimals(min_value=-10**9, max_value=10**9, places=4))
def test_every_amount_survives_the_float_of_the_file(amount: object) -> None:
    assert float(spell(float(str(amount)))) == float(str(amount))
    assert "E" not in spell(float(str(amount))).upper()


def test_hidden_sheets_are_named_and_not_read() -> None:
    visible = ("二、主动公开政府信息情况", "visible", cells({1: {"A": "规章", "B": "1"}}))
    hidden = ("底稿", "hidden", cells({1: {"A": "规章", "B": "2"}}))
    very = ("机密", "veryHidden", cells({1: {"A": "规章", "B": "3"}}))
    document = read(xlsx(visible, hidden, very))
    assert texts(document) == ["二、主动公开政府信息情况"]
    assert grids(document) == [[["规章", "1"]]]
    assert codes(document) == ["hidden-sheets"]
    assert "底稿、机密" in document.notes[0].message


def test_hidden_rows_and_columns_are_said_and_not_read() -> None:
    sheet = (
        '<cols><col min="3" max="16384" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c></row>'
        '<row r="3" hidden="0"><c r="A3"><v>6</v></c><c r="B3"><v>7</v></c></row></sheetData>'
    )
    document = read(xlsx(("S", "visible", sheet)))
    assert grids(document) == [[["1", "2"]], [["6", "7"]]]
    assert codes(document) == ["hidden-cells"]
    assert "3 个单元格" in document.notes[0].message


def test_a_merge_that_begins_in_a_hidden_column_is_seen() -> None:
    sheet = (
        '<cols><col min="1" max="1" hidden="true"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    )
    document = read(xlsx(("S", "visible", sheet)))
    assert [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells] == ["1", "3"]
    assert codes(document) == []


def test_a_formula_that_was_never_computed_is_no_number() -> None:
    document = book({1: {"A": "规章", "B": "<f>SUM(C1:D1)</f>", "C": "<f>1+1</f><v>2</v>"}})
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert [(cell.text, cell.certain) for cell in grid.cells] == [("规章", True), ("=", False), ("2", True)]
    assert codes(document) == ["formula-without-value"]


def test_an_error_is_no_blank() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    [grid] = [block for block in read(xlsx(("S", "visible", sheet))).blocks if isinstance(block, Grid)]
    assert [(cell.text, cell.certain) for cell in grid.cells] == [("1", True), ("=", False)]


def test_macros_are_not_run_and_said() -> None:
    sheet = ("Sheet1", "visible", cells({1: {"A": "规章", "B": "1"}}))
    assert codes(read(xlsx(sheet, extra={"xl/vbaProject.bin": b"x"}))) == ["macros-ignored"]


@pytest.mark.parametrize(("sheet", "extra", "code"), [
    (cells({}), {}, "no-content"),
    (cells({}), {"xl/media/image1.png": b"x"}, "image-only"),
    ('<sheetData><row r="1"/><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', {}, "table-too-long"),
    ('<sheetData><row r="1"><c s="0" r="XFD1"><v>1</v></c></row></sheetData>', {}, "table-too-wide"),
    ("<sheetData><row r='1'><c r='XFD1'><v>1</v></c></row></sheetData>", {}, "table-too-wide"),
    ("<sheetData><row", {}, "damaged"),
])
def test_sheets_that_are_no_report_are_refused(sheet: str, extra: dict[str, bytes], code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(xlsx(("Sheet1", "visible", sheet), extra=extra))
    assert refused.value.code == code


def test_a_workbook_without_its_list_of_sheets_is_damaged() -> None:
    with pytest.raises(ReadError) as refused:
        read(packed({"xl/workbook.xml": "<nothing"}))
    assert refused.value.code == "damaged"
