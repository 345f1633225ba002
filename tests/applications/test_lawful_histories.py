"""Random histories of an application through the real acts: what must hold after every step, whatever came before.

Hypothesis draws seeds, and each seed an act from those that the state allows, with dates and values that may be
wrong. Either it takes place, or it is refused and then nothing at all has changed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.applications.made_replies import (
    ANSWERS,
    GRANTED,
    Office,
    assigned,
    fresh,
    moment,
    office,
    person,
    reviewed,
    signed,
)
from tests.applications.makers import ON, pdf, registered
from tests.factories import SYSTEM

from gongkai.applications import actions
from gongkai.applications.clock import CLOCK_FIELDS, settle
from gongkai.applications.models import Application
from gongkai.applications.states import CLOSED, OPEN, Act, State, lawful
from gongkai.core.errors import Refused
from gongkai.core.law.answers import report_row
from gongkai.ledger.models import Entry
from gongkai.letters import composing
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db
PAGES = composing.Made(b"docx", b"pdf", None)
KINDS = sorted({*ANSWERS, "refused_third_party", "excessive", "unclear", "repeat"})
VALUES: dict[str, dict[str, Any]] = ANSWERS | {
    "refused_third_party": {"consultation": "见征求意见书", "reasons": "涉及商业秘密"},
    "excessive": {"reasons": "明显超过合理范围"}, "unclear": {"reasons": "仍不明确"},
    "repeat": {"earlier_number": "2020-0007"},
}
WORDS = "理由和说明"
# What leads on is drawn more often, or histories would end before they had begun; what may always be done, seldom.
OFTEN = dict.fromkeys((Act.CONFIRM, Act.SUBMIT, Act.REVIEW, Act.SIGN, Act.SERVE, Act.OPINION, Act.ARCHIVE), 30) | (
    dict.fromkeys((Act.HAND_OVER, Act.CONTACT, Act.ATTACH, Act.WITHDRAW, Act.RETURN), 1)
) | {Act.DRAFT: 10}


SEEDS = st.integers(0, 2**32)  # one draw a step: drawn piece by piece, first choices would be taken far too often


def acts(of: Office, case: Application, day: date, dice: random.Random) -> dict[Act, Callable[[], Any]]:
    """Every act, on a day that is often right and sometimes before or after what can be."""
    on = day + timedelta(days=dice.choice([0, 0, 0, 0, -1, -30, 1]))
    by, at = {"by": of.clerk, "application": case, "at": moment(day)}, moment(day)
    asked = case.consultations.filter(ended_on__isnull=True).first()
    proposed = case.extensions.filter(approved__isnull=True).first()
    kind = dice.choice(KINDS)
    return {
        Act.CONFIRM: lambda: actions.confirm(on=on, how="phone", **by),
        Act.ASK_CORRECTION: lambda: actions.ask_correction(what=WORDS, on=on, **by),
        Act.CORRECT: lambda: actions.correct(on=on, content="补正的内容", **by),
        Act.LAPSE_CORRECTION: lambda: actions.lapse_correction(on=on, **by),
        Act.ASSIGN: lambda: actions.assign(section=of.section, handler=person(of.clerk), **by),
        Act.HAND_OVER: lambda: actions.hand_over(to=person(of.colleague), reason=WORDS, **by),
        Act.CONSULT: lambda: actions.consult(
            kind=dice.choice(["third_party", "co_maker", "other_organ"]), party="青澜县某单位", about=WORDS,
            sent_on=on, **by),
        Act.OPINION: lambda: asked and actions.take_opinion(
            by=of.clerk, consultation=asked, opinion=dice.choice(["consent", "objection", "silent"]), on=on,
            reason=dice.choice(["", WORDS]), overridden=dice.random() < 0.5, at=at),
        Act.PROPOSE_EXTENSION: lambda: actions.propose_extension(
            days=dice.randint(0, 21), reason=WORDS, on=on, **by),
        Act.EXTEND: lambda: proposed and actions.decide_extension(
            by=of.head, extension=proposed, approved=dice.random() < 0.5, on=on, remark=WORDS, at=at),
        Act.ASK_REASONS: lambda: actions.ask_reasons(on=on, **by),
        Act.TAKE_REASONS: lambda: actions.take_reasons(on=on, reasonable=dice.random() < 0.5, summary=WORDS, **by),
        Act.DELAY: lambda: actions.delay(to=day + timedelta(days=dice.randint(0, 90)), reason=WORDS, on=on, **by),
        Act.NOTICE_FEE: lambda: actions.notice_fee(
            basis=dice.choice(["piece", "page"]), quantity=dice.choice([1, 30, 50]), on=on, **by),
        Act.PAY: lambda: actions.pay(on=on, **by),
        Act.LAPSE_FEE: lambda: actions.lapse_fee(on=on, **by),
        Act.DRAFT: lambda: actions.draft_reply(answer_kind=kind, values=VALUES[kind] | GRANTED, body=WORDS, **by),
        Act.SUBMIT: lambda: actions.submit_for_review(**by),
        Act.REVIEW: lambda: actions.review(
            kind=dice.choice(["secrecy", "legal"]), verdict=dice.choice(["pass", "pass", "return"]),
            remark=WORDS, **by | {"by": of.reviewer}),
        Act.RETURN: lambda: actions.return_draft(remark=WORDS, **by | {"by": of.signatory}),
        Act.SIGN: lambda: actions.sign(on=on, **by | {"by": of.signatory}),
        Act.SERVE: lambda: actions.serve(
            way=dice.choice(["post", "in_person", "online"]), on=on, **by),
        Act.PROVE: lambda: actions.prove_service(received_on=on, **by),
        Act.WITHDRAW: lambda: actions.withdraw(on=on, reason=WORDS, **by),
        Act.CONTACT: lambda: actions.contact(way="phone", summary=WORDS, happened_at=at, **by),
        Act.ATTACH: lambda: actions.attach(use="working", files=[pdf()], **by),
        Act.ARCHIVE: lambda: actions.archive(on=on, **by),
        Act.PUBLISH_DRAFT: lambda: actions.draft_publication(title="标题", body="正文", **by),
    }


def picture(case: Application) -> dict[str, Any]:
    """All that could have changed."""
    row = Application.objects.filter(pk=case.pk).values().get()
    return row | {
        "rows": [getattr(case, name).count() for name in (
            "consultations", "extensions", "contacts", "attachments", "drafts", "services")],
        "letters": Letter.objects.count(), "events": Entry.objects.count(),
    }


def _reviewed(of: Office) -> Application:
    return reviewed(of, assigned(of))


def _signed(of: Office) -> Application:
    return signed(of, assigned(of))


def tried(act: Callable[[], Any]) -> str | None:
    """The code of the refusal, None when the act took place."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        return refused.code
    return None


