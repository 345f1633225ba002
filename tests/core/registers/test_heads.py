"""Headings in two rows: the group above, the column below."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.registers.sheets import HEAD, workbook

from gongkai.core.errors import ReadError
from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read

_TODAY = date(2026, 11, 21)
_UPPER = [*HEAD, "行政复议", None, None, "行政诉讼（一审）", None, None, None, "备注"]
_LOWER = [*(None for _ in HEAD), "收到日期", "办结日期", "结果", "类型", "收到时间", "办结日期", "结果", None]
_CASE = ["A1", "2026-01-05", "自然人", "甲", "2026-01-20", "予以公开", "2026-02-01", "2026-03-01", "维持", "复议后起诉",
         "2026-04-01", "2026-05-01", "驳回起诉", "备"]
_ACROSS = [(0, 6, 0, 8, "行政复议"), (0, 9, 0, 12, "行政诉讼（一审）")]


def _whole(sheet):
    register = parse(sheet, _TODAY)
    assert register.problems == ()
    entry, = register.entries
    assert [(one.kind, one.result) for one in entry.disputes] == [("reconsideration", "upheld"), ("after", "other")]
    assert (entry.received, entry.closed, entry.note) == (date(2026, 1, 5), date(2026, 1, 20), "备")
    assert sheet.kept == ()
    assert sheet.alerts == ()


def test_with_merged_cells_both_ways():
    down = [(0, at, 1, at, _UPPER[at]) for at in (*range(6), 13)]
    _whole(read(workbook([_UPPER, _LOWER, _CASE], [*_ACROSS, *down])))


def test_with_groups_alone_merged():
    _whole(read(workbook([_UPPER, _LOWER, _CASE], _ACROSS)))


def test_without_merged_cells():
    _whole(read(workbook([_UPPER, _LOWER, _CASE])))
    lines = [",".join(cell or "" for cell in row) for row in (["某局台账"], _UPPER, _LOWER, _CASE)]
    _whole(read("\n".join(lines).encode()))


def test_groups_over_everything():
    upper = ["某局"] + [None] * 13
    groups = ["申请情况", None, None, None, "办理情况", None, "行政复议情况", None, None, "诉讼情况"]
    lower = [*HEAD, *_LOWER[6:13], "备注"]
    across = [(0, 0, 0, 13, "某局"), (1, 0, 1, 3, groups[0]), (1, 4, 1, 5, groups[4]), (1, 6, 1, 8, groups[6]),
              (1, 9, 1, 12, groups[9])]
    _whole(read(workbook([upper, groups, lower, _CASE], across)))


def test_a_second_instance_has_its_own_group():
    upper = [*_UPPER[:-1], "二审", None, None]
    lower = [*_LOWER[:-1], "收到日期", "办结日期", "结果"]
    case = [*_CASE[:-1], "2026-06-01", "2026-07-01", "维持"]
    entry, = parse(read(workbook([upper, lower, case])), _TODAY).entries
    assert [one.stage for one in entry.disputes] == ["first", "first", "second"]


def test_what_cannot_be_joined_is_no_column_of_the_application():
    upper, lower = [*HEAD, "行政复议", None], [*(None for _ in HEAD), "收到日期", "登记号"]
    sheet = read(workbook([upper, lower, [*_CASE[:6], "2026-02-01", "7"]]))
    row, = sheet.rows
    assert (row.number, row.cells["number"], row.extra) == (3, "A1", {"行政复议登记号": "7"})
    twice = [[*HEAD, "办理情况", None], [*(None for _ in HEAD), "收到日期", "登记号"], _CASE[:6]]
    with pytest.raises(ReadError) as refused:
        read(workbook(twice))
    assert refused.value.code == "heading-twice"


def test_a_title_over_a_simple_table_changes_nothing():
    sheet = read(workbook([["行政复议诉讼"], HEAD, _CASE[:6]], [(0, 0, 0, 5, "行政复议诉讼")]))
    assert set(sheet.headings) == {"number", "received", "applicant_kind", "content", "closed", "outcome"}
