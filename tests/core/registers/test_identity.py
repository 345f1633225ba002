"""What of a register says who somebody is stays outside, by the head of its column or by what a cell holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening import people

from gongkai.core.registers.columns import COLUMNS
from gongkai.core.registers.entry import Entry
from gongkai.core.registers.identity import identifies, without

DAY = date(2025, 3, 4)
WHO = (
    "申请人姓名", "申请人", "姓名", "名称", "申请人名称", "申请人姓名或者名称", "身份证号码", "证件号", "联系电话",
    "手机号", "联系方式", "申请人联系地址", "通信地址", "电子邮箱", "E-mail", "统一社会信用代码", "法定代表人",
    "代理人姓名", "联系人", "微信号", "邮政编码", "申请人/单位", "传 真",
)
OTHERS = (
    "承办科室", "信息名称", "所需政府信息名称", "序号", "办理天数", "是否收费", "公开网址", "档案号", "文书名称",
    "承办人意见", "责任科室",
)


@pytest.mark.parametrize("title", WHO)
def test_a_heading_over_identities(title):
    assert identifies(title)


@pytest.mark.parametrize("title", OTHERS)
def test_a_heading_over_something_else(title):
    assert not identifies(title)
    assert not identifies(title, "第12号，2025年3月4日，办公室")


def test_a_column_is_left_out_and_named_and_a_cell_alone_where_only_it_holds_one():
    rows = [
        Entry(2, "1", DAY, extra={"申请人姓名": "甲某", "承办科室": "法规科", "其他": "已归档"}),
        Entry(3, "2", DAY, extra={"申请人姓名": "乙某", "其他": f"证号 {people.id_number()}"}),
        Entry(4, "3", DAY),
    ]
    kept, notes = without(rows)
    assert [dict(one.extra) for one in kept] == [{"承办科室": "法规科", "其他": "已归档"}, {}, {}]
    assert kept[2] is rows[2]
    assert [one.number for one in kept] == ["1", "2", "3"]
    first, second = notes
    assert "“申请人姓名”" in first
    assert "“其他”" in second
    assert "1 格" in second
    assert "甲" not in first + second


def test_nothing_is_said_where_nothing_was_left_out():
    assert without([Entry(2, "1", DAY, extra={"承办科室": "法规科"})])[1] == ()


@given(st.lists(st.dictionaries(st.sampled_from([*WHO, *OTHERS]), st.text(max_size=12), max_size=6), max_size=8))
def test_no_identity_comes_through_and_nothing_else_is_lost(cells):
    rows = [Entry(n, str(n), DAY, extra=extra) for n, extra in enumerate(cells)]
    kept, _ = without(rows)
    for before, after in zip(rows, kept, strict=True):
        assert set(after.extra.items()) == {pair for pair in before.extra.items() if not identifies(*pair)}
        assert not set(after.extra) & set(WHO)


def test_no_column_of_the_register_itself_looks_like_one():
    """Those never come here, but a variant of their headings might, where two stand side by side."""
    assert [column.heading for column in COLUMNS if identifies(column.heading)] == []