class History(RuleBasedStateMachine):
    """One application, from its arrival on or from further ahead."""

    of: Office

    @initialize(start=st.sampled_from(["in_person", "online", "letter", "assigned", "reviewed", "signed"]))
    def arrive(self, start: str) -> None:
        self.day = ON
        ahead = {"assigned": assigned, "reviewed": _reviewed, "signed": _signed}.get(start)
        self.case = ahead(self.of) if ahead else registered(
            self.of.where, by=SYSTEM, channel=start, arrived_on=ON, at=moment(ON))

    @rule(seed=SEEDS)
    def act(self, seed: int) -> None:
        dice = random.Random(seed)
        self.day += timedelta(days=dice.choice([0, 0, 0, 0, 0, 1, 2, 7, 30]))
        able = acts(self.of, self.case, self.day, dice)
        now = lawful(self.case.state) & set(able) - {Act.PUBLISH_DRAFT if self.case.state == State.ARCHIVED else None}
        out_of_turn = not now or dice.random() < 0.1
        choice = sorted(set(able) - lawful(self.case.state) if out_of_turn else now)
        before = picture(self.case)
        code = tried(able[dice.choices(choice, [OFTEN.get(act, 6) for act in choice])[0]])
        assert out_of_turn or code != "not-now", "the table allowed it"
        assert not (out_of_turn or code) or picture(self.case) == before, "what is refused changes nothing"
        self.case = fresh(self.case)

    @invariant()
    def closed_means_a_day_and_one_row(self) -> None:
        case = self.case
        assert (case.closed_on is not None) == (case.state in CLOSED)
        if case.state in CLOSED:
            assert report_row(case.answer_kind, "2021")
            assert report_row(case.answer_kind, "2019")
            assert case.closed_on >= case.arrived_on
        elif case.state != State.SIGNED:
            assert case.answer_kind == ""

    @invariant()
    def the_cached_dates_are_those_of_the_clock(self) -> None:
        if self.case.state in OPEN:
            cached = [getattr(self.case, field) for field in CLOCK_FIELDS]
            again = fresh(self.case)
            settle(again)
            assert [getattr(again, field) for field in CLOCK_FIELDS] == cached

    @invariant()
    def letters_are_numbered_without_a_gap(self) -> None:
        given = defaultdict(list)
        for prefix, year, serial in Letter.objects.filter(serial__isnull=False).order_by("serial").values_list(
            "prefix", "year", "serial",
        ):
            given[prefix, year].append(serial)
        assert all(serials == list(range(1, len(serials) + 1)) for serials in given.values())

    @invariant()
    def what_is_out_is_waited_for(self) -> None:
        out = self.case.consultations.filter(ended_on__isnull=True).count()
        over = self.case.state in {State.WITHDRAWN, State.ARCHIVED}
        assert over or (self.case.state == State.CONSULTING) == (out > 0)


def run(of: Office, examples: int, steps: int) -> None:
    History.of = of
    run_state_machine_as_test(History, settings=settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    ))


@pytest.fixture
def of(monkeypatch):
    monkeypatch.setattr(composing, "compose", lambda *_args, **_named: PAGES)
    return office()


def test_whatever_happens_the_register_stays_true(of):
    run(of, examples=14, steps=28)
    done = set(Entry.objects.values_list("kind", flat=True))
    assert {"applications.served", "applications.consulted", "applications.corrected"} <= done, "they lead somewhere"


def test_the_test_above_catches_a_clock_that_is_not_set(of, monkeypatch):
    from gongkai.applications.actions import taking

    monkeypatch.setattr(taking, "settle", lambda application: None)
    with pytest.raises(AssertionError):
        run(of, examples=5, steps=20)
