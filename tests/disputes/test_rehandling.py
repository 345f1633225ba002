"""A corrected result leaves a duty with its own clock; what lifts it, and that the application counts as it did."""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.disputes import makers
from tests.disputes.makers import fresh, moment

from gongkai.applications import figures as of_applications
from gongkai.applications.models import Application
from gongkai.core.errors import Refused
from gongkai.disputes import actions
from gongkai.disputes.clock import clocks_of, rehandling_of
from gongkai.disputes.models import Rehandling
from gongkai.disputes.states import ENDINGS_OF, Ending, Result, State, Track
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ending", ENDINGS_OF[Result.CORRECTED])
def test_every_correction_leaves_a_duty(bureau, clerk, ending):
    asked = makers.application(bureau)
    duty = makers.corrected(bureau, by=clerk, ending=ending, application=asked).rehandlings.get()
    assert (duty.application, duty.from_on, duty.days, duty.due_on, duty.due_status) == (
        asked, makers.SERVED, None, date(2026, 6, 23), "settled")
    assert "须在2026-06-23以前重新答复" in Entry.objects.get(kind="disputes.decided").sentence


@pytest.mark.parametrize(("result", "ending"), [
    (result, ending) for result in (Result.UPHELD, Result.OTHER) for ending in ENDINGS_OF[result]
])
def test_nothing_else_does(bureau, clerk, result, ending):
    assert not makers.decided(bureau, by=clerk, result=result, ending=ending).rehandlings.exists()


def test_the_period_is_the_decisions_own_or_the_settings(bureau, clerk, settings):
    from django.utils import translation

    calendar_days = makers.corrected(bureau, by=clerk, redo_days=30, redo_working=False).rehandlings.get()
    assert calendar_days.due_on == date(2026, 6, 24)
    settings.GONGKAI_REHANDLING_DAYS = 5
    silent = makers.corrected(bureau, by=clerk, served_on=None, redo_working=False).rehandlings.get()
    assert (silent.from_on, silent.due_on, silent.working) == (makers.DECIDED, date(2026, 5, 27), True)
    from gongkai.calendars.queries import calendar_of

    told = " ".join(step.what for step in rehandling_of(silent, calendar_of(bureau)).steps)
    assert "没有写明" in told
    with translation.override("zh-hans"):
        assert [clock.key for clock in clocks_of(fresh(silent.dispute))][-1] == f"rehandling-{silent.pk}"


def test_a_judgment_may_bind_later_than_it_was_served(bureau, clerk):
    case = makers.answered(bureau, Track.DIRECT, by=clerk)
    actions.decide(
        by=clerk, dispute=case, result="corrected", ending="ordered", on=makers.DECIDED, served_on=makers.SERVED,
        redo_days=15, redo_from=date(2026, 6, 9), at=moment(),
    )
    duty = case.rehandlings.get()
    assert (duty.from_on, duty.due_on) == (date(2026, 6, 9), date(2026, 7, 1))
    actions.amend_period(
        by=clerk, rehandling=duty, days=10, working=False, from_on=date(2026, 6, 10), reason="判决写的是十日",
        at=moment(),
    )
    duty.refresh_from_db()
    assert duty.due_on == date(2026, 6, 22), "the tenth day is a Saturday"
    assert "期限由“15”改为“10”" in Entry.objects.get(kind="disputes.amended").sentence
    for said, code in (
        ({"days": 0}, "redo-days"), ({"from_on": date(2026, 5, 19)}, "too-early"), ({}, "nothing-changed"),
    ):
        with pytest.raises(Refused) as refused:
            actions.amend_period(by=clerk, rehandling=duty, reason="更正", at=moment(), **(
                {"days": 10, "working": False, "from_on": date(2026, 6, 10)} | said))
        assert refused.value.code == code


def test_nothing_is_owed_where_the_decision_itself_took_the_place(bureau, clerk):
    case = makers.corrected(bureau, by=clerk, ending=Ending.CHANGED, redo=False, redo_reason="变更决定已经代替原答复")
    assert not case.rehandlings.exists()
    assert case.proceedings.get().redo_waived == "变更决定已经代替原答复"
    assert actions.close(by=clerk, dispute=case, on=makers.LATER, at=moment()).state == State.CLOSED


