"""Time limits in words: what offices write, and what must never be taken for a limit."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.catalogue.limits import (
    LONGEST,
    LimitKind,
    is_at_once,
    mode_of,
    parse_limits,
    period_of,
    shortest_days,
)

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy

DAYS, NOW, PROMPT, UNCLEAR = LimitKind.WORKING_DAYS, LimitKind.AT_ONCE, LimitKind.PROMPT, LimitKind.UNSPECIFIED
UNDERSTOOD = [
    ("20工作日", [(DAYS, 20, "", "")]),
    ("信息形成20个工作日内公开", [(DAYS, 20, "", "信息形成")]),
    ("信息形成或者变更之日起20个工作日内", [(DAYS, 20, "", "信息形成或者变更")]),
    (
        "自信息形成或者变更之日起，二十个工作日内公开，法律、法规另有规定的，从其规定",
        [(DAYS, 20, "", "信息形成或者变更")],
    ),
    (
        "信息形成或变更之日起20个工作日内公开;其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示",
        [(DAYS, 20, "", "信息形成或变更"), (DAYS, 7, "行政许可、行政处罚事项", "作出行政决定")],
    ),
    ("实时公开", [(NOW, None, "", "")]),
    ("及时公开", [(PROMPT, None, "", "")]),
    ("及时公开，最长不超过２０个工作日", [(PROMPT, None, "", ""), (DAYS, 20, "", "")]),
    ("预案20个工作日内公开；预警信息实时公开", [(DAYS, 20, "", ""), (NOW, None, "", "")]),
    ("公示期满后20个工作日内", [(DAYS, 20, "", "")]),
    ("1.信息形成20个工作日内\n2.行政处罚7个工作日内", [(DAYS, 20, "", "信息形成"), (DAYS, 7, "", "")]),
    ("自信息形成之日起20个\n工作日内公开", [(DAYS, 20, "", "信息形成")]),
    ("20个工作日内（法律法规另有规定的除外）", [(DAYS, 20, "", "")]), ("20（个）工作日", [(DAYS, 20, "", "")]),
    (
        "自征收决定作出之日起10个工作日内公开，公示期限不少于30日",
        [(DAYS, 10, "", "征收决定作出"), (UNCLEAR, None, "", "")],
    ),
    ("2024年度预算批准后，20个工作日内", [(DAYS, 20, "", "")]), ("两个工作日内", [(DAYS, 2, "", "")]),
    ("①及时公开②20个工作日内", [(PROMPT, None, "", ""), (DAYS, 20, "", "")]),
]
NOT_LIMITS = [
    "20日内", "20天内公开", "一个月内", "24小时内", "24小时内及时公开", "公示期不少于5个工作日", "公示5个工作日",
    "公示时间为7个工作日", "听证会召开前10个工作日", "提前5个工作日公告", "7-20个工作日", "7至20个工作日",
    "7～20个工作日", "7、20个工作日", "7，20个工作日", "15个工作日至20个工作日", "第20个工作日", "20个工作日后",
    "20个工作日以上", "每20个工作日", "1.5个工作日", "0个工作日", "900个工作日", "超过20个工作日",
    "自收到之日起20个工作日（特殊情况30个工作日）内公开", "非实时公开", "不能及时公开的", "适时公开", "长期公开",
    "每季度公开", "按年度公开", "7 20个工作日", "20个工作日左右", "5个工作日前公开", "五六个工作日", "约20个工作日",
    "按规定时限", "/",
]


def told(text: str) -> list[tuple[object, ...]]:
    return [(limit.kind, limit.days, limit.of_what, limit.start) for limit in parse_limits(text)]


@pytest.mark.parametrize(("text", "limits"), UNDERSTOOD)
def test_what_offices_write_is_understood(text: str, limits: list[tuple[object, ...]]) -> None:
    assert told(text) == limits


@pytest.mark.parametrize("text", NOT_LIMITS)
def test_what_is_no_limit_keeps_its_words_and_gets_no_days(text: str) -> None:
    limits = parse_limits(text)
    assert [limit.kind for limit in limits] == [UNCLEAR]
    assert limits[0].text
    assert shortest_days(limits) is None
    assert not is_at_once(limits)


def test_an_empty_cell_holds_no_limit() -> None:
    assert parse_limits("") == parse_limits(" \n；") == ()


@PATIENT
@given(st.integers(1, LONGEST), st.sampled_from(["", "个"]),
       st.sampled_from(["", "内", "之内", "内公开", "内向社会公布"]),
       st.sampled_from(["", "信息形成之日起", "自信息形成或者变更之日起，", "最迟", "在事项办结后"]))
def test_every_number_of_working_days_is_read_as_itself(days: int, of: str, after: str, before: str) -> None:
    limits = parse_limits(f"{before}{days}{of}工作日{after}")
    assert [(limit.kind, limit.days) for limit in limits] == [(DAYS, days)]


@PATIENT
@given(st.integers(1, LONGEST), st.integers(1, LONGEST))
def test_of_two_limits_the_shorter_counts(one: int, other: int) -> None:
    limits = parse_limits(f"信息形成{one}个工作日内；其中行政处罚事项{other}个工作日内")
    assert shortest_days(limits) == min(one, other)
    assert [limit.of_what for limit in limits] == ["", "行政处罚事项"]


PIECES = st.lists(st.sampled_from([
    "20", "7", "工作日", "个工作日", "内", "公开", "公示", "期", "不少于", "超过", "至", "-", "；", "，", "其中",
    "及时", "实时", "非", "前", "自", "之日起", "①", "1.", "\n", " ", "日", "每季度", "十", "第",
]), max_size=14)


@PATIENT
@given(PIECES)
def test_nothing_is_read_that_does_not_stand_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    for limit in parse_limits(text):
        assert limit.text
        if limit.days is not None:
            assert limit.kind is DAYS
            assert re.search(rf"(?<!\d){limit.days}(?!\d)", text) or (limit.days == 10 and "十" in text)


@PATIENT
@given(st.text(max_size=60))
def test_any_text_at_all_is_read_without_fail(text: str) -> None:
    for limit in parse_limits(text):
        assert (limit.days is not None) == (limit.kind is DAYS)


@pytest.mark.parametrize(("text", "period", "mode"), [
    ("每季度公开", "quarter", "periodic"), ("按季度", "quarter", "periodic"), ("每年1月31日前", "year", "periodic"),
    ("按年度公开", "year", "periodic"), ("每半年一次", "half_year", "periodic"), ("每月10日前", "month", "periodic"),
    ("每月更新，每年汇总", "", "irregular"), ("长期公开", "", "permanent"), ("20个工作日", "", "irregular"),
    ("2024年度预算批准后", "", "irregular"), ("每个月", "month", "periodic"),
])
def test_periods_in_words(text: str, period: str, mode: str) -> None:
    assert (period_of(text), mode_of(text)) == (period, mode)
