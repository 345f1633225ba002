"""Counting and adding against a walk from day to day, over known and unknown years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.workdays import ArrangedDay, Calendar, shipped

DAYS = st.dates(date(2017, 6, 1), date(2028, 6, 30))
DAY = timedelta(days=1)


def walk(calendar: Calendar, start: date, n: int, step: timedelta = DAY) -> date:
    day = start
    while n:
        day += step
        n -= calendar.is_workday(day)
    return day


@given(DAYS, st.integers(0, 130))
def test_adding_and_subtracting_are_walks(start: date, n: int) -> None:
    calendar = shipped()
    assert calendar.add(start, n) == walk(calendar, start, n)
    assert calendar.subtract(start, n) == walk(calendar, start, n, -DAY)


@given(DAYS, st.integers(0, 400))
def test_counting_is_a_walk_and_adding_undoes_it(after: date, length: int) -> None:
    calendar, through = shipped(), after + timedelta(days=length)
    counted = sum(calendar.is_workday(after + timedelta(days=n)) for n in range(1, length + 1))
    assert calendar.count(after, through) == counted == -calendar.count(through, after)
    if counted:
        assert calendar.add(after, counted) <= through
        assert calendar.count(after, calendar.add(after, counted)) == counted


@given(DAYS, st.integers(0, 400))
def test_special_days_are_those_that_differ_from_monday_to_friday(after: date, length: int) -> None:
    calendar, through = shipped(), after + timedelta(days=length)
    expected = [
        day for day in (after + timedelta(days=n) for n in range(1, length + 1))
        if calendar.is_workday(day) != (day.weekday() < 5)
    ]
    notes = calendar.special(after, through)
    assert [note.day for note in notes] == expected
    assert all(note.source and note.workday == calendar.is_workday(note.day) for note in notes)


@given(DAYS, st.integers(0, 60), st.lists(DAYS, max_size=20))
@settings(max_examples=200)
def test_a_day_off_more_never_shortens_and_never_moves_what_lies_before(
    start: date, n: int, closed: list[date],
) -> None:
    plain = shipped()
    more = plain.with_days([ArrangedDay(day, False, "停工", "通知") for day in closed])
    assert more.add(start, n) >= plain.add(start, n)
    assert more.add(start, n) == walk(more, start, n)
    if not any(start < day <= plain.add(start, n) for day in closed):
        assert more.add(start, n) == plain.add(start, n)
    assert plain.add(start, n) == walk(plain, start, n), "the first calendar is as it was"


def test_counting_backwards_is_asked_for_by_its_name() -> None:
    with pytest.raises(ValueError, match="subtract"):
        shipped().add(date(2026, 1, 5), -1)
    with pytest.raises(ValueError, match="add"):
        shipped().subtract(date(2026, 1, 5), -1)
