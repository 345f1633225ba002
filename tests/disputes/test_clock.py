"""The clocks of a case and of a reply: what pages explain is what lists keep."""

from __future__ import annotations

from datetime import date

import pytest
from tests.disputes import makers
from tests.disputes.makers import moment

from gongkai.applications import actions as applications
from gongkai.applications.models import Service
from gongkai.disputes import actions
from gongkai.disputes.clock import clocks_of, remedies_of
from gongkai.disputes.states import Track

pytestmark = pytest.mark.django_db


def keys(case):
    return [(clock.key, clock.whose, clock.deadline.due_on, clock.met_on) for clock in clocks_of(case)]


def test_a_case_shows_every_limit_of_its_course(bureau, clerk):
    case = makers.corrected(bureau, by=clerk, accepted_on=date(2026, 3, 30))
    assert keys(case) == [
        ("answer-1", "organ", date(2026, 4, 16), makers.ANSWERED),
        ("decision-1", "body", date(2026, 5, 29), makers.DECIDED),
        ("suit", "applicant", date(2026, 6, 9), None),
        (f"rehandling-{case.rehandlings.get().pk}", "organ", date(2026, 6, 23), None),
    ]
    assert all(clock.deadline.steps for clock in clocks_of(case))


def test_a_judgment_can_be_appealed_and_an_appeal_of_ours_waits_for_no_answer(bureau, clerk):
    suit = makers.decided(bureau, Track.DIRECT, by=clerk)
    assert ("appeal", "organ", date(2026, 6, 9), None) in keys(suit)
    ruling = makers.decided(bureau, Track.DIRECT, by=clerk, result="other", ending="dismissed")
    assert ("appeal", "organ", date(2026, 6, 4), None) in keys(ruling)
    actions.appeal(
        by=clerk, dispute=suit, stage="second", received_on=date(2026, 6, 8), ours=True, at=moment())
    assert [key for key, *_rest in keys(suit)] == ["answer-1", "decision-1", "decision-2"]


def test_what_is_lifted_is_no_clock_any_more(bureau, clerk):
    case = makers.corrected(bureau, by=clerk)
    actions.lift(by=clerk, rehandling=case.rehandlings.get(), reason="申请人不再需要", at=moment())
    assert not [key for key, *_rest in keys(case) if key.startswith("rehandling")]


def test_the_kept_dates_are_those_that_are_explained(bureau, clerk):
    for track in Track:
        case = makers.received(bureau, track, by=clerk, accepted_on=date(2026, 3, 30))
        row = case.proceedings.get()
        told = {clock.key: clock.deadline for clock in clocks_of(case)}
        assert (row.answer_due_on, row.answer_due_status) == (told["answer-1"].due_on, told["answer-1"].status)
        assert row.decision_due_on == told["decision-1"].due_on


def test_a_reply_can_be_contested_from_the_day_it_was_received(bureau, clerk):
    asked = makers.application(bureau)
    type(asked).objects.filter(pk=asked.pk).update(
        state="served", answer_kind="refused_secret", closed_on=date(2026, 3, 20), signed_on=date(2026, 3, 19))
    asked.refresh_from_db()
    supposed = remedies_of(asked, makers.LATER)
    assert (supposed.first, supposed.reconsideration.due_on, supposed.reconsideration.status) == (
        True, date(2026, 5, 19), "provisional")
    assert supposed.suit.due_on is None
    Service.objects.create(
        application=asked, way="post", on=date(2026, 3, 20), received_on=date(2026, 3, 24), at=moment())
    known = remedies_of(asked, makers.LATER)
    assert (known.reconsideration.due_on, known.reconsideration.status) == (date(2026, 5, 25), "settled")
    type(asked).objects.filter(pk=asked.pk).update(answer_kind="granted")
    asked.refresh_from_db()
    either = remedies_of(asked, makers.LATER)
    assert (either.first, either.suit.due_on) == (False, date(2026, 9, 24))


def test_silence_can_be_contested_when_the_time_is_over(bureau, clerk, settings):
    asked = makers.application(bureau)
    assert asked.due_on == date(2026, 4, 1)
    assert remedies_of(asked, date(2026, 4, 1)) is None
    silent = remedies_of(asked, date(2026, 4, 2))
    assert (silent.first, silent.reconsideration.due_on) == (True, date(2026, 6, 1))
    settings.GONGKAI_REMEDIES = {"reconsideration_first": frozenset(), "apply_days": 30}
    other = remedies_of(asked, date(2026, 4, 2))
    assert (other.first, other.reconsideration.due_on, other.suit.due_on) == (
        False, date(2026, 5, 6), date(2026, 10, 8))
    on = date(2026, 4, 3)
    applications.withdraw(by=clerk, application=asked, on=on, reason="不再需要", at=moment(on))
    asked.refresh_from_db()
    gone = remedies_of(asked, makers.LATER)
    assert gone is None or gone.reconsideration is None
