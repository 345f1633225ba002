"""Random histories of a publication through the real acts: what must hold after every step, whatever came before.

Hypothesis draws seeds, and each seed an act with a person and values that may be wrong. Either it takes place, or it is
refused and then nothing at all has changed. The invariants are told from the rows and the ledger alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.effort import times
from tests.publications.makers import KEYS, ON, Bureau, bureau, drafted, moment, told

from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.publications import actions
from gongkai.publications.content import digest_of
from gongkai.publications.drift import drifted
from gongkai.publications.models import Attachment, Edition, GatePassage, Hand, Publication, Withholding
from gongkai.publications.states import IN_WORK, Act, State, lawful
from gongkai.search import index
from gongkai.search.entry import Query

pytestmark = pytest.mark.django_db
SEEDS = st.integers(0, 2**32)  # one draw a step: drawn piece by piece, first choices would be taken far too often
OFTEN = {
    Act.SEND: 12, Act.SUBMIT: 6, Act.PASS: 24, Act.SIGN: 30, Act.PUBLISH: 40, Act.RETURN: 4, Act.REVISE: 8,
    Act.WITHDRAW: 10, Act.ACCEPT: 12, Act.EDIT: 6, Act.DISCARD: 0.3,
}
PUBLIC = (State.PUBLISHED, State.WITHDRAWN, State.SUPERSEDED)


def acts(of: Bureau, edition: Edition, dice: random.Random) -> dict[Act, Callable[[], Any]]:
    """Every act, by a person who is often the right one and sometimes not, with values that may be wrong."""
    people = list(of.people.values())

    def by(right: Any) -> Any:
        return right if dice.random() < 0.75 else dice.choice(people)

    at, publication = moment(ON + timedelta(days=dice.randint(0, 3))), edition.publication
    on = {"edition": edition, "at": at}
    open_ = list(edition.gates.filter(passed_by__isnull=True).values_list("key", flat=True)) or list(KEYS)
    keys = open_ if dice.random() < 0.6 else dice.sample(open_, dice.randint(1, len(open_)))
    values = dice.choice([
        {"title": f"名称{dice.randint(0, 9)}"}, {"attribute": dice.choice(["active", "active", "on_request", ""])},
        {"lane": "emergency", "lane_reason": "汛情"}, {"lane": "normal"}, {"expires_on": ON - timedelta(days=9)},
        {"attribute": "withheld", "attribute_ground": "refused_process", "attribute_reason": "过程稿"},
    ])
    body = dice.choice([None, f"<p>正文{dice.randint(0, 99)}</p>", "<p>电话13812345678</p>", "<p>正文。</p>"])
    decided = dice.choice(["active", "active", "active", "withheld", "on_request"])
    relation = {"publication": publication, "at": at}
    return {
        Act.EDIT: lambda: actions.edit(by=by(of.clerk), values=values, body=body, **on),
        Act.ATTACH: lambda: actions.attach(by=by(of.clerk), name="a.txt", data=b"words", **on),
        Act.SUBMIT: lambda: actions.submit(by=by(of.contributor), **on),
        Act.ACCEPT: lambda: actions.accept(by=by(of.clerk), **on),
        Act.SEND: lambda: actions.send(by=by(of.clerk), **on),
        Act.PASS: lambda: actions.pass_gates(by=by(of.reviewer), keys=keys, **on),
        Act.PASS_AFTER: lambda: actions.pass_after(by=by(of.reviewer), keys=keys, **on),
        Act.RETURN: lambda: actions.return_edition(by=by(of.reviewer), remark="改", **on),
        Act.SIGN: lambda: actions.sign(
            by=by(of.signatory), decided_attribute=decided, on=ON, ground="refused_process", reason="理由", **on),
        Act.PUBLISH: lambda: actions.publish(by=by(of.publisher), **on),
        Act.REVISE: lambda: actions.revise(by=by(of.clerk), change_note="修订", **relation),
        Act.WITHDRAW: lambda: actions.withdraw(by=by(of.head), kind="error", note="", **relation),
        Act.PLAN: lambda: actions.plan_interpretation(by=by(of.clerk), form="text", due_on=None, **relation),
        Act.LINK: lambda: actions.exempt_interpretation(by=by(of.clerk), reason="简单", **relation),
        Act.DISCARD: lambda: actions.discard(by=by(of.clerk), reason="作废", **on),
    }


def picture() -> list[Any]:
    """All that a refusal must not change."""
    models = (Publication, Edition, GatePassage, Attachment, Hand, Withholding, Entry)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


class History(RuleBasedStateMachine):
    """One publication of one bureau."""

    of: Bureau

    def __init__(self) -> None:
        super().__init__()
        self.done: set[Act] = set()
        self.outer = transaction.atomic()
        self.outer.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)
        REACHED.update(self.done)

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        dice = random.Random(seed)
        by = self.of.contributor if dice.random() < 0.4 else self.of.clerk
        kind = "normative" if dice.random() < 0.4 else "other"
        self.edition = drafted(self.of, by=by, kind=kind, body="<p>正文。</p>")

    @rule(seed=SEEDS)
    def act(self, seed: int) -> None:
        dice = random.Random(seed)
        edition = Edition.objects.select_related("publication__agency", "publication__latest", "publication__current")
        now = edition.get(pk=Publication.objects.get(pk=self.edition.publication_id).latest_id)
        able = sorted(lawful(now.state)) or list(Act)
        choice = dice.choices(able, [OFTEN.get(act, 1.0) for act in able])[0] if dice.random() < 0.9 else (
            dice.choice(list(Act)))
        before = picture()
        try:
            with transaction.atomic():
                acts(self.of, now, dice)[choice]()
            self.done.add(choice)
        except Refused:
            assert picture() == before, "what is refused changes nothing"

    @invariant()
    def what_is_public_passed_its_gates_by_three_kinds_of_people(self) -> None:
        for edition in Edition.objects.filter(state__in=PUBLIC):
            hands = set(edition.hands.values_list("user_id", flat=True)) | {edition.author_id}
            gates = list(edition.gates.all())
            ahead = [gate for gate in gates if gate.ahead]
            assert any(gate.key == "secrecy" for gate in ahead)
            assert edition.lane == "emergency" or len(ahead) == len(gates) == len(KEYS)
            assert all(gate.passed_by_id and gate.digest == edition.digest for gate in ahead)
            passers = {gate.passed_by_id for gate in gates if gate.passed_by_id}
            assert not passers & hands
            assert edition.signed_by_id not in hands | passers
            assert edition.digest == edition.signed_digest == digest_of(edition)
            assert edition.decided_attribute == "active"
            assert edition.screened in {"pass", "warn"}

    @invariant()
    def everybody_sees_one_thing(self) -> None:
        for publication in Publication.objects.select_related("current"):
            standing = [e for e in publication.editions.all() if e.state == State.PUBLISHED]
            assert len(standing) <= 1
            assert publication.is_public == bool(standing)
            if standing:
                assert publication.current == standing[0]
                assert publication.title == standing[0].title
            assert (publication.index_number is not None) == (publication.first_published_at is not None)
            found = {hit.key for hit in index.search(Query(text="")).hits}
            assert (publication.pk in found) == publication.is_public

    @invariant()
    def dates_are_those_of_the_clock(self) -> None:
        assert drifted() == []

    @invariant()
    def the_ledger_tells_each_step_once(self) -> None:
        publication = self.edition.publication_id
        kinds = told(publication)
        states = list(Edition.objects.filter(publication=publication).values_list("state", flat=True))
        assert kinds.count("published") == sum(state in PUBLIC for state in states)
        assert kinds.count("drafted") + kinds.count("revised") == len(states)
        assert sum(state in IN_WORK for state in states) <= 1
        assert Withholding.objects.count() == states.count(State.FILED)


REACHED: set[Act] = set()


def run(of: Bureau, examples: int, steps: int) -> None:
    History.of = of
    run_state_machine_as_test(History, settings=settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    ))


def test_whatever_happens_nothing_goes_out_unreviewed():
    REACHED.clear()
    run(bureau(), examples=times(12, short=8), steps=28)
    assert {Act.PUBLISH, Act.SIGN, Act.RETURN, Act.WITHDRAW, Act.REVISE, Act.SUBMIT} <= REACHED, "they lead somewhere"


def test_the_test_above_catches_a_clock_that_is_not_set(monkeypatch):
    from gongkai.publications.actions import parts

    monkeypatch.setattr(parts, "settle", lambda _publication: None)
    with pytest.raises(AssertionError):
        run(bureau(), examples=4, steps=12)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="beside PostgreSQL the index is told after the commit only")
def test_the_test_above_catches_an_index_that_is_not_told(monkeypatch):
    from gongkai.publications import indexing

    monkeypatch.setattr(indexing, "take_out", lambda _publication: None)
    with pytest.raises(AssertionError):
        run(bureau(), examples=10, steps=26)
