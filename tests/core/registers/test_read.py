from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from tests.core.registers.sheets import HEAD, with_sheet_markup, workbook

from gongkai.core.errors import ReadError
from gongkai.core.registers.limits import MAX_COLUMNS
from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read

_TODAY = date(2026, 11, 21)
_ROWS = [["A1", date(2026, 1, 5), "自然人", "低保名单", date(2026, 1, 20), "予以公开"],
         ["A2", date(2026, 2, 5), "其他", "合同"]]


def _numbers(sheet):
    return [(row.number, row.cells.get("number")) for row in sheet.rows]


def test_titles_above_and_totals_below():
    rows = [["某局2026年申请登记台账"], [], ["填报单位：某局"], HEAD, *_ROWS, [],
            ["合计", None, None, "2件"], ["填表人：某某"]]
    sheet = read(workbook(rows, [(0, 0, 0, 5, "某局2026年申请登记台账")]))
    assert _numbers(sheet) == [(5, "A1"), (6, "A2")]
    assert sheet.skipped == (8, 9)
    assert sheet.headings["received"] == "收到日期"


def test_columns_in_any_order_under_other_words_and_more_of_them():
    head = ["承办科室", "答复结果", "申请日期", "序号", "受理编号*", "申请人类型（必填）"]
    sheet = read(workbook([head, ["法规科", "予以公开", date(2026, 1, 5), 1, "A1", "自然人"]]))
    assert sheet.kept == ("承办科室", "序号")
    row, = sheet.rows
    assert row.extra == {"承办科室": "法规科", "序号": "1"}
    assert set(row.cells) == {"outcome", "received", "number", "applicant_kind"}


def test_the_exact_heading_wins_over_another_word_for_it():
    head = ["编号", "登记号", "收到日期", "答复日期", "办结日期"]
    sheet = read(workbook([head, ["7", "A1", "2026-1-5", "a", "2026-1-6"]]))
    row, = sheet.rows
    assert row.cells["number"] == "A1"
    assert row.cells["closed"] == "2026-1-6"
    assert row.extra == {"编号": "7", "答复日期": "a"}


def test_a_day_merged_over_several_rows_stands_in_each():
    rows = [HEAD, ["A1", None, "自然人"], ["A2", None, "自然人"], ["A3", "2026-1-7", "自然人"]]
    sheet = read(workbook(rows, [(1, 1, 2, 1, "2026-1-5")]))
    assert [row.cells["received"] for row in sheet.rows] == ["2026-1-5", "2026-1-5", "2026-1-7"]


def test_a_sheet_that_begins_below_and_to_the_right():
    rows = [[], [], [None, *HEAD], [None, *_ROWS[0]]]
    assert _numbers(read(workbook(rows))) == [(4, "A1")]


def test_cells_without_a_heading_are_counted():
    sheet = read(workbook([HEAD, [*_ROWS[0], "多出来的"], [None] * 8 + ["再一格"]]))
    assert len(sheet.rows) == 1
    assert "2 格" in sheet.notes[0]


def test_a_sheet_a_year_is_read_and_what_is_passed_over_is_named():
    later = [["某局"], HEAD, ["A3", "2026-3-5", "其他", "合同"]]
    sheet = read(workbook([["封面"]], **{"2025年": [HEAD, *_ROWS, ["合计"]], "2026年": later, "空": []}))
    assert [(row.sheet, row.number, row.cells["number"]) for row in sheet.rows] == [
        ("2025年", 2, "A1"), ("2025年", 3, "A2"), ("2026年", 3, "A3"),
    ]
    assert sheet.skipped == (4,)
    assert sheet.notes == (
        "读取了 2 个工作表：“2025年” 2 行、“2026年” 1 行。", "没有读取工作表“台账”：没有台账的标题行。",
    )
    assert read(workbook([HEAD, *_ROWS])).notes == ()
    assert [row.sheet for row in read(workbook([HEAD, *_ROWS], 说明=[["怎样填"]])).rows] == ["", ""]


def test_a_sheet_with_a_broken_head_is_passed_over_with_the_reason():
    sheet = read(workbook([HEAD, *_ROWS], 旧表=[["登记号", "办理结果", "备注"], ["B1", "予以公开", ""]]))
    assert len(sheet.rows) == 2
    (note,) = sheet.notes
    assert note.startswith("没有读取工作表“旧表”。")
    assert "收到日期" in note


def test_a_number_in_two_sheets_names_the_sheet_of_the_first():
    sheet = read(workbook([HEAD, *_ROWS], 次年=[HEAD, ["A1", "2027-1-5", "其他", "另一件"]]))
    problems = [one for one in parse(sheet, date(2027, 11, 21)).problems if one.code == "duplicate-number"]
    assert [(one.sheet, one.row) for one in problems] == [("次年", 2)]
    assert "工作表“台账”第 2 行" in problems[0].message


def test_all_sheets_together_have_the_rows_of_one(monkeypatch):
    monkeypatch.setattr("gongkai.core.registers.read.MAX_ROWS", 3)
    with pytest.raises(ReadError) as refused:
        read(workbook([HEAD, *_ROWS], 次年=[HEAD, *_ROWS]))
    assert refused.value.code == "table-too-long"


