"""A web process killed at any moment of a submission: what was acknowledged is there, whole; the rest is sent again.

The kills are real: a process of its own takes applications in and says through a pipe what a page would say. It gets
SIGKILL at a random moment, or the kernel ends it at a random byte of its next write to the database's log: there the
window is between an answer and its commit, which a kill by the clock hardly ever meets.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from django.db import connection
from tests.applications.makers import AT, PDF, PERSON, submission
from tests.effort import times
from tests.factories import agency

from gongkai.applications import actions, codes, public
from gongkai.applications.actions import intake
from gongkai.applications.models import Application, Attachment
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import faults
from gongkai.vault.queries import open_file, personal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="forks as the server does on Linux"),
]
KILLS = times(100, short=30)  # a hundred in `.ci/run`
IN_A_ROW = 2        # applications that a process would take in if it lived
SHARED = 33_000     # below this size SQLite cannot even open its files


class Told(NamedTuple):
    """What somebody was told: keep this number and this code."""

    token: UUID
    number: str
    code: str


def content_of(token: UUID) -> str:
    return f"申请公开第{token.int % 9973}号救助资金台账"


def send(where, token: UUID) -> actions.Acknowledged:
    files = [actions_file(token)]
    return actions.submit(agency=where, submission=submission(content_of(token)), files=files, token=token, at=AT)


def actions_file(token: UUID):
    from gongkai.applications.submission import Incoming

    return Incoming("证.pdf", [PDF + token.bytes + b"%%EOF"])


def take_in(out: Connection, where, tokens: list[UUID], limit: int | None, plant: Callable | None) -> None:
    """In a child: take in one after the other, say so each time, until the end comes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
    out.send_bytes(b"ready")
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if plant is not None:
        plant(lambda token, number: out.send_bytes(json.dumps([str(token), number, codes.made(token)]).encode()))
    for token in tokens:
        done = send(where, token)
        if plant is None:
            out.send_bytes(json.dumps([str(token), done.application.number, done.code]).encode())
    os.kill(os.getpid(), signal.SIGKILL)  # it got through before its time: the end comes now


def pace(where, tokens: list[UUID]) -> tuple[float, int]:
    """How long a process takes for these on this machine now, and how many bytes it writes to SQLite's log."""
    send(where, UUID(int=1, version=4))  # what is loaded once is loaded
    connection.close()
    began = time.monotonic()
    for token in tokens:
        send(where, token)
    seconds = time.monotonic() - began
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    return seconds, log.stat().st_size if connection.vendor == "sqlite" else 0


def killed(where, tokens: list[UUID], *, after: float = 30, limit: int | None = None, plant: Callable | None = None,
           ) -> list[Told]:
    """Let a process work until it is killed; what it said before."""
    connection.close()  # the last one out empties the log: the child begins a new one, and ours recovers from it
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=take_in, args=(theirs, where, tokens, limit, plant))
    child.start()
    theirs.close()
    assert ours.recv_bytes() == b"ready"
    if limit is None:
        child.join(after)
        child.kill()
    child.join(30)
    assert child.exitcode in (-signal.SIGKILL, -signal.SIGXFSZ)
    told = []
    while True:
        try:
            token, number, code = json.loads(ours.recv_bytes())
        except EOFError:
            ours.close()
            return told
        told.append(Told(UUID(token), number, code))


def wrong_with(told: list[Told]) -> list[str]:
    """What an applicant who was told a number and a code does not find: the checker of both tests below."""
    wrong = []
    for one in told:
        found = public.tracked(one.number, one.code)
        if found is None or found.token != one.token:
            wrong.append(f"{one.number} is lost")
        elif found.content != content_of(one.token) or personal(found.identity)["id_number"] != PERSON["id_number"]:
            wrong.append(f"{one.number} is another")
        elif [open_file(held.sealed_file) for held in found.attachments.all()] != actions_file(one.token).chunks:
            wrong.append(f"{one.number} has lost its file")
        elif Entry.objects.filter(kind="applications.received", subject_id=str(found.pk)).count() != 1:
            wrong.append(f"{one.number} is not in the ledger")
    return wrong


def some(chance: random.Random) -> list[UUID]:
    return [UUID(int=chance.getrandbits(128), version=4) for _ in range(IN_A_ROW)]


def test_what_was_acknowledged_survives_many_kills_and_the_rest_is_sent_again():
    where, chance = agency("青澜县民政局"), random.Random(20260304)
    seconds, log = pace(where, sent := some(chance))
    told: list[Told] = []
    said_by: list[int] = []
    for n in range(KILLS):
        at = {"limit": SHARED + chance.randrange(log)} if log and n % 2 else {"after": chance.random() * seconds * 1.3}
        answers = killed(where, tokens := some(chance), **at)
        assert wrong_with(answers) == []
        assert Application.objects.filter(token__in=tokens).count() >= len(answers)
        sent += tokens
        told += answers
        said_by.append(len(answers))
    assert {0, 1} <= set(said_by), "some were killed before the first answer and some between two"
    assert wrong_with(told) == []
    answers = {token: send(where, token) for token in sent}
    for one in told:
        again = answers[one.token]
        assert (again.again, again.application.number, again.code) == (True, one.number, one.code)
    rows = Application.objects.filter(agency=where)
    assert rows.count() == Attachment.objects.count() == len(sent) + 1
    assert set(rows.values_list("token", flat=True)) >= set(sent)
    assert sorted(rows.values_list("number", flat=True)) == [f"2026-{n:04d}" for n in range(1, len(sent) + 2)]
    assert faults() == []


def answer_before_commit(acknowledge: Callable[[UUID, str], object]) -> None:
    """The planted fault: a house that says "received" while its transaction is still open."""
    record = intake.record

    def hasty(event, **named):
        entry = record(event, **named)
        acknowledge(Application.objects.get(pk=named["subject_id"]).token, event.number)
        return entry

    intake.record = hasty


def answer_and_die(acknowledge: Callable[[UUID, str], object]) -> None:
    """The same where the log is the server's: the process ends right after its answer."""
    answer_before_commit(acknowledge)
    hasty = intake.record
    intake.record = lambda event, **named: (hasty(event, **named), os.kill(os.getpid(), signal.SIGKILL))


def test_the_test_above_catches_an_answer_before_the_commit():
    where, chance = agency("青澜县民政局"), random.Random(1)
    _, log = pace(where, some(chance))
    told: list[Told] = []
    for _ in range(10):
        tokens = some(chance)
        if connection.vendor == "sqlite":
            told += killed(where, tokens, limit=SHARED + chance.randrange(log), plant=answer_before_commit)
        else:
            told += killed(where, tokens, limit=2**40, plant=answer_and_die)
    assert told
    assert [word for word in wrong_with(told) if word.endswith("is lost")]


def test_the_checker_knows_a_wrong_code_and_a_lost_file():
    where, token = agency("青澜县民政局"), UUID(int=7, version=4)
    done = send(where, token)
    told = Told(token, done.application.number, done.code)
    assert wrong_with([told]) == []
    assert wrong_with([told._replace(code="0000-0000-0000")]) == ["2026-0001 is lost"]
    Attachment.objects.all().delete()
    assert wrong_with([told]) == ["2026-0001 has lost its file"]
    with pytest.raises(Refused):
        codes.code_for(Application(number="x"))
