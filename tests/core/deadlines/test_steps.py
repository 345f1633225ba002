"""The explanation: complete enough that a person with a paper calendar comes to the same day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.deadlines import (
    CHANNEL_NAMES,
    Channel,
    Facts,
    Pause,
    PauseKind,
    confirm_due,
    consultation_due,
    correction_notice_due,
    needs_confirmation,
    payment_due,
    received_on,
    reply_due,
    urgency,
)
from gongkai.core.law.articles import cite
from gongkai.core.workdays import shipped

CALENDAR = shipped()
DAYS = st.dates(date(2019, 1, 1), date(2026, 11, 30))


def said(due: object) -> str:
    return "\n".join(step.what for step in due.steps)  # type: ignore[attr-defined]


@given(DAYS, st.integers(0, 20))
def test_the_steps_alone_give_the_date_by_hand(start: date, extended: int) -> None:
    """Monday to Friday from the first working day, less what the steps leave out, plus what they count in."""
    due = reply_due(Facts(start, Channel.POST, extended=extended), CALENDAR)
    off = sum(int(n) for n in re.findall(r"周一至周五有 (\d+) 天不计入", said(due)))
    on = said(due).count("调休上班，计入")
    weekdays = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, (due.due_on - start).days + 1))
    assert weekdays - off + on == 20 + extended
    first = next(step for step in due.steps if "第 1 个工作日" in step.what)
    assert first.on == CALENDAR.add(start, 1)
    last = next(step for step in due.steps if f"第 {20 + extended} 个工作日" in step.what)
    assert (last.on, last.article) == (due.due_on, "33")


@given(DAYS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), max_size=4))
def test_every_step_names_its_article_or_its_notice(start: date, spans: list[tuple[int, int]]) -> None:
    pauses = tuple(
        Pause(start + timedelta(days=a), start + timedelta(days=a + n), kind)
        for (a, n), kind in zip(spans, [*PauseKind, PauseKind.THIRD_PARTY], strict=False)
    )
    due = reply_due(Facts(start, confirmed=start, pauses=pauses, extended=20), CALENDAR)
    for step in due.steps:
        assert step.article or step.source or "导入" in step.what or "现行条例" in step.what
        if step.article:
            assert cite(step.article)
    consulted = [step.article for step in due.steps if "发出次日起暂停" in step.what]
    assert set(consulted) <= {"32", "33", "34"}


def test_the_spring_festival_is_told_with_its_notice_and_its_make_up_days() -> None:
    due = reply_due(Facts(date(2026, 1, 30), Channel.POST), CALENDAR)
    notice = "国办发明电〔2025〕7号"
    told = [(step.on, step.source) for step in due.steps if step.source]
    assert told == [(date(2026, 2, 14), notice), (date(2026, 2, 16), notice), (date(2026, 2, 28), notice)]
    assert "2026年2月16日（周一）至2026年2月23日（周一）春节放假，周一至周五有 6 天不计入" in said(due)


@pytest.mark.parametrize("channel", Channel)
def test_the_day_of_receipt_by_channel(channel: Channel) -> None:
    arrived, confirmed = date(2026, 3, 2), date(2026, 3, 5)
    unconfirmed = reply_due(Facts(arrived, channel), CALENDAR)
    if needs_confirmation(channel):
        assert channel in {Channel.ONLINE, Channel.LETTER, Channel.FAX, Channel.EMAIL}
        assert received_on(Facts(arrived, channel)) is None
        assert (unconfirmed.due_on, unconfirmed.status) == (None, "provisional")
        assert "尚未与申请人确认" in said(unconfirmed)
        assert received_on(Facts(arrived, channel, confirmed)) == confirmed
        due = reply_due(Facts(arrived, channel, confirmed), CALENDAR)
        assert due.due_on == CALENDAR.add(confirmed, 20)
        assert CHANNEL_NAMES[channel] in said(due)
    else:
        assert channel in {Channel.IN_PERSON, Channel.POST}
        assert received_on(Facts(arrived, channel, confirmed)) == arrived
        assert unconfirmed.due_on == CALENDAR.add(arrived, 20)
    assert unconfirmed.steps[0].article == "31"


@pytest.mark.parametrize(("facts", "what", "article", "on"), [
    (Facts(date(2026, 3, 2), Channel.POST, correction_asked=date(2026, 3, 5), correction_due=date(2026, 3, 20)),
     "等待申请人补正", "30", date(2026, 3, 20)),
    (Facts(date(2026, 3, 2), Channel.POST, fee_noticed=date(2026, 3, 5), fee_due=date(2026, 4, 1)),
     "等待申请人缴费", "42.2", date(2026, 4, 1)),
])
def test_a_clock_that_waits_says_for_what(facts: Facts, what: str, article: str, on: date) -> None:
    due = reply_due(facts, CALENDAR)
    assert due.due_on is None
    assert due.status == "provisional"
    last = due.steps[-1]
    assert (last.article, last.on) == (article, on)
    assert what in last.what
    assert urgency(due, date(2030, 1, 1), CALENDAR) == ("stopped", 0)


def test_overlapping_consultations_are_said_to_count_once() -> None:
    pauses = (
        Pause(date(2026, 3, 4), date(2026, 3, 12)), Pause(date(2026, 3, 10), date(2026, 3, 16), PauseKind.OTHER_ORGAN),
    )
    due = reply_due(Facts(date(2026, 3, 2), Channel.POST, pauses=pauses), CALENDAR)
    assert "征求意见期间的 8 个工作日不计算在期限内，重叠的日子只计一次" in said(due)
    assert due.due_on == CALENDAR.add(date(2026, 3, 2), 28)


def test_consultations_that_move_nothing_say_why() -> None:
    start = date(2026, 3, 2)
    pauses = (Pause(date(2026, 3, 3), date(2026, 3, 4)), Pause(date(2026, 7, 1), date(2026, 7, 2)))
    due = reply_due(Facts(start, Channel.POST, corrected=date(2026, 3, 9), pauses=pauses), CALENDAR)
    assert due.due_on == CALENDAR.add(date(2026, 3, 9), 20)
    assert "在起算之前结束" in said(due)
    assert "发出时期限已到" in said(due)


@pytest.mark.parametrize(("served", "what"), [
    (date(2026, 3, 30), "在期限之内"), (date(2026, 3, 20), "在期限之内"), (date(2026, 4, 1), "超过期限 2 个工作日"),
])
def test_posting_on_the_last_day_is_in_time(served: date, what: str) -> None:
    due = reply_due(Facts(date(2026, 3, 2), Channel.POST, served=served), CALENDAR)
    assert due.due_on == date(2026, 3, 30)
    assert what in due.steps[-1].what


def test_what_silence_means_differs() -> None:
    sent = date(2026, 3, 2)
    third, maker, organ = (consultation_due(sent, kind, CALENDAR) for kind in PauseKind)
    assert "不视为同意" in third.steps[-1].what
    assert "视为同意公开" in maker.steps[-1].what
    assert "条例没有规定" in organ.steps[-1].what
    assert (third.steps[-1].article, maker.steps[-1].article) == ("32", "34")


@pytest.mark.parametrize(("channel", "arrived", "due"), [
    (Channel.LETTER, date(2026, 3, 2), date(2026, 3, 2)), (Channel.LETTER, date(2026, 3, 7), date(2026, 3, 9)),
    (Channel.ONLINE, date(2026, 3, 6), date(2026, 3, 9)), (Channel.FAX, date(2026, 2, 13), date(2026, 2, 14)),
    (Channel.POST, date(2026, 3, 2), None), (Channel.IN_PERSON, date(2026, 3, 2), None),
])
def test_when_receipt_is_to_be_confirmed(channel: Channel, arrived: date, due: date | None) -> None:
    told = confirm_due(Facts(arrived, channel), CALENDAR)
    assert told.due_on == due
    assert all(step.article == "31" for step in told.steps)


def test_the_other_limits_are_provisional_beyond_the_known_days_too() -> None:
    late = date(2026, 12, 28)
    for due in (
        correction_notice_due(Facts(late, Channel.POST), CALENDAR), payment_due(late, CALENDAR),
        consultation_due(late, PauseKind.CO_MAKER, CALENDAR),
    ):
        assert due.status == "provisional"
        assert "尚未导入" in due.steps[-1].what
    assert correction_notice_due(Facts(late, Channel.LETTER), CALENDAR).due_on is None


def test_applications_before_the_present_regulations_are_pointed_out() -> None:
    assert "现行条例自2019年5月15日" in said(reply_due(Facts(date(2019, 5, 14), Channel.POST), CALENDAR))
    assert "现行条例" not in said(reply_due(Facts(date(2019, 5, 15), Channel.POST), CALENDAR))


@pytest.mark.parametrize(("today", "expected"), [
    (date(2026, 3, 2), ("fine", 20)), (date(2026, 3, 24), ("fine", 4)), (date(2026, 3, 25), ("soon", 3)),
    (date(2026, 3, 28), ("soon", 1)), (date(2026, 3, 30), ("due_today", 0)), (date(2026, 3, 31), ("overdue", -1)),
    (date(2026, 4, 6), ("overdue", -4)),
])
def test_urgency_counts_working_days(today: date, expected: tuple[str, int]) -> None:
    due = reply_due(Facts(date(2026, 3, 2), Channel.POST), CALENDAR)
    assert due.due_on == date(2026, 3, 30)
    assert urgency(due, today, CALENDAR) == urgency(due.due_on, today, CALENDAR) == expected


def test_json_is_plain() -> None:
    told = reply_due(Facts(date(2026, 3, 2), Channel.POST, extended=20), CALENDAR).as_json()
    assert set(told) == {"due_on", "status", "steps"}
    assert told["due_on"] == "2026-04-28"
    assert all(set(step) == {"on", "what", "article", "source"} for step in told["steps"])
    assert all(step["on"] is None or date.fromisoformat(step["on"]) for step in told["steps"])
