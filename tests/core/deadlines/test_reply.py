"""The reply's due date: the vectors, an independent walk, and the laws of pauses."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.deadlines import naive

from gongkai.core.deadlines import (
    Channel,
    Conventions,
    Facts,
    Pause,
    PauseKind,
    consultation_due,
    correction_notice_due,
    payment_due,
    reply_day,
    reply_due,
)
from gongkai.core.workdays import ArrangedDay, shipped

CALENDAR = shipped()
DAYS = st.dates(date(2019, 1, 1), date(2026, 11, 30))
SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 25)), max_size=5)
VECTORS = [
    ("2026-01-30", "2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02"),
    ("2026-09-18", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"),
    ("2020-01-20", "2020-02-06", "2020-02-18", "2020-02-25", "2020-03-24"),
    ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
    ("2026-10-03", "2026-10-15", "2026-10-27", "2026-11-03", "2026-12-01"),
    ("2025-01-13", "2025-01-22", "2025-02-08", "2025-02-14", "2025-03-14"),
    ("2025-12-25", "2026-01-06", "2026-01-16", "2026-01-23", "2026-02-27"),
]


def posted(day: date, **more: object) -> Facts:
    return Facts(day, Channel.POST, **more)  # type: ignore[arg-type]


def pauses(start: date, spans: list[tuple[int, int]]) -> tuple[Pause, ...]:
    made = []
    for after, length in spans:
        sent = start + timedelta(days=after)
        made.append(Pause(sent, sent + timedelta(days=length)))
    return tuple(made)


@pytest.mark.parametrize(("received", "seven", "fifteen", "twenty", "forty"), VECTORS)
def test_the_vectors(received: str, seven: str, fifteen: str, twenty: str, forty: str) -> None:
    day = date.fromisoformat(received)
    due = reply_due(posted(day), CALENDAR)
    assert (due.due_on, due.status) == (date.fromisoformat(twenty), "settled")
    assert reply_due(posted(day, extended=20), CALENDAR).due_on == date.fromisoformat(forty)
    assert correction_notice_due(posted(day), CALENDAR).due_on == date.fromisoformat(seven)
    assert consultation_due(day, PauseKind.THIRD_PARTY, CALENDAR).due_on == date.fromisoformat(fifteen)
    assert payment_due(day, CALENDAR).due_on == date.fromisoformat(twenty)


@given(DAYS, st.integers(0, 20), SPANS)
@settings(max_examples=600, deadline=None)
def test_it_is_what_a_walk_from_day_to_day_finds(start: date, extended: int, spans: list[tuple[int, int]]) -> None:
    facts = posted(start, extended=extended, pauses=pauses(start, spans))
    due = reply_due(facts, CALENDAR)
    assert due.due_on == naive.due(start, 20 + extended, [(p.sent, p.ended or p.sent) for p in facts.pauses])
    assert due.status == ("settled" if due.due_on <= naive.KNOWN_THROUGH else "provisional")
    assert reply_day(facts, CALENDAR) == (due.due_on, due.status)


def test_every_day_of_eight_years_is_what_the_walk_finds() -> None:
    start = date(2019, 1, 1)
    while start <= date(2026, 12, 31):
        assert reply_day(posted(start), CALENDAR)[0] == naive.due(start, 20)
        assert reply_day(posted(start, extended=20), CALENDAR)[0] == naive.due(start, 40)
        start += timedelta(days=1)


@given(DAYS, st.integers(1, 20), st.integers(0, 25), st.integers(1, 40))
@settings(max_examples=200)
def test_a_pause_of_n_working_days_moves_the_end_by_exactly_n(
    start: date, extended: int, after: int, length: int,
) -> None:
    plain = reply_due(posted(start, extended=extended), CALENDAR).due_on
    sent = start + timedelta(days=after)
    if sent >= plain:
        return
    ended = sent + timedelta(days=length)
    paused = reply_due(posted(start, extended=extended, pauses=(Pause(sent, ended),)), CALENDAR).due_on
    assert CALENDAR.count(plain, paused) == CALENDAR.count(sent, ended)


@given(DAYS, st.integers(0, 25), st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_cutting_a_pause_changes_nothing(start: date, after: int, lengths: list[int]) -> None:
    cuts = [start + timedelta(days=after)]
    for length in lengths:
        cuts.append(cuts[-1] + timedelta(days=length))
    whole = reply_day(posted(start, pauses=(Pause(cuts[0], cuts[-1]),)), CALENDAR)
    assert reply_day(posted(start, pauses=tuple(Pause(a, b) for a, b in pairwise(cuts))), CALENDAR) == whole


@given(DAYS, SPANS, st.randoms(use_true_random=False))
def test_the_order_of_pauses_does_not_matter_and_a_double_counts_once(
    start: date, spans: list[tuple[int, int]], chance: random.Random,
) -> None:
    given_ = list(pauses(start, spans))
    expected = reply_day(posted(start, pauses=tuple(given_)), CALENDAR)
    again = given_ * 2
    chance.shuffle(again)
    assert reply_day(posted(start, pauses=tuple(again)), CALENDAR) == expected


@given(DAYS, SPANS, st.lists(st.integers(0, 90), max_size=10))
def test_a_holiday_more_never_shortens(start: date, spans: list[tuple[int, int]], closed: list[int]) -> None:
    days = [ArrangedDay(start + timedelta(days=n), False, "停工", "通知") for n in closed]
    facts = posted(start, pauses=pauses(start, spans))
    assert reply_day(facts, CALENDAR.with_days(days))[0] >= reply_day(facts, CALENDAR)[0]


@given(DAYS, st.integers(0, 40), SPANS)
def test_correction_starts_the_count_anew(start: date, later: int, spans: list[tuple[int, int]]) -> None:
    corrected = start + timedelta(days=later)
    facts = posted(start, correction_asked=start, corrected=corrected, pauses=pauses(start, spans))
    expected = naive.due(corrected, 20, [(p.sent, p.ended or p.sent) for p in facts.pauses])
    assert reply_due(facts, CALENDAR).due_on == expected


@given(DAYS, st.integers(0, 40))
def test_payment_starts_it_anew_with_the_next_day_as_the_first(start: date, later: int) -> None:
    paid = start + timedelta(days=later)
    facts = posted(start, corrected=start, fee_noticed=start, paid=paid)
    assert reply_day(facts, CALENDAR)[0] == naive.due(paid, 20)
    other = Conventions(day_after_payment_is_first=False)
    assert reply_day(facts, CALENDAR, other)[0] == naive.due(paid + timedelta(days=1), 20)


@given(DAYS, st.integers(1, 15), st.integers(1, 15))
def test_the_other_readings_of_the_open_points(start: date, after: int, length: int) -> None:
    day = timedelta(days=1)
    sent = start + timedelta(days=after)
    ended = sent + timedelta(days=length)
    facts = posted(start, pauses=(Pause(sent, ended),))
    for conventions, expected in (
        (Conventions(receipt_day_counts=True), naive.due(start - day, 20, [(sent, ended)])),
        (Conventions(pause_from_sending_day=True), naive.due(start, 20, [(sent - day, ended)])),
        (Conventions(arrival_day_runs=True), naive.due(start, 20, [(sent, ended - day)])),
    ):
        assert reply_day(facts, CALENDAR, conventions)[0] == expected


def test_an_open_consultation_runs_to_the_end_of_its_time_and_leaves_the_date_open() -> None:
    start, sent = date(2026, 3, 2), date(2026, 3, 9)
    limit = naive.nth_workday(sent, 15)
    due = reply_due(posted(start, pauses=(Pause(sent, None),)), CALENDAR)
    assert (due.due_on, due.status) == (naive.due(start, 20, [(sent, limit)]), "provisional")
    assert any("意见尚未收到" in step.what for step in due.steps)
    own = date(2026, 4, 30)
    assert reply_day(posted(start, pauses=(Pause(sent, None, due=own),)), CALENDAR)[0] == naive.due(
        start, 20, [(sent, own)],
    )
    longer = Pause(date(2026, 3, 4), date(2026, 6, 1))
    inside = posted(start, pauses=(Pause(sent, None, due=own), longer))
    assert reply_day(inside, CALENDAR)[1] == "settled", "a longer consultation that is over covers the open one"
    for other in (longer, Pause(date(2026, 3, 12), date(2026, 6, 1))):
        timeless = posted(start, pauses=(Pause(sent, None), other))
        came = posted(start, pauses=(Pause(sent, date(2026, 6, 15)), other))
        assert reply_day(timeless, CALENDAR)[1] == "provisional", "no time is recorded: the opinion may come after it"
        assert reply_day(came, CALENDAR)[0] != reply_day(timeless, CALENDAR)[0]
    late = Conventions(late_opinion_pauses=True)
    assert reply_day(inside, CALENDAR, late)[1] == "provisional"


def test_an_opinion_after_its_time_does_not_pause_beyond_it() -> None:
    start, sent, limit, came = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 30), date(2026, 4, 20)
    facts = posted(start, pauses=(Pause(sent, came, due=limit),))
    assert reply_day(facts, CALENDAR)[0] == naive.due(start, 20, [(sent, limit)])
    assert reply_day(facts, CALENDAR, Conventions(late_opinion_pauses=True))[0] == naive.due(start, 20, [(sent, came)])
    assert any("期满" in step.what for step in reply_due(facts, CALENDAR).steps)


def test_a_date_beyond_the_known_days_is_provisional_and_settles_when_the_year_is_known() -> None:
    facts = posted(date(2026, 12, 10))
    due = reply_due(facts, CALENDAR)
    assert (due.due_on, due.status) == (date(2027, 1, 7), "provisional")
    assert [step.on for step in due.steps if "尚未导入" in step.what] == [date(2027, 1, 1)]
    year = CALENDAR.layers[0].years[2026]
    days = (ArrangedDay(date(2027, 1, 1), False, "元旦", "通知"),)
    known = CALENDAR.with_year(type(year)(2027, "通知", "", date(2026, 11, 1), days))
    assert reply_day(facts, known) == (date(2027, 1, 8), "settled")


def test_a_region_s_unverified_day_makes_only_the_counts_that_pass_it_provisional() -> None:
    xinjiang = shipped("xinjiang")
    passes, before = posted(date(2025, 5, 20)), posted(date(2025, 4, 1))
    assert reply_day(passes, xinjiang) == (naive.nth_workday(date(2025, 5, 20), 23), "provisional")
    assert reply_day(before, xinjiang) == (naive.nth_workday(date(2025, 4, 1), 20), "settled")
    assert any("新疆维吾尔自治区2026年" in step.what for step in reply_due(posted(date(2026, 3, 2)), xinjiang).steps)


def test_the_delayed_date_of_article_35_is_the_due_date() -> None:
    due = reply_due(posted(date(2026, 3, 2), delayed_to=date(2026, 7, 1)), CALENDAR)
    assert (due.due_on, due.status, due.steps[-1].article) == (date(2026, 7, 1), "settled", "35")
    assert reply_day(posted(date(2026, 3, 2), delayed_to=date(2026, 7, 1)), CALENDAR) == (date(2026, 7, 1), "settled")
