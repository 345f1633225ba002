"""A process that publishes, killed many times: what it acknowledged is public and found, and nothing is half out.

The kills are real. A process of its own publishes, says so through a pipe as a page would, and gets SIGKILL: before a
statement of the database drawn by lot, or, on PostgreSQL, at a moment drawn by lot.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import signal
import sys
import time
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connection
from tests.effort import times
from tests.publications.makers import Bureau, bureau, moment, signed, told

from gongkai.core.errors import Refused
from gongkai.ledger.queries import faults
from gongkai.publications import actions
from gongkai.publications.actions import publishing
from gongkai.publications.models import Edition, Publication
from gongkai.publications.states import State
from gongkai.search import index
from gongkai.search.entry import Query

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="forks as the server does on Linux"),
]
KILLS = times(40, short=20)
SEED = 20260304
FIRST, LAST = 15, 90  # statements of one publishing between which it is killed


def die_before_statement(number: int) -> None:
    """SIGKILL before the n-th statement from now; SQLite tells of each, commits included."""
    counted = itertools.count(1)

    def tell(_statement: str) -> None:
        if next(counted) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.ensure_connection()
    connection.connection.set_trace_callback(tell)


def acknowledge_before_commit(out: Connection) -> None:
    """The planted fault: a house that says "published" while its transaction is open."""
    real = publishing.record

    def early(event: Any, **named: Any) -> Any:
        out.send(int(named["subject_id"]))
        return real(event, **named)

    publishing.record = early  # type: ignore[assignment]


def honest(_out: Connection) -> None:
    """Nothing is planted."""


def publish_all(
    out: Connection, of: Bureau, editions: list[int], at_statement: int, plant: Callable[..., None],
) -> None:
    """In a child: publish each, repeating what was perhaps done, and acknowledge each."""
    inherited, connection.connection = connection.connection, None  # the parent's; kept, so that it is not closed
    plant(out)
    if at_statement:
        die_before_statement(at_statement)
    out.send(0)
    for pk in editions:
        edition = Edition.objects.select_related("publication__agency").get(pk=pk)
        with suppress(Refused):  # published by one of those before
            actions.publish(by=of.publisher, edition=edition, at=moment())
        out.send(edition.publication_id)
    os.kill(os.getpid(), signal.SIGKILL)
    del inherited


def killed(of: Bureau, editions: list[int], *, at_statement: int = 0, after: float = 0,
           plant: Callable[..., None] = honest) -> list[int]:
    """What a process acknowledged before it was killed."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=publish_all, args=(theirs, of, editions, at_statement, plant))
    child.start()
    theirs.close()
    said: list[int] = []
    try:
        if not at_statement:
            ours.recv()
            time.sleep(after)
            os.kill(child.pid or 0, signal.SIGKILL)
        while True:
            said.append(ours.recv())
    except EOFError:
        child.join(60)
    assert child.exitcode == -signal.SIGKILL
    return [one for one in said if one]


def found() -> set[int]:
    return {hit.key for hit in index.search(Query(text="", size=100)).hits}


def lost(acknowledged: list[int]) -> list[int]:
    """What was acknowledged and is not public, or is not found."""
    public = set(Publication.objects.published().values_list("pk", flat=True))
    return [pk for pk in acknowledged if pk not in public & found()]


def half_done() -> list[str]:
    """What must not be, whoever was killed."""
    wrong = []
    for publication in Publication.objects.select_related("latest"):
        out = publication.latest is not None and publication.latest.state == State.PUBLISHED
        marks = {
            "row": publication.is_public, "number": publication.index_number is not None,
            "search": publication.pk in found(), "ledger": told(publication.pk).count("published") == 1,
        }
        wrong += [f"{publication.pk}: {name} says {not out}" for name, said in marks.items() if said != out]
    serials = sorted(int(n[-5:]) for n in Publication.objects.values_list("index_number", flat=True) if n)
    if serials != list(range(1, len(serials) + 1)):
        wrong.append("numbers are not consecutive")
    return [*wrong, *map(str, faults())]


def test_many_kills_lose_nothing_and_leave_nothing_half_out():
    of, dice = bureau(), random.Random(SEED)
    acknowledged: list[int] = []
    waiting: list[int] = []
    window = 0.3  # seconds; a machine that is busy is given longer, until some acts come through again
    for _kill in range(KILLS):
        while len(waiting) < 2:
            waiting.append(signed(of).pk)
        how: dict[str, Any] = {"after": dice.uniform(0, window)}
        if connection.vendor == "sqlite":
            how = {"at_statement": dice.randint(1, 90)}
        said = killed(of, waiting, **how)
        window = window * (0.9 if said else 1.2)
        acknowledged += said
        assert lost(said) == []
        waiting = list(Edition.objects.filter(pk__in=waiting, state=State.SIGNED).values_list("pk", flat=True))
    assert lost(acknowledged) == []
    assert half_done() == []
    assert len(set(acknowledged)) >= 3, "the killing leaves room to work"


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite tells of every statement before it runs")
def test_the_test_above_catches_an_early_acknowledgement():
    of = bureau()
    waiting: list[int] = []

    def acknowledged(statement: int) -> list[int]:
        if not Edition.objects.filter(pk__in=waiting, state=State.SIGNED).exists():
            waiting[:] = [signed(of).pk]
        return killed(of, waiting, at_statement=statement, plant=acknowledge_before_commit)

    # The commit is near the first statement before which anything is acknowledged: what is long before is not walked.
    near = FIRST + bisect_left(range(FIRST, LAST), True, key=lambda statement: bool(acknowledged(statement)))
    for statement in range(near - 10, LAST):
        if lost(acknowledged(statement)):
            return
    pytest.fail("the planted fault was not caught")
