"""Rows that are no application: totals, months, headings once more."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.registers.sheets import HEAD, workbook

from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read

_TODAY = date(2026, 11, 21)
_FIRST = ["A1", "2026-01-05", "自然人", "甲", "2026-01-20", "予以公开"]
_LAST = ["A2", "2026-02-05", "自然人", "乙", "2026-02-20", "予以公开"]


@pytest.mark.parametrize("aside", [
    ["合计", 4, None, None, 3], [None, "合计", 4],
    ["总计", date(2026, 10, 31), None, "共4件", date(2026, 10, 31), "予以公开"],
    ["小计：", 2], ["5月小计", "2026-05-31"], ["2026年合计", 12], ["合计（件）", 4], ["合计：4件", 4],
])
def test_totals_with_numbers_and_days(aside):
    sheet = read(workbook([HEAD, _FIRST, aside, _LAST, aside]))
    register = parse(sheet, _TODAY)
    assert [entry.number for entry in register.entries] == ["A1", "A2"]
    assert register.refused == ()
    assert sheet.skipped == (3, 5)
    assert sheet.notes == ("合计、小计 2 行不是申请，没有读取（第 3、5 行）。",)


@pytest.mark.parametrize("number", ["合字1号", "共计5号", "总工会1号", "小计划1号"])
def test_a_number_that_begins_alike_is_an_application(number):
    assert [one.number for one in parse(read(workbook([HEAD, [number, *_FIRST[1:]]])), _TODAY).entries] == [number]


def test_headings_once_more():
    sheet = read(workbook([["台账"], HEAD, _FIRST, ["台账"], HEAD, _LAST]))
    assert [row.number for row in sheet.rows] == [3, 4, 6], "a title repeated is named as a row without a day"
    assert sheet.skipped == (5,)
    assert "表中重复的标题 1 行没有读取。" in sheet.notes


def test_both_rows_of_headings_once_more():
    upper, lower = [*HEAD, "行政复议", None], [*(None for _ in HEAD), "收到日期", "结果"]
    sheet = read(workbook([upper, lower, _FIRST, upper, lower, _LAST]))
    assert [row.number for row in sheet.rows] == [3, 6]
    assert sheet.skipped == (4, 5)


@pytest.mark.parametrize("month", ["2026年5月", "5月份", "2026年", "第二季度", "上半年"])
def test_a_month_over_its_rows(month):
    sheet = read(workbook([HEAD, [month], _FIRST]))
    assert [row.number for row in sheet.rows] == [3]
