"""Fresh, soon, stale, empty: by mode, period and the last publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.catalogue.freshness import (
    NEWS_DAYS,
    FreshnessRule,
    State,
    add_months,
    freshness,
    next_period,
)

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
RULES = st.builds(
    FreshnessRule, st.sampled_from(["permanent", "periodic", "irregular"]),
    st.sampled_from(["", "month", "quarter", "half_year", "year"]), st.none() | st.integers(1, 400),
    st.none() | st.integers(1, 40), st.integers(1, 24), st.integers(1, 24), st.integers(0, 30),
)

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
ORDER = [State.FRESH, State.SOON, State.STALE]


@pytest.mark.parametrize(("rule", "last", "due"), [
    (FreshnessRule("permanent"), "2026-02-28", "2027-02-28"),
    (FreshnessRule("permanent", review_months=6), "2026-08-31", "2027-02-28"),
    (FreshnessRule("periodic", "month"), "2026-05-08", "2026-06-30"),
    (FreshnessRule("periodic", "month", due_day=10), "2026-05-31", "2026-06-10"),
    (FreshnessRule("periodic", "month", due_day=31), "2026-01-10", "2026-02-28"),
    (FreshnessRule("periodic", "quarter"), "2026-11-01", "2027-03-31"),
    (FreshnessRule("periodic", "half_year"), "2026-06-30", "2026-12-31"),
    (FreshnessRule("periodic", "year"), "2024-02-29", "2025-12-31"),
    (FreshnessRule("irregular"), "2026-05-31", "2026-11-30"),
    (FreshnessRule("irregular", fresh_days=NEWS_DAYS), "2026-11-07", "2026-11-21"),
])
def test_the_day_by_which_it_is_due(rule: FreshnessRule, last: str, due: str) -> None:
    assert freshness(rule, date.fromisoformat(last), date.fromisoformat(last)).due_on == date.fromisoformat(due)


def test_the_states_in_their_order() -> None:
    rule, last = FreshnessRule("irregular", fresh_days=14, soon_days=3), date(2026, 11, 1)
    states = [freshness(rule, last, last + timedelta(days=n)).state for n in (0, 10, 11, 14, 15)]
    assert states == [State.FRESH, State.FRESH, State.SOON, State.SOON, State.STALE]
    assert "超过 1 天" in freshness(rule, last, date(2026, 11, 16)).why
    empty = freshness(rule, None, last)
    assert (empty.state, empty.due_on) == (State.EMPTY, None)


@PATIENT
@given(RULES, DAYS, st.integers(0, 900))
def test_it_is_stale_exactly_after_its_day_and_never_gets_better_by_waiting(
    rule: FreshnessRule, last: date, wait: int,
) -> None:
    on = last + timedelta(days=wait)
    now, next_day = freshness(rule, last, on), freshness(rule, last, on + timedelta(days=1))
    assert now.due_on is not None
    assert now.due_on == next_day.due_on > last
    assert (now.state is State.STALE) == (on > now.due_on)
    assert ORDER.index(now.state) <= ORDER.index(next_day.state)


@PATIENT
@given(RULES, DAYS, st.integers(0, 400))
def test_publishing_later_is_never_due_earlier(rule: FreshnessRule, last: date, later: int) -> None:
    one, other = freshness(rule, last, last), freshness(rule, last + timedelta(days=later), last)
    assert one.due_on is not None
    assert other.due_on is not None
    assert one.due_on <= other.due_on


@PATIENT
@given(DAYS, st.integers(0, 48))
def test_months_are_counted_as_on_a_wall_calendar(day: date, months: int) -> None:
    reached = add_months(day, months)
    assert (reached.year * 12 + reached.month) - (day.year * 12 + day.month) == months
    assert reached.day == day.day or (reached + timedelta(days=1)).day == 1


@PATIENT
@given(DAYS, st.sampled_from(["month", "quarter", "half_year", "year"]))
def test_the_next_period_begins_on_a_first_after_the_day(day: date, period: str) -> None:
    first = next_period(day, period)
    assert first > day
    assert first.day == 1
    assert next_period(first - timedelta(days=1), period) == first


@pytest.mark.parametrize("rule", [
    FreshnessRule("weekly"), FreshnessRule("periodic", "week"), FreshnessRule("irregular", fresh_days=0),
    FreshnessRule("periodic", "month", due_day=0),
])
def test_a_rule_that_does_not_exist_is_an_error(rule: FreshnessRule) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        freshness(rule, date(2026, 1, 1), date(2026, 1, 1))