@pytest.mark.parametrize("heading", ["申请内容", "备注", "科长意见"])
def test_a_giant_field_keeps_its_row_out_and_no_other(heading):
    usual = csv.field_size_limit()
    rows = [f"A{n},2026-01-05,自然人,{text}" for n, text in enumerate(["甲", "长" * 300_000, "丙"], 1)]
    text = "\n".join([f"登记号,收到日期,申请人类型,{heading}", *rows])
    register = parse(read(text.encode()), _TODAY)
    assert [entry.number for entry in register.entries] == ["A1", "A3"]
    assert [(one.row, one.code) for one in register.refused] == [(3, "text-too-long")]
    assert all(len(one.message) < 200 for one in register.problems)
    assert csv.field_size_limit() == usual


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv(encoding, mark):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark)
    writer.writerow(["台账"])
    writer.writerow(HEAD)
    writer.writerow(["A1", "2026-01-05", "自然人", f'要"引号"{mark}和\n换行', "", ""])
    writer.writerow([])
    writer.writerow(["A2", "20260105", "自然人", "'=1+1", "", ""])
    sheet = read(text.getvalue().encode(encoding), "台账.csv")
    assert _numbers(sheet) == [(3, "A1"), (5, "A2")]
    assert [row.cells["content"] for row in sheet.rows] == [f'要"引号"{mark}和\n换行', "=1+1"]


def test_dates_as_cells_numbers_and_text_are_the_same():
    rows = [HEAD, *([f"A{n}", value, "自然人", "x"] for n, value in enumerate(
        [date(2026, 1, 5), 46027, "2026.1.5", 20260105, "2026年1月5日"]))]
    register = parse(read(workbook(rows)), _TODAY)
    assert [entry.received for entry in register.entries] == [date(2026, 1, 5)] * 5


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty-file"), (workbook([["a", "b"]]), "no-headings"), ("甲,乙\n1,2\n".encode(), "no-headings"),
    (workbook([["登记号", "办理结果", "备注"]]), "heading-missing"),
    (workbook([["登记号", "收到日期", "收到日期", "备注"]]), "heading-twice"),
    (workbook([[*HEAD, "科室", "科室"]]), "heading-twice"),
    ('登记号,收到日期,备注\nA1,2026-01-05,"没有收尾\nA2,2026-01-05,x\n'.encode(), "csv-broken"),
    (b"%PDF-1.4\n%%EOF", "unsupported-format"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "unsupported-format"),
    (b"PK\x03\x04 not a zip", "truncated"), (b"\x89PNG\r\n\x1a\n", "image-only"),
    (workbook([HEAD, *_ROWS])[:-40], "truncated"),
])
def test_what_cannot_be_read_is_refused_by_name(data, code):
    with pytest.raises(ReadError) as refused:
        read(data, "台账")
    assert refused.value.code == code
    assert "年度报告" not in refused.value.message or code == "image-only"


_HEAD_CELLS = "".join(f'<c r="{"ABCDEF"[n]}1" t="inlineStr"><is><t>{text}</t></is></c>' for n, text in enumerate(HEAD))
_HEAD_ROW = f'<row r="1">{_HEAD_CELLS}</row>'.encode()


@pytest.mark.parametrize(("markup", "code"), [
    (b'<row r="2"><c r="XFD2"><v>1</v></c></row>', "table-too-wide"),
    (b'<row r="2"><c r="BZ2"><v>1</v></c></row>', "table-too-wide"),
    (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "table-too-long"),
    (b"<row r='400000'><c s='1' r='A400000'><v>1</v></c></row>", "table-too-long"),
    (b'<row r="2"><c ' + b" " * 40_000 + b'r="XFD2"><v>1</v></c></row>', "table-too-wide"),
    (b'<row r="2"><c ' + b" " * 4_000_000 + b'r="XFD2"><v>1</v></c></row>', "content-too-large"),
    (b'<row r="2">' + b'<c r="A2" s="1"/>' * 20_000 + b'<c r="XFD2"><v>1</v></c></row>', "table-too-wide"),
    (b"<row>" + b"<c><v>1</v></c>" * 5_000 + b"</row>", "table-too-wide"),
    (b'<row r="900000"><c><v>1</v></c></row>', "table-too-long"),
])
def test_a_far_cell_does_not_fill_the_memory(markup, code):
    with pytest.raises(ReadError) as refused:
        read(with_sheet_markup(_HEAD_ROW + markup))
    assert refused.value.code == code


def test_formats_far_away_are_no_cells():
    markup = b'<row r="2"><c r="A2"><v>7</v></c><c r="XFD2" s="0"/></row><row r="900000"><c r="A900000" s="0"/></row>'
    assert _numbers(read(with_sheet_markup(_HEAD_ROW + markup))) == [(2, 7.0)]


def test_more_columns_than_a_register_has():
    wide = [*HEAD, *(f"列{n}" for n in range(MAX_COLUMNS))]
    with pytest.raises(ReadError) as refused:
        read(",".join(wide).encode())
    assert refused.value.code == "table-too-wide"
