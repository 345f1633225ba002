"""The state table: complete, without dead ends, and walked by the acts of intake in any order."""

from __future__ import annotations

import itertools
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.applications.makers import AT, CONTENT, ON, registered, submitted
from tests.applications.test_intake import PIECES
from tests.effort import times

from gongkai.applications import actions
from gongkai.applications.models import Application
from gongkai.applications.offers import Situation, offers
from gongkai.applications.states import ACT_NAMES, CLOSED, OPEN, OVER, STATE_NAMES, TABLE, Act, State, after, lawful
from gongkai.core.errors import Refused
from gongkai.ledger.queries import faults, timeline
from gongkai.letters import composing


@pytest.mark.parametrize(("state", "act"), list(itertools.product(State, Act)))
def test_an_act_is_in_the_table_or_refused_in_words(state, act):
    if (state, act) in TABLE:
        assert after(state, act) is TABLE[state, act]
    else:
        with pytest.raises(Refused) as told:
            after(state, act)
        assert told.value.code == "not-now"
        assert STATE_NAMES[state] in told.value.message
        assert ACT_NAMES[act] in told.value.message
    assert (act in lawful(state)) == ((state, act) in TABLE)


def test_every_state_is_reached_and_every_open_one_can_end():
    starts = {State.RECEIVED, State.REGISTERED}
    # Where an action, not the table, decides between two states.
    by_action = {(State.CORRECTION, State.ASSIGNED), (State.CONSULTING, State.ASSIGNED), (State.REVIEW, State.REVIEW)}
    edges = {(at, to) for (at, _), to in TABLE.items()} | by_action

    def reached(begin: set[State]) -> set[State]:
        found = set(begin)
        while more := {to for at, to in edges if at in found} - found:
            found |= more
        return found

    assert reached(starts) == set(State)
    for state in OPEN:
        assert reached({state}) & CLOSED
        assert State.ARCHIVED in reached({state})
    assert lawful(State.SPLIT) == frozenset()
    assert lawful(State.ARCHIVED) == {Act.PUBLISH_DRAFT}


def test_what_is_over_never_opens_again():
    assert set(State) == OPEN | OVER
    assert not OPEN & OVER
    assert not [(at, act) for (at, act), to in TABLE.items() if at in OVER and to in OPEN]
    assert set(STATE_NAMES) == set(State)
    assert set(ACT_NAMES) == set(Act)


@pytest.mark.parametrize("state", list(State))
def test_what_is_offered_and_open_is_in_the_table_and_at_most_one_comes_first(state):
    shown = offers(Situation(state), frozenset(Act))
    assert {offer.act for offer in shown if offer.open} <= lawful(state)
    assert sum(offer.primary for offer in shown) <= 1
    assert all(offer.reason for offer in shown if not offer.open)


# What the acts of intake may do, said a second time and in other words: (state before) → state after.
WAITING = State.RECEIVED
MODEL: dict[str, dict[State, State]] = {
    "confirm": {WAITING: State.REGISTERED},
    "ask": {State.REGISTERED: State.CORRECTION, State.ASSIGNED: State.CORRECTION},
    "correct": {State.CORRECTION: State.REGISTERED},
    "lapse": {State.CORRECTION: State.LAPSED},
    "split": dict.fromkeys((WAITING, State.REGISTERED, State.ASSIGNED), State.SPLIT),
    "withdraw": dict.fromkeys((WAITING, State.REGISTERED, State.ASSIGNED, State.CORRECTION), State.WITHDRAWN),
}
ENDED = {State.LAPSED, State.WITHDRAWN}


