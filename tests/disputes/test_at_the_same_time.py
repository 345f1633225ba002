"""Two people, one case: one wins, the other is told. Planted faults show that the tests would see it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.applications.test_at_the_same_time import at_once
from tests.disputes import makers
from tests.disputes.makers import fresh, moment

from gongkai.applications import actions as applications
from gongkai.core.errors import Refused
from gongkai.disputes import actions
from gongkai.disputes.actions import parts, proceeding
from gongkai.disputes.models import Dispute, DisputePaper, DisputeSeries, Rehandling
from gongkai.disputes.states import Result, State, Track
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import faults

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {"changed-meanwhile", "not-now", "already-done", "already-lifted", "already-registered", "number-taken"}


def one_wins(answers):
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    others = [answer for answer in answers if not isinstance(answer, Refused)]
    assert len(others) == 1, answers
    assert not isinstance(others[0], Exception), others
    assert {refusal.code for refusal in refused} <= TOLD
    assert faults() == []


def decide_twice(bureau, clerk, colleague):
    case = makers.answered(bureau, by=clerk, application=makers.application(bureau))
    return case, at_once(*(
        lambda who=who, result=result, ending=ending: actions.decide(
            by=who, dispute=case, result=result, ending=ending, on=makers.DECIDED, at=moment())
        for who, result, ending in ((clerk, "upheld", ""), (colleague, "corrected", "revoked"))
    ))


def test_two_people_enter_two_results_and_one_holds(bureau, clerk, colleague):
    case, answers = decide_twice(bureau, clerk, colleague)
    one_wins(answers)
    result = case.proceedings.get().result
    assert Rehandling.objects.count() == int(result == Result.CORRECTED)
    assert Entry.objects.filter(kind="disputes.decided").count() == 1


def test_the_test_above_catches_a_table_that_is_not_asked(bureau, clerk, colleague, monkeypatch):
    def unguarded(case, _act, *, seen=None):
        return Dispute.objects.select_related("agency", "identity").get(pk=case.pk), State.DECIDED

    monkeypatch.setattr(proceeding.parts, "taken", unguarded)
    decide_twice(bureau, clerk, colleague)
    assert Entry.objects.filter(kind="disputes.decided").count() == 2


def test_many_cases_at_once_have_numbers_without_a_gap(bureau, clerk):
    answers = at_once(*(
        lambda n=n, track=track: makers.received(bureau, track, by=clerk, case_number=f"（2026）{n}号")
        for n in range(4) for track in (Track.RECONSIDERATION, Track.DIRECT)
    ))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert sorted(Dispute.objects.values_list("number", flat=True)) == sorted(
        f"{mark}2026-{n:04d}" for mark in "议诉" for n in range(1, 5))
    assert list(DisputeSeries.objects.order_by("mark").values_list("last", flat=True)) == [4, 4]
    assert faults() == []


def test_one_notice_entered_by_two_is_one_case(bureau, clerk, colleague):
    asked = makers.application(bureau)
    one_wins(at_once(*(
        lambda who=who: makers.received(bureau, by=who, application=asked) for who in (clerk, colleague)
    )))
    assert Dispute.objects.get().number == "议2026-0001"


def test_one_duty_met_and_lifted_at_once(bureau, clerk, colleague):
    duty = makers.corrected(bureau, by=clerk, application=makers.application(bureau)).rehandlings.get()
    one_wins(at_once(
        lambda: makers.fulfilled(duty, by=clerk),
        lambda: actions.lift(by=colleague, rehandling=duty, reason="申请人不再需要", at=moment()),
    ))
    duty.refresh_from_db()
    assert (duty.done_on is None) != (duty.lifted_on is None)


def test_one_paper_sent_twice_is_one_paper(bureau, clerk):
    case = makers.received(bureau, by=clerk)
    answers = at_once(*[lambda: makers.paper(case, by=clerk)] * 3)
    assert {answer.pk for answer in answers} == {DisputePaper.objects.get().pk}


def test_work_on_the_application_and_on_its_dispute_never_wait_for_each_other(bureau, clerk, colleague):
    """Each refers to the other's row: with the locks in another order PostgreSQL would end one of them."""
    asked = makers.application(bureau)
    case = makers.answered(bureau, by=clerk, application=asked, against="silence")
    answers = at_once(
        lambda: applications.withdraw(by=clerk, application=asked, on=date(2026, 6, 1), reason="不再需要", at=moment()),
        lambda: actions.decide(
            by=colleague, dispute=case, result="corrected", ending="ordered", on=makers.DECIDED, at=moment()),
        lambda: makers.received(bureau, Track.DIRECT, by=colleague, application=asked, party=makers.THIRD),
        lambda: makers.paper(case, by=clerk),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert fresh(case).state == State.DECIDED
    assert faults() == []


def test_the_number_is_held_until_the_end(bureau):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        parts.next_number(bureau, Track.DIRECT, 2026)
