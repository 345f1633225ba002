"""A process that signs and serves, killed many times: nothing acknowledged is lost, nothing goes out twice.

The kills are real. A process of its own signs and serves, says so through a pipe as a page would, and gets SIGKILL:
before a statement of the database drawn by lot (begin and commit are statements too), or at a moment drawn by lot. The
pages of the letters are set beforehand, since setting them writes nothing; numbers, files and rows are the real ones.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connection
from tests.applications.made_replies import Office, assigned, events, moment, office, reviewed, signed
from tests.applications.makers import ON
from tests.effort import times

from gongkai.applications import actions, correspondence
from gongkai.applications.actions import service as service_actions
from gongkai.applications.models import Application, ReplyDraft, Service
from gongkai.applications.states import State
from gongkai.core.errors import Refused
from gongkai.ledger.queries import faults
from gongkai.letters import composing
from gongkai.letters.models import Letter
from gongkai.letters.queries import document

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="forks as the server does on Linux"),
]
SHORTEST = 0.12
KILLS = times(100, short=30)  # a hundred in `.ci/run`
SEED = 20260321
PAGES = composing.Made(b"PK docx of a reply" * 50, b"%PDF of a reply" * 50, None)
Ack = tuple[str, int, str]  # what, which application, its number or service
Plant = Callable[[Connection], None]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_before_statement(number: int) -> None:
    """SIGKILL before the n-th statement from now; SQLite tells of each, commits included."""
    counted = itertools.count(1)

    def tell(_statement: str) -> None:
        if next(counted) == number:
            die()

    connection.ensure_connection()
    connection.connection.set_trace_callback(tell)


def honest(_out: Connection) -> None:
    """Nothing is planted."""


def acknowledge_before_commit(out: Connection) -> None:
    """The planted fault: a house that says "served" while its transaction is open."""
    real = service_actions.record

    def early(event: Any, **named: Any) -> Any:
        out.send(("served", int(named["subject_id"]), ""))
        return real(event, **named)

    service_actions.record = early  # type: ignore[assignment]


def number_outside_the_transaction(_out: Connection) -> None:
    """The planted fault: the letter is issued by itself, before the act that it belongs to."""
    real, sign = correspondence.issue, actions.sign

    def apart(*, application: Application, **named: Any) -> ReplyDraft:
        letter = real(
            application, "reply_granted", by=named["by"], on=named["on"], at=named["at"],
            key=f"apart-{random.random()}", way="邮寄", time="随本答复",
        )
        correspondence.issue = lambda *_args, **_named: letter  # type: ignore[assignment]
        try:
            return sign(application=application, **named)
        finally:
            correspondence.issue = real

    actions.sign = apart


def sign_and_serve(out: Connection, of: Office, cases: list[int], at_statement: int, plant: Plant) -> None:
    """In a child: bring each case to its service, repeating what was perhaps done, and acknowledge each step."""
    inherited, connection.connection = connection.connection, None  # the parent's; kept, so that it is not closed
    plant(out)
    if at_statement:
        die_before_statement(at_statement)
    out.send(("ready", 0, ""))
    for pk in cases:
        case = Application.objects.get(pk=pk)
        try:
            draft = actions.sign(by=of.signatory, application=case, on=ON, at=moment(ON))
            out.send(("signed", pk, Letter.objects.get(pk=draft.letter_id).number))
        except Refused:
            pass  # signed by one of those before; the service is asked for again all the same
        service = actions.serve(by=of.clerk, application=case, way="post", on=ON, at=moment(ON))
        out.send(("served", pk, str(service.pk)))
    die()
    del inherited


@pytest.fixture
def of(monkeypatch):
    monkeypatch.setattr(composing, "compose", lambda *_args, **_named: PAGES)
    return office()


def killed(of: Office, cases: list[int], *, at_statement: int = 0, after: float = 30.0, plant: Plant = honest
           ) -> list[Ack]:
    """What a process acknowledged before it was killed."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=sign_and_serve, args=(theirs, of, cases, at_statement, plant))
    child.start()
    theirs.close()
    said = list(_said(ours, until="ready"))
    time.sleep(after if not at_statement else 0)
    if not at_statement:
        os.kill(child.pid, signal.SIGKILL)
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    return [*said, *_said(ours)]