@pytest.mark.django_db
def test_the_acts_of_intake_walk_the_table(bureau, clerk, monkeypatch):
    """Acts in any order, on days that may be wrong: the state is the model's; a refusal leaves row, letters and ledger
    as they were; the correction is asked once; the dates stay in order."""
    monkeypatch.setattr(composing, "compose", lambda *_args, **_named: composing.Made(b"docx", b"pdf", None))

    class Case(RuleBasedStateMachine):
        @initialize(begin=st.sampled_from([WAITING, State.REGISTERED, State.CORRECTION]))
        def arrives(self, begin):
            self.case = submitted(bureau) if begin is WAITING else registered(bureau, by=clerk)
            self.model, self.asked, self.day = begin, begin is State.CORRECTION, 0
            if self.asked:
                actions.ask_correction(what="请写明年度", on=ON, **self.now)

        def attempt(self, act: str, call, allowed: bool = True):
            before = Application.objects.filter(pk=self.case.pk).values().get()
            told = timeline("application", self.case.pk).count()
            if allowed and self.model in MODEL[act]:
                call()
                self.model = MODEL[act][self.model]
                assert timeline("application", self.case.pk).count() == told + 1
            else:
                with pytest.raises(Refused):
                    call()
                assert Application.objects.filter(pk=self.case.pk).values().get() == before
                assert timeline("application", self.case.pk).count() == told

        @property
        def now(self):
            return {"by": clerk, "application": self.case, "at": AT + timedelta(days=self.day)}

        def on(self, off: int):
            return ON + timedelta(days=self.day + off)

        @rule(days=st.integers(1, 30))
        def days_pass(self, days):
            self.day += days

        @rule(off=st.sampled_from([0, 0, 1]))
        def clerk_confirms(self, off):
            self.attempt("confirm", lambda: actions.confirm(on=self.on(off), how="phone", **self.now), off == 0)

        @rule(off=st.sampled_from([0, 0, 1]))
        def clerk_asks(self, off):
            fine = off == 0 and not self.asked
            self.attempt("ask", lambda: actions.ask_correction(what="请写明年度", on=self.on(off), **self.now), fine)
            self.asked = self.asked or self.model is State.CORRECTION

        @rule(said=st.sampled_from(["2025年", ""]), by_applicant=st.booleans())
        def correction_comes(self, said, by_applicant):
            given = {"application": self.case, "at": AT + timedelta(days=self.day), "content": said}
            self.attempt("correct", lambda: (
                actions.correct_by_applicant(token=uuid4(), **given) if by_applicant
                else actions.correct(by=clerk, on=self.on(0), **given)
            ), bool(said))

        @rule(off=st.sampled_from([0, 0, 1]))
        def clerk_lapses(self, off):
            due = Application.objects.get(pk=self.case.pk).correction_due_on
            fine = off == 0 and due is not None and self.on(0) > due
            self.attempt("lapse", lambda: actions.lapse_correction(on=self.on(off), **self.now), fine)

        @rule()
        def clerk_splits(self):
            self.attempt("split", lambda: actions.split(
                pieces=PIECES, reason="两件事", on=self.on(0), **self.now))

        @rule(off=st.sampled_from([0, 1, -400]))
        def clerk_withdraws(self, off):
            self.attempt(
                "withdraw", lambda: actions.withdraw(reason="电话撤回", on=self.on(off), **self.now), off == 0)

        @rule(kind=st.sampled_from(["natural", "other"]))
        def clerk_mends(self, kind):
            case = Application.objects.get(pk=self.case.pk)
            if self.model is State.SPLIT or case.applicant_kind == kind:
                with pytest.raises(Refused):
                    actions.mend(values={"applicant_kind": kind}, reason="选错", **self.now)
            else:
                actions.mend(values={"applicant_kind": kind}, reason="选错", **self.now)

        @invariant()
        def the_row_agrees(self):
            row = Application.objects.get(pk=self.case.pk)
            assert row.state == self.model
            assert (row.closed_on is not None) == (self.model in ENDED) == bool(row.answer_kind)
            assert row.content.startswith(CONTENT)
            known = [day for day in (
                row.arrived_on, row.confirmed_on, row.correction_asked_on, row.corrected_on) if day is not None]
            assert known == sorted(known)
            assert (row.received_on is None) == (row.channel == "online" and row.confirmed_on is None)
            if self.model in (WAITING, State.CORRECTION):
                assert row.due_on is None
            assert Application.objects.filter(split_from=row).count() == (2 if self.model is State.SPLIT else 0)

    run_state_machine_as_test(Case, settings=settings(
        max_examples=times(60, short=30), stateful_step_count=12, deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    ))
    assert faults() == []