def test_replying_anew_closes_the_duty_and_counts_no_application_again(bureau, clerk):
    asked = makers.application(bureau)
    case = makers.corrected(bureau, by=clerk, application=asked)
    duty = case.rehandlings.get()
    before = of_applications.table_three(Application.objects.all(), 2026)
    with pytest.raises(Refused) as open_still:
        actions.close(by=clerk, dispute=case, on=makers.LATER, at=moment())
    assert open_still.value.code == "rehandling-open"
    for said, code in (
        ({"answer_kind": "whatever"}, "answer-kind"), ({"on": date(2026, 11, 21)}, "future-date"),
        ({"on": date(2026, 5, 19)}, "too-early"), ({"reply_number": "号" * 201}, "words-too-long"),
    ):
        with pytest.raises(Refused) as refused:
            actions.fulfil(by=clerk, rehandling=duty, at=moment(), **(
                {"answer_kind": "granted", "on": date(2026, 6, 24)} | said))
        assert refused.value.code == code
    makers.fulfilled(duty, by=clerk, on=date(2026, 6, 24))
    assert "超过期限 1 个工作日" in Entry.objects.get(kind="disputes.rehandled").sentence
    for call in (
        lambda: makers.fulfilled(duty, by=clerk),
        lambda: actions.lift(by=clerk, rehandling=duty, reason="撤回", at=moment()),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == "already-done"
    assert of_applications.table_three(Application.objects.all(), 2026) == before
    asked.refresh_from_db()
    assert (asked.closed_on, asked.answer_kind) == (None, "")
    assert actions.close(by=clerk, dispute=case, on=makers.LATER, at=moment()).state == State.CLOSED


def test_it_can_be_lifted_with_a_reason(bureau, clerk):
    duty = makers.corrected(bureau, by=clerk).rehandlings.get()
    for said, code in (
        ({"reason": " "}, "words-missing"), ({"on": date(2026, 5, 19)}, "too-early"),
        ({"on": date(2026, 11, 21)}, "future-date"), ({"seen": 0}, "changed-meanwhile"),
    ):
        with pytest.raises(Refused) as refused:
            actions.lift(by=clerk, rehandling=duty, at=moment(), **({"reason": "申请人不再需要"} | said))
        assert refused.value.code == code
    actions.lift(by=clerk, rehandling=duty, reason="申请人不再需要", at=moment())
    duty.refresh_from_db()
    assert (duty.lifted_on, duty.lifted_reason) == (makers.LATER, "申请人不再需要")
    with pytest.raises(Refused) as twice:
        actions.lift(by=clerk, rehandling=duty, reason="再次", at=moment())
    assert twice.value.code == "already-lifted"


@pytest.mark.parametrize(("result", "ending", "open_after", "lifted"), [
    ("upheld", "", 0, True), ("corrected", "revoked", 1, True), ("other", "withdrawn", 1, False),
])
def test_a_later_decision_takes_the_place_of_an_earlier_one(bureau, clerk, result, ending, open_after, lifted):
    case = makers.appealed(bureau, by=clerk, result=Result.CORRECTED)
    first = case.rehandlings.get()
    assert first.lifted_on is None, "an appeal alone lifts nothing"
    actions.decide(by=clerk, dispute=case, result=result, ending=ending, on=date(2026, 9, 1), at=moment())
    first.refresh_from_db()
    assert (first.lifted_on == date(2026, 9, 1)) == lifted
    assert Rehandling.objects.open().count() == open_after


def test_a_mistaken_entry_owes_nothing(bureau, clerk):
    case = makers.corrected(bureau, by=clerk)
    actions.cancel(by=clerk, dispute=case, reason="重复登记", at=moment())
    assert not Rehandling.objects.open().exists()
    with pytest.raises(Refused) as refused:
        makers.fulfilled(case.rehandlings.get(), by=factories.SYSTEM)
    assert refused.value.code == "not-now"
