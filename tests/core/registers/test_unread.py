"""Columns that are not understood are named, and what would be counted wrongly is said."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.registers.sheets import HEAD, workbook

from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read

_TODAY = date(2026, 11, 21)


def test_every_column_that_is_not_understood_is_named():
    sheet = read(workbook([["序号", *HEAD, "经办科室"], [1, "A1", "2026-01-05", "自然人", "甲", None, None, "法规科"]]))
    assert sheet.notes == ("这些列没有读：“经办科室”；如果其中有办理结果、日期，请改表头后再导入。",)
    assert sheet.alerts == ()
    assert read(workbook([HEAD, ["A1", "2026-01-05", "自然人", "甲"]])).notes == ()


@pytest.mark.parametrize("value", [date(2026, 1, 20), "2026年1月20日", 46042])
def test_days_and_outcomes_in_columns_that_are_not_read_are_no_silent_open_case(value):
    rows = [[*HEAD[:4], "寄出那一天", "怎么办的"], ["A1", "2026-01-05", "自然人", "甲", value, "予以公开"]]
    alert, = read(workbook(rows)).alerts
    assert "“寄出那一天”里是日期" in alert
    assert "“怎么办的”里是办理结果" in alert
    assert "1 行都按未办结登记" in alert
    rows[1][4:] = [None, None]
    assert read(workbook(rows)).alerts == ()


def test_disputes_in_columns_that_are_not_read():
    head = [*HEAD, "复议第一天", "复议怎么样", "法院判决如何"]
    rows = [head, ["A1", "2026-01-05", "自然人", "甲", "2026-01-20", "予以公开", "2026-02-01", "维持", "维持"]]
    reconsideration, suit = read(workbook(rows)).alerts
    assert "“复议收到日期”" in reconsideration
    assert "“复议第一天”、“复议怎么样”" in reconsideration
    assert "“法院判决如何”" in suit


def test_headings_that_come_near_are_read_where_no_other_column_has_the_field():
    head = ["登记号", "收到时间", "申请人类型", "答复送达时间", "答复结论"]
    head += [f"行政复议{one}" for one in ("受理时间", "结案时间", "结论")]
    rows = [head, ["A1", "2026-01-05", "自然人", "2026-01-20", "予以公开", "2026-02-01", "2026-03-01", "维持"]]
    sheet = read(workbook(rows))
    assert sheet.kept == ()
    entry, = parse(sheet, _TODAY).entries
    assert (entry.closed, entry.outcome) == (date(2026, 1, 20), "granted")
    assert [one.result for one in entry.disputes] == ["upheld"]


def test_a_near_heading_gives_way_to_one_that_is_known():
    row = ["A1", "2026-01-05", "2026-01-20", "2026-01-22"]
    sheet = read(workbook([["登记号", "收到日期", "答复日期", "送达日期"], row]))
    assert sheet.headings["closed"] == "答复日期"
    assert sheet.kept == ("送达日期",)
    both = read(workbook([["登记号", "收到日期", "办复时间", "送达时间"], row]))
    assert both.kept == ("办复时间", "送达时间")
    assert len(both.alerts) == 1


def test_the_same_of_many_sheets_is_told_once_and_nobody_misses_the_number_of_a_line():
    head = ["序号", *HEAD, "科长意见"]
    months = {f"{n}月": [head, [1, f"2025-{n}", f"2025-{n:02}-03", "自然人", "征地"]] for n in range(1, 8)}
    sheet = read(workbook([head, [1, "2025-99", "2025-03-04", "自然人", "规划"]], **months), "台账.xlsx")
    told, = [note for note in sheet.notes if "没有读" in note]
    assert told.startswith("工作表“台账”、“1月”、“2月”、“3月”、“4月”等 8 个：这些列没有读：“科长意见”；")
    lines = read(workbook([["序号", *HEAD], [1, "2025-99", "2025-03-04", "自然人", "规划"]]), "台账.xlsx")
    assert lines.notes == ()


def test_columns_that_tell_who_applied_are_told_of_by_themselves():
    sheet = read(workbook([["申请人姓名", *HEAD, "经办科室"], ["某甲", "A1", "2026-01-05", "自然人", "规划"]]))
    assert sheet.notes == ("这些列没有读：“经办科室”；如果其中有办理结果、日期，请改表头后再导入。",)
