"""Random histories of a register through the real acts: after every act the tables are what a ledger kept beside says.

The ledger knows of each case three things, written down when an act took place: when it was received, when it ended and
how. Everything else follows from counting with a pencil.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.applications.made_replies import ANSWERS, Office, moment, office, person, served
from tests.applications.makers import registered
from tests.applications.test_intake import PIECES
from tests.effort import times
from tests.factories import SYSTEM

from gongkai.applications import actions
from gongkai.applications.models import Application
from gongkai.applications.states import State
from gongkai.compilations.figures import compute, listed
from gongkai.compilations.figures.records import counted
from gongkai.compilations.reach import own
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS as KINDS
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.letters import composing

pytestmark = pytest.mark.django_db
FIRST = date(2025, 11, 3)
YEARS = (2025, 2026, 2027)
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other")
CONFIRMED = frozenset({"online", "letter", "fax"})
SEEDS = st.integers(0, 2**32)


@dataclass(frozen=True)
class Line:
    """A case in the ledger beside."""

    kind: str
    received: date | None
    ended: date | None = None
    how: str = ""


class History(RuleBasedStateMachine):
    """A register over some fourteen months."""

    of: Office

    @initialize()
    def begin(self) -> None:
        self.day, self.lines = FIRST, {}
        for seed in range(3):
            self.arrives(seed)

    @rule(seed=SEEDS)
    def happens(self, seed) -> None:
        """One draw a step: drawn piece by piece, some histories would hold one kind of act alone."""
        dice = random.Random(seed)
        acts = {
            self.arrives: 5, self.time_passes: 6, self.is_confirmed: 3, self.is_asked_to_correct_and_does_or_not: 4,
            self.is_answered: 4, self.is_withdrawn: 2, self.is_divided: 2, self.is_extended: 1, self.is_archived: 2,
            self.is_put_right: 1,
        }
        dice.choices(list(acts), list(acts.values()))[0](dice.randrange(2**32))

    def tried(self, act) -> bool:
        """Whether it took place."""
        try:
            with transaction.atomic():
                act()
        except Refused:
            return False
        return True

    def one(self, dice, *states) -> Application | None:
        rows = list(Application.objects.filter(pk__in=self.lines, state__in=states).order_by("pk"))
        return dice.choice(rows) if rows else None

    def put(self, case, **known) -> None:
        self.lines[case.pk] = replace(self.lines[case.pk], **known)

    def arrives(self, seed) -> None:
        dice = random.Random(seed)
        channel, kind = dice.choice(["in_person", "post", "online", "letter"]), dice.choice(COLUMNS)
        case = registered(
            self.of.where, by=SYSTEM, channel=channel, kind=kind, arrived_on=self.day, at=moment(self.day),
        )
        self.lines[case.pk] = Line(kind, None if channel in CONFIRMED else self.day)

    def time_passes(self, seed) -> None:
        self.day += timedelta(days=random.Random(seed).choice([1, 3, 9, 25, 60]))

    def is_confirmed(self, seed) -> None:
        case = self.one(random.Random(seed), State.RECEIVED)
        if case is not None and self.tried(lambda: actions.confirm(
            by=self.of.clerk, application=case, on=self.day, how="phone", at=moment(self.day),
        )):
            self.put(case, received=self.day)

    def is_asked_to_correct_and_does_or_not(self, seed) -> None:
        """A correction moves the clock and no count; one that never comes ends the case."""
        dice = random.Random(seed)
        asked = self.one(dice, State.REGISTERED, State.ASSIGNED)
        waiting = self.one(dice, State.CORRECTION)
        if waiting is not None and dice.random() < 0.7:
            if dice.random() < 0.5:
                self.tried(lambda: actions.correct(
                    by=self.of.clerk, application=waiting, on=self.day, content="2025年", at=moment(self.day)))
            elif self.tried(lambda: actions.lapse_correction(
                by=self.of.clerk, application=waiting, on=self.day, at=moment(self.day),
            )):
                self.put(waiting, ended=self.day, how="other_uncorrected")
        elif asked is not None:
            self.tried(lambda: actions.ask_correction(
                by=self.of.clerk, application=asked, what="请写明年度", on=self.day, at=moment(self.day)))

    def is_answered(self, seed) -> None:
        dice = random.Random(seed)
        case, kind = self.one(dice, State.REGISTERED, State.ASSIGNED), dice.choice(sorted(ANSWERS))

        def answer() -> None:
            if case.state == State.REGISTERED:
                actions.assign(by=self.of.clerk, application=case, section=self.of.section,
                               handler=person(self.of.clerk), at=moment(self.day))
            served(self.of, case, kind, day=self.day)

        if case is not None and self.tried(answer):
            self.put(case, ended=self.day, how=KINDS[kind].row)

    def is_withdrawn(self, seed) -> None:
        dice = random.Random(seed)
        case = self.one(dice, State.RECEIVED, State.REGISTERED, State.CORRECTION, State.ASSIGNED)
        if case is not None and dice.random() < 0.5 and self.tried(lambda: actions.withdraw(
            by=self.of.clerk, application=case, reason="电话撤回", on=self.day, at=moment(self.day),
        )):
            self.put(case, ended=self.day, how="other_rest")

    def is_divided(self, seed) -> None:
        """The whole counts no more; each piece does, from the day on which the whole was received."""
        case = self.one(random.Random(seed), State.RECEIVED, State.REGISTERED, State.ASSIGNED)
        if case is not None and self.tried(lambda: actions.split(
            by=self.of.clerk, application=case, pieces=PIECES, reason="两件事", on=self.day, at=moment(self.day),
        )):
            line = self.lines.pop(case.pk)
            self.lines |= dict.fromkeys(case.pieces.values_list("pk", flat=True), line)

    def is_extended(self, seed) -> None:
        case = self.one(random.Random(seed), State.ASSIGNED)
        if case is not None:
            self.tried(lambda: actions.decide_extension(
                by=self.of.head, approved=True, on=self.day, at=moment(self.day),
                extension=actions.propose_extension(
                    by=self.of.clerk, application=case, days=10, reason="材料多", on=self.day, at=moment(self.day))))

    def is_archived(self, seed) -> None:
        case = self.one(random.Random(seed), State.SERVED, State.LAPSED, State.WITHDRAWN)
        if case is not None:
            self.tried(lambda: actions.archive(
                by=self.of.clerk, application=case, on=self.day, at=moment(self.day)))

    def is_put_right(self, seed) -> None:
        dice = random.Random(seed)
        case, kind = self.one(dice, *State), dice.choice(COLUMNS)
        if case is not None and self.tried(lambda: actions.mend(
            by=self.of.clerk, application=case, values={"applicant_kind": kind}, reason="选错", at=moment(self.day),
        )):
            self.put(case, kind=kind)

    @invariant()
    def the_tables_are_those_of_the_ledger_beside(self) -> None:
        for year in YEARS:
            for form_id in FORM_IDS:
                cells = compute(own(self.of.where, year), form_id)
                expected = _count(self.lines.values(), year, form_id)
                said = {c: f.value for c, f in cells.items() if c.startswith("t3.") and f.value and ".total" not in c
                        and ".closed." not in c}
                assert said == expected, (year, form_id)
                for identity in form(form_id).identities:
                    assert sum(cells[c].value for c in identity.left) == sum(cells[c].value for c in identity.right)

    @invariant()
    def what_one_year_leaves_the_next_takes_up(self) -> None:
        for year in YEARS[:-1]:
            out, into = (
                listed(own(self.of.where, at), "2021", cell).records.values_list("pk", flat=True)
                for at, cell in ((year, "t3.carried_out.total"), (year + 1, "t3.carried_in.total")))
            assert set(out) == set(into)

    @invariant()
    def every_record_stands_where_its_facts_put_it(self) -> None:
        for record in counted(own(self.of.where, 2026), "2021"):
            line = self.lines[record.key]
            assert record.cells == tuple(_cells(line, 2026, "2021"))


def _count(lines, year, form_id) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        for cell in _cells(line, year, form_id):
            found[cell] = found.get(cell, 0) + 1
    return found


def _cells(line: Line, year: int, form_id: str) -> list[str]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if line.received is None or line.received > last or (line.ended is not None and line.ended < first):
        return []
    how = line.how if line.ended is not None and line.ended <= last else "carried_out"
    if form_id == "2019" and how.startswith("other_"):
        how = "other"
    return [f"t3.{row}.{line.kind}" for row in ("new" if line.received >= first else "carried_in", how)]


def run(of: Office, examples: int, steps: int) -> None:
    History.of = of
    run_state_machine_as_test(History, settings=settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    ))


@pytest.fixture
def of(monkeypatch):
    monkeypatch.setattr(composing, "compose", lambda *_args, **_named: composing.Made(b"docx", b"pdf", None))
    return office()


def test_whatever_happens_the_tables_are_the_register(of, monkeypatch):
    monkeypatch.setattr(History, "__init__", _own_office(iter(range(100))))
    run(of, examples=times(7, short=5), steps=24)
    states = set(Application.objects.values_list("state", flat=True))
    assert {State.SPLIT, State.WITHDRAWN, State.REGISTERED} <= states, "the histories lead somewhere"
    assert Application.objects.filter(closed_on__isnull=False).exclude(state=State.WITHDRAWN).exists()


def _own_office(names):
    made = RuleBasedStateMachine.__init__

    def begin(self) -> None:
        made(self)
        self.of = office(f"青澜县第{next(names)}局")

    return begin


def test_the_test_above_catches_a_correction_that_is_counted_anew(of, monkeypatch):
    from gongkai.applications import figures

    right = figures._counted

    def wrong(rows, *by):
        return right(rows.exclude(correction_asked_on__isnull=False), *by)

    monkeypatch.setattr(figures, "_counted", wrong)
    monkeypatch.setattr(History, "__init__", _own_office(iter(range(100, 200))))
    with pytest.raises(AssertionError):
        run(of, examples=6, steps=24)
