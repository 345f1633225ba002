"""Time limits of reconsideration and suits: examples counted on paper, and laws that hold for every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.deadlines import (
    answer_due,
    appeal_due,
    decision_due,
    rehandling_due,
    remedy_until,
    suit_until,
)
from gongkai.core.deadlines.disputes import REVISED, months_after
from gongkai.core.law.answer_kinds import ANSWERS
from gongkai.core.law.remedies import NO_REPLY, RemedySettings
from gongkai.core.workdays import ArrangedDay, shipped

CALENDAR = shipped()
DAYS = st.dates(date(2019, 1, 1), date(2026, 6, 30))
STAGES = st.sampled_from(["reconsideration", "first", "second", "retrial"])
SUITS = st.sampled_from(["first", "second", "retrial"])
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


def day(text: str) -> date:
    return date.fromisoformat(text)


def words(deadline):
    return " ".join(step.what for step in deadline.steps)


def sources(deadline):
    return " ".join(step.source for step in deadline.steps)


@pytest.mark.parametrize(("stage", "received", "simple", "due"), [
    ("reconsideration", "2026-03-02", False, "2026-03-16"),
    ("reconsideration", "2026-03-02", True, "2026-03-09"),
    ("reconsideration", "2026-04-01", False, "2026-04-16"),  # 6 April is 清明
    ("reconsideration", "2026-09-24", False, "2026-10-15"),  # 中秋, 国庆; 20 September and 10 October are worked
    ("reconsideration", "2023-12-29", False, "2024-01-08"),  # ten calendar days under the old law
    ("reconsideration", "2023-12-21", False, "2024-01-02"),  # the tenth day is a Sunday before New Year
    ("reconsideration", "2024-01-01", False, "2024-01-15"),
    ("first", "2026-03-02", False, "2026-03-17"),
    ("first", "2026-09-18", False, "2026-10-08"),  # the fifteenth day lies in 国庆
    ("first", "2026-09-25", False, "2026-10-10"),  # a Saturday that is worked
    ("second", "2026-03-07", True, "2026-03-23"),
    ("retrial", "2026-03-07", False, "2026-03-23"),
])
def test_answers_counted_on_paper(stage, received, simple, due):
    deadline = answer_due(stage, day(received), simple, CALENDAR)
    assert (deadline.due_on, deadline.status) == (day(due), "settled")


@pytest.mark.parametrize(("stage", "article"), [
    ("reconsideration", "《行政复议法》第四十八条"), ("first", "《行政诉讼法》第六十七条"),
    ("second", "第一百零八条"), ("retrial", "第一百一十一条"),
])
def test_every_answer_names_its_article(stage, article):
    assert article in sources(answer_due(stage, day("2026-03-02"), False, CALENDAR))
    assert all(step.what for step in answer_due(stage, day("2026-03-02"), False, CALENDAR).steps)


def test_the_simple_procedure_and_the_old_law_name_theirs():
    assert "第五十四条" in sources(answer_due("reconsideration", day("2026-03-02"), True, CALENDAR))
    assert "2017年修正" in sources(answer_due("reconsideration", day("2023-06-01"), False, CALENDAR))
    assert "顺延" in words(answer_due("first", day("2026-09-18"), False, CALENDAR))


@pytest.mark.parametrize(("stage", "accepted", "simple", "due"), [
    ("reconsideration", "2026-03-30", False, "2026-05-29"), ("reconsideration", "2026-03-30", True, "2026-04-29"),
    ("reconsideration", "2023-06-01", True, "2023-07-31"),  # before 2024 there was no simple procedure
    ("first", "2026-01-31", False, "2026-07-31"), ("first", "2025-08-31", False, "2026-02-28"),
    ("first", "2026-03-02", True, "2026-04-16"), ("second", "2026-03-02", False, "2026-06-02"),
])
def test_decisions_counted_on_paper(stage, accepted, simple, due):
    assert decision_due(stage, day(accepted), simple, CALENDAR).due_on == day(due)


def test_what_cannot_be_counted_says_why():
    unknown = decision_due("first", None, False, CALENDAR)
    assert (unknown.due_on, unknown.status) == (None, "provisional")
    assert "没有登记" in words(unknown)
    retrial = decision_due("retrial", day("2026-03-02"), False, CALENDAR)
    assert (retrial.due_on, retrial.status) == (None, "provisional")
    for stage in ("third", ""):
        with pytest.raises(KeyError):
            answer_due(stage, day("2026-03-02"), False, CALENDAR)
        with pytest.raises(KeyError):
            decision_due(stage, day("2026-03-02"), False, CALENDAR)
    with pytest.raises(ValueError, match="at least one day"):
        rehandling_due(day("2026-03-02"), 0, True, CALENDAR)


def test_appeals_and_duties_counted_on_paper():
    assert appeal_due(day("2026-03-02"), CALENDAR).due_on == day("2026-03-17")
    assert appeal_due(day("2026-03-02"), CALENDAR, ruling=True).due_on == day("2026-03-12")
    assert suit_until(day("2026-03-02"), CALENDAR).due_on == day("2026-03-17")
    assert rehandling_due(day("2026-03-02"), 20, True, CALENDAR).due_on == day("2026-03-30")
    assert rehandling_due(day("2026-03-02"), 60, False, CALENDAR).due_on == day("2026-05-06"), "劳动节 lasts to the 5th"
    assert "没有写明" in words(rehandling_due(day("2026-03-02"), 20, True, CALENDAR, named=False))


@pytest.mark.parametrize(("kind", "first", "apply", "sue"), [
    ("refused_secret", True, "2026-05-06", None),
    ("granted", False, "2026-05-06", "2026-09-02"),
    (NO_REPLY, True, "2026-05-06", None),
])
def test_remedies_of_an_answer(kind, first, apply, sue):
    assert kind == NO_REPLY or kind in ANSWERS
    found = remedy_until(kind, day("2026-03-02"), CALENDAR)
    assert (found.first, found.reconsideration.due_on) == (first, day(apply))
    assert found.suit.due_on == (day(sue) if sue else None)
    if first:
        assert "第二十三条" in sources(found.suit)


def test_remedies_follow_the_law_of_the_day_and_the_settings():
    old = remedy_until("refused_secret", day("2023-12-29"), CALENDAR)
    assert not old.first
    assert old.suit.due_on == day("2024-07-01"), "29 June is a Saturday"
    assert "2017年修正" in sources(old.reconsideration)
    late = remedy_until("refused_secret", day("2024-01-03"), CALENDAR, decided_on=day("2023-12-29"))
    assert not late.first, "the day of the decision decides, not that of service"
    never = RemedySettings(reconsideration_first=frozenset(), apply_days=90)
    other = remedy_until("refused_secret", day("2026-03-02"), CALENDAR, never)
    assert (other.first, other.reconsideration.due_on) == (False, day("2026-06-01"))
    none = next(key for key, kind in ANSWERS.items() if kind.remedy == "none")
    assert remedy_until(none, day("2026-03-02"), CALENDAR).reconsideration is None
    with pytest.raises(KeyError):
        remedy_until("no such answer", day("2026-03-02"), CALENDAR)


def test_an_unknown_day_of_service_makes_it_provisional():
    supposed = remedy_until("granted", day("2026-03-02"), CALENDAR, settled=False)
    known = remedy_until("granted", day("2026-03-02"), CALENDAR)
    for one, other in ((supposed.reconsideration, known.reconsideration), (supposed.suit, known.suit)):
        assert (one.due_on, one.status, other.status) == (other.due_on, "provisional", "settled")
        assert "没有登记签收日期" in one.steps[0].what


def test_years_to_come_are_provisional_where_the_calendar_is_asked():
    end = CALENDAR.known_through
    ahead = answer_due("first", end + timedelta(days=60), False, CALENDAR)
    assert ahead.status == "provisional"
    assert "尚未导入" in words(ahead)
    assert answer_due("first", end - timedelta(days=30), False, CALENDAR).status == "settled"
    assert answer_due("reconsideration", end - timedelta(days=6), False, CALENDAR).status == "provisional"


@PATIENT
@given(DAYS, STAGES, st.booleans(), st.integers(0, 20))
def test_later_receipt_is_never_due_earlier_under_one_law(received, stage, simple, more):
    later = received + timedelta(days=more)
    if stage != "reconsideration" or (received < REVISED) == (later < REVISED):
        assert answer_due(stage, received, simple, CALENDAR).due_on <= answer_due(stage, later, simple, CALENDAR).due_on


@PATIENT
@given(DAYS, STAGES, st.booleans(), st.sets(st.integers(-3, 40), min_size=1, max_size=6))
def test_a_holiday_more_never_shortens(received, stage, simple, days):
    free = [ArrangedDay(received + timedelta(days=n), False, "临时放假", "某通知") for n in sorted(days)]
    other = CALENDAR.with_days(free)
    for before, after in (
        (answer_due(stage, received, simple, CALENDAR), answer_due(stage, received, simple, other)),
        (rehandling_due(received, 15, True, CALENDAR), rehandling_due(received, 15, True, other)),
        (rehandling_due(received, 15, False, CALENDAR), rehandling_due(received, 15, False, other)),
    ):
        assert after.due_on >= before.due_on


@PATIENT
@given(DAYS, SUITS, st.sets(st.integers(0, 14), max_size=8))
def test_calendar_days_ask_the_calendar_for_their_last_day_alone(received, stage, days):
    """Holidays before the fifteenth day change nothing."""
    free = [ArrangedDay(received + timedelta(days=n), False, "临时放假", "某通知") for n in sorted(days)]
    plain, holidays = (answer_due(stage, received, False, c) for c in (CALENDAR, CALENDAR.with_days(free)))
    assert plain == holidays


@PATIENT
@given(DAYS, STAGES, st.booleans())
def test_every_due_day_is_worked_and_the_last_step_names_it(received, stage, simple):
    deadline = answer_due(stage, received, simple, CALENDAR)
    assert CALENDAR.is_workday(deadline.due_on)
    assert any(step.on == deadline.due_on and "以前" in step.what for step in deadline.steps)
    assert deadline.steps[0].on == received
    last = received + timedelta(days=15 if stage != "reconsideration" else 10)
    if stage != "reconsideration" or received < REVISED:
        assert deadline.due_on >= last
        assert all(not CALENDAR.is_workday(last + timedelta(days=n)) for n in range((deadline.due_on - last).days))


@PATIENT
@given(st.dates(date(2024, 1, 1), date(2026, 6, 30)))
def test_working_days_are_walked_one_by_one(received):
    on, left = received, 10
    while left:
        on += timedelta(days=1)
        left -= CALENDAR.is_workday(on)
    assert answer_due("reconsideration", received, False, CALENDAR).due_on == on


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 40))
def test_months_end_on_the_same_day_or_the_months_last(start, months):
    end = months_after(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or ((end + timedelta(days=1)).day == 1 and end.day < start.day)