def _said(pipe: Connection, until: str = "") -> Iterator[Ack]:
    while True:
        try:
            what, pk, which = pipe.recv()
        except EOFError:
            return
        if what == "ready":
            if until == "ready":
                return
        else:
            yield what, pk, which


def lost(acknowledged: list[Ack]) -> list[Ack]:
    """What was acknowledged and is not there, or is there differently."""
    rows = {row.pk: row for row in Application.objects.filter(pk__in={pk for _what, pk, _which in acknowledged})}
    services = dict(Service.objects.filter(reply=True).values_list("pk", "application_id"))
    there = {
        "signed": lambda pk, number: rows[pk].reply_number == number and rows[pk].signed_on == ON,
        "served": lambda pk, which: rows[pk].state == State.SERVED and rows[pk].closed_on == ON and (
            not which or services.get(int(which)) == pk),
    }
    return [ack for ack in acknowledged if not there[ack[0]](ack[1], ack[2])]


def wrong() -> list[str]:
    """What must not be, whoever was killed: numbers given twice, skipped or to nothing; something sent twice."""
    found = []
    letters = list(Letter.objects.filter(kind="reply_granted").order_by("serial"))
    if [letter.serial for letter in letters] != list(range(1, len(letters) + 1)):
        found.append("numbers are not consecutive")
    owners = dict(ReplyDraft.objects.filter(letter_id__isnull=False).values_list("letter_id", "application_id"))
    found += [f"{letter.number} belongs to no reply" for letter in letters if letter.pk not in owners]
    found += [f"{letter.number} has lost its file" for letter in letters if document(letter, "pdf") != PAGES.pdf]
    for case in Application.objects.all():
        told = [event.kind for event in events(case)]
        signed_here = case.state in {State.SIGNED, State.SERVED}
        for kind, there in (("signed", signed_here), ("served", case.state == State.SERVED)):
            if told.count(f"applications.{kind}") != int(there):
                found.append(f"{case.number}: {kind} is told {told.count(f'applications.{kind}')} times")
        if case.services.count() != int(case.state == State.SERVED):
            found.append(f"{case.number} was served {case.services.count()} times")
        if list(owners.values()).count(case.pk) != int(signed_here):
            found.append(f"{case.number} has not one letter")
    return [*found, *map(str, faults())]


def test_many_kills_lose_nothing_and_send_nothing_twice(of):
    dice, acknowledged, waiting = random.Random(SEED), [], []
    window = SHORTEST  # seconds; a machine that is busy is given longer, until some acts come through again
    for kill in range(KILLS):
        if len(waiting) < 2:
            waiting += [reviewed(of, assigned(of)).pk for _ in range(2)]
        by_statement = connection.vendor == "sqlite" and kill % 5
        said = killed(
            of, waiting[:2], **({"at_statement": dice.randint(1, 75)} if by_statement else
                                {"after": dice.uniform(0, window)}))
        acknowledged += said
        if not by_statement:
            window = max(SHORTEST, window * (0.8 if said else 1.1))
        assert lost(said) == []
        done = {pk for what, pk, _which in acknowledged if what == "served"}
        waiting = [pk for pk in waiting if pk not in done]
    assert lost(acknowledged) == []
    assert wrong() == []
    assert len({pk for what, pk, _which in acknowledged if what == "served"}) >= 5, "the killing leaves room to work"
    numbers = [which for what, _pk, which in acknowledged if what == "signed"]
    assert len(numbers) == len(set(numbers))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite tells of every statement before it runs")
@pytest.mark.parametrize(("plant", "ready", "first", "shows"), [
    (acknowledge_before_commit, signed, 8, "served"),
    (number_outside_the_transaction, reviewed, 20, "belongs to no reply"),
])
def test_the_test_above_catches_a_planted_fault(of, plant, ready, first, shows):
    """The same kills and the same check, statement after statement, until the fault shows."""
    case = ready(of, assigned(of)).pk
    for statement in range(first, first + 45):
        said = killed(of, [case], at_statement=statement, plant=plant)
        found = [*(what for what, _pk, _which in lost(said)), *wrong()]
        if found:
            assert any(shows in fault for fault in found)
            return
        if Application.objects.get(pk=case).state == State.SERVED:
            case = ready(of, assigned(of)).pk
    pytest.fail("the planted fault was not caught")
