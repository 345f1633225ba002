"""By when information must be out: examples, and the laws of limits that run side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.deadlines import naive

from gongkai.core.catalogue.limits import Limit, LimitKind, parse_limits
from gongkai.core.deadlines import OtherLaw, PublishFacts, publish_due
from gongkai.core.workdays import ArrangedDay, shipped

CALENDAR = shipped()
DAYS = st.dates(date(2019, 1, 1), date(2026, 10, 31))
LIMITS = st.lists(st.one_of(
    st.builds(Limit, st.just(LimitKind.WORKING_DAYS), st.integers(1, 40)),
    st.just(Limit(LimitKind.AT_ONCE)), st.just(Limit(LimitKind.PROMPT, text="及时公开")),
    st.just(Limit(LimitKind.UNSPECIFIED, text="每季度")),
), max_size=4).map(tuple)
FACTS = st.builds(
    lambda formed, change, sign, limits, own, other: PublishFacts(
        formed, None if change is None else formed + timedelta(days=change),
        None if sign is None else formed + timedelta(days=sign), limits, own,
        None if other is None else OtherLaw(other, "另一部法规"),
    ),
    DAYS, st.none() | st.integers(-5, 40), st.none() | st.integers(-5, 10), LIMITS, st.none() | st.integers(1, 10),
    st.none() | st.integers(1, 60),
)

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
DOUBLE = parse_limits("信息形成之日起20个工作日内公开；其中行政处罚事项自作出行政决定之日起7个工作日内公示")


@pytest.mark.parametrize(("facts", "due"), [
    (PublishFacts(date(2026, 9, 18)), "2026-10-22"),
    (PublishFacts(date(2026, 9, 18), changed_on=date(2026, 10, 20)), "2026-11-17"),
    (PublishFacts(date(2026, 9, 25), signed_on=date(2026, 9, 25), own_days_after_signing=3), "2026-09-30"),
    (PublishFacts(date(2026, 9, 25), signed_on=None, own_days_after_signing=3), "2026-10-29"),
    (PublishFacts(date(2026, 9, 25), limits=DOUBLE), "2026-10-12"),
    (PublishFacts(date(2026, 10, 3), limits=parse_limits("实时公开")), "2026-10-03"),
    (PublishFacts(date(2026, 9, 18), limits=parse_limits("及时公开")), "2026-10-22"),
    (PublishFacts(date(2026, 9, 18), other_law=OtherLaw(30, "某法")), "2026-11-05"),
])
def test_examples_counted_on_paper(facts: PublishFacts, due: str) -> None:
    deadline = publish_due(facts, CALENDAR)
    assert (deadline.due_on, deadline.status) == (date.fromisoformat(due), "settled")


@given(FACTS)
@settings(PATIENT, max_examples=500)
def test_it_is_the_earliest_of_what_a_walk_from_day_to_day_finds(facts: PublishFacts) -> None:
    start = max(facts.formed_on, facts.changed_on or facts.formed_on)
    ends = [naive.due(start, facts.other_law.days if facts.other_law else 20, [])]
    ends += [naive.due(start, limit.days, []) for limit in facts.limits if limit.days]
    ends += [start for limit in facts.limits if limit.kind is LimitKind.AT_ONCE]
    if facts.signed_on and facts.own_days_after_signing:
        ends.append(naive.due(facts.signed_on, facts.own_days_after_signing, []))
    assert publish_due(facts, CALENDAR).due_on == min(ends)


@PATIENT
@given(FACTS, st.integers(1, 40), st.integers(0, 20))
def test_a_shorter_limit_is_never_later(facts: PublishFacts, days: int, less: int) -> None:
    longer = replace(facts, limits=(*facts.limits, Limit(LimitKind.WORKING_DAYS, days)))
    shorter = replace(facts, limits=(*facts.limits, Limit(LimitKind.WORKING_DAYS, max(1, days - less))))
    assert _due(shorter) <= _due(longer) <= _due(facts)


@PATIENT
@given(FACTS, st.integers(1, 40), st.integers(0, 30))
def test_a_later_change_is_never_due_earlier_on_the_laws_clock(facts: PublishFacts, change: int, more: int) -> None:
    plain = replace(facts, own_days_after_signing=None)
    first = replace(plain, changed_on=plain.formed_on + timedelta(days=change))
    second = replace(plain, changed_on=plain.formed_on + timedelta(days=change + more))
    assert _due(first) <= _due(second)
    assert _due(replace(plain, changed_on=plain.formed_on)) == _due(replace(plain, changed_on=None))


@PATIENT
@given(FACTS, st.integers(1, 40))
def test_one_more_holiday_is_never_due_earlier(facts: PublishFacts, after: int) -> None:
    off = facts.formed_on + timedelta(days=after)
    closed = CALENDAR.with_days([ArrangedDay(off, False, "本地放假", "")])
    due = publish_due(facts, closed).due_on
    assert due is not None
    assert due >= _due(facts)


@PATIENT
@given(FACTS)
def test_every_limit_is_told_and_the_last_step_is_the_day(facts: PublishFacts) -> None:
    deadline = publish_due(facts, CALENDAR)
    assert deadline.steps[-1].on == deadline.due_on or deadline.status == "provisional"
    told = [step.what for step in deadline.steps]
    kinds = [limit.kind for limit in facts.limits]
    assert sum("不能换算" in what for what in told) == kinds.count(LimitKind.UNSPECIFIED)
    assert sum("及时公开" in what for what in told) == kinds.count(LimitKind.PROMPT)
    assert deadline.as_json()["due_on"] == deadline.due_on.isoformat()  # type: ignore[union-attr]


def test_days_that_nobody_knows_yet_make_it_provisional_only_where_they_matter() -> None:
    known = CALENDAR.known_through
    late = PublishFacts(known - timedelta(days=10))
    deadline = publish_due(late, CALENDAR)
    assert deadline.status == "provisional"
    assert "尚未导入" in deadline.steps[-1].what
    assert publish_due(replace(late, limits=parse_limits("3个工作日内")), CALENDAR).status == "settled"


@pytest.mark.parametrize("facts", [
    PublishFacts(date(2026, 1, 5), other_law=OtherLaw(0, "某法")),
    PublishFacts(date(2026, 1, 5), signed_on=date(2026, 1, 5), own_days_after_signing=0),
])
def test_a_limit_of_no_days_is_an_error(facts: PublishFacts) -> None:
    with pytest.raises(ValueError, match="at least one"):
        publish_due(facts, CALENDAR)


def _due(facts: PublishFacts) -> date:
    due = publish_due(facts, CALENDAR).due_on
    assert due is not None
    return due
