"""Parts and totals in prose: a hit only where the list is meant to be complete."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.report.checks.made import codes, only, report, section

from gongkai.core.report.model import Report

ADDING_UP = [
    "主动公开信息63条，其中，机构类信息16条，动态类信息36条，预决算信息5条，工作报告1条，其他信息5条。",
    "主动公开信息47条，其中部门文件22件，通知公告16条，人事任免5条，预决算2条，计划1条，总结1条。",
    "主动公开信息217条。目前公开的渠道包括网站和公众号等，其中，门户网站125条，公众号92条。",
    "收办申请36件，其中，自然人申请34件，法人申请2件；予以公开11件、部分公开3件、不予公开22件。",
    "办理申请12件（县本级3件、甲镇5件、乙镇4件），均已办结。",
    "对5件申请收取了信息处理费2950元。其中，甲局1件，收取420元；乙局2件，收取290元；丙局2件，收取2240元。",
    "办结11件，其中予以公开7件、无法提供4件；结转下年度继续办理2件。",
]
NOT_COMPLETE = [
    "主动公开信息63条，其中民生类信息20条，财政类信息11条。",
    "主动公开信息63条，主要包括民生类信息20条、财政类信息42条。",
    "主动公开信息63条，其中民生类信息20条、财政类信息42条等。",
    "发布信息100条，其中网站80条，公众号60条。",
    "发布信息100余条，其中网站80条，公众号30条。",
    "办结3件，其中予以公开2件；结转下年度继续办理2件。",
    "召开会议3次。印发文件30件，其中规范性文件2件。",
]
WRONG = [
    ("主动公开信息63条，其中，机构类信息16条，动态类信息36条，预决算信息5条，工作报告2条，其他信息5条。", 63, 64),
    ("主动公开信息217条，其中，门户网站126条，公众号92条。", 217, 218),
    ("办理申请12件（县本级3件、甲镇5件、乙镇5件），均已办结。", 12, 13),
    ("收办申请36件，其中，自然人申请34件，法人申请2件；予以公开11件、部分公开3件、不予公开23件。", 36, 37),
    ("对5件申请收取处理费2950元。其中，甲局1件，收取420元；乙局2件，收取290元；丙局2件，收取2250元。", 2950, 2960),
]


def _with(text: str) -> Report:
    made = report()
    section(made, 1, text)
    return made


@pytest.mark.parametrize("text", ADDING_UP + NOT_COMPLETE)
def test_no_hit_where_parts_add_up_or_are_not_all(text: str) -> None:
    assert "GK1201" not in codes(_with(text))


@pytest.mark.parametrize(("text", "reported", "computed"), WRONG)
def test_both_numbers_are_told(text: str, reported: int, computed: int) -> None:
    found = only(_with(text), "GK1201")
    assert (found.reported, found.computed) == (reported, computed)
    assert str(reported) in found.message
    assert str(computed) in found.message


@given(st.lists(st.integers(0, 500), min_size=2, max_size=6), st.integers(-30, 30))
@settings(deadline=None)
def test_a_list_that_ends_with_others_is_always_held_to_its_total(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    if total < max(parts):
        return
    listed = "、".join(f"第{'甲乙丙丁戊己'[n]}类{part}条" for n, part in enumerate(parts[:-1]))
    text = f"公开信息{total}条，其中{listed}、其他{parts[-1]}条。"
    assert ("GK1201" in codes(_with(text))) == (off != 0)
