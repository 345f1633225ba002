"""A web process killed at any moment of an upload: what was acknowledged is there, whole; the rest can be sent again.

The kill is real: a process of its own takes a batch in, says so through a pipe as a page would, and gets SIGKILL.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.factories import AT, actor, agency, file_of, read_all

from gongkai.annual_reports import actions
from gongkai.annual_reports.actions import intake
from gongkai.annual_reports.models import UploadBatch, UploadItem
from gongkai.annual_reports.states import ItemState
from gongkai.core.report.samples import sample
from gongkai.files import store
from gongkai.ledger.queries import faults

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="forks as the server does on Linux"),
]
DATA = file_of(sample(1, agency="青澜县民政局", year=2023))


def die(*_args: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before_the_bytes(_acknowledge: Callable[[], object]) -> None:
    intake.keep = die


def between_bytes_and_rows(_acknowledge: Callable[[], object]) -> None:
    intake._register = die


def between_rows_and_commit(_acknowledge: Callable[[], object]) -> None:
    intake.record = die


def after_the_answer(_acknowledge: Callable[[], object]) -> None:
    """Nothing is put in the way: the process ends after it has acknowledged."""


def answer_before_commit(acknowledge: Callable[[], object]) -> None:
    """The planted fault: a house that says "received" while its transaction is still open."""
    intake.record = lambda *_args, **_named: (acknowledge(), die())


def take_in_and_die(out: Connection, plant: Callable, by, where, token: UUID) -> None:
    """In a child: upload, acknowledge, end by SIGKILL."""
    inherited, connection.connection = connection.connection, None  # the parent's; kept, so that it is not closed
    plant(lambda: out.send(str(token)))
    actions.upload(by=by, agency=where, files=[actions.Incoming("年报.json", [DATA])], at=AT, token=token)
    out.send(str(token))
    die()
    del inherited


@pytest.fixture
def office(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    where = agency("青澜县民政局")
    return actor(where), where


def killed(office, plant: Callable) -> tuple[UUID, bool]:
    """The token sent, and whether the sender was told that it had been received."""
    token = uuid4()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=take_in_and_die, args=(theirs, plant, *office, token))
    child.start()
    theirs.close()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    try:
        return token, ours.recv() == str(token)
    except EOFError:
        return token, False


def kept(token: UUID) -> bool:
    """The batch is there, and its bytes are those that were sent."""
    item = UploadItem.objects.filter(batch__token=token).select_related("file").first()
    return item is not None and store.read(item.file.sha256) == DATA


@pytest.mark.parametrize("plant", [before_the_bytes, between_bytes_and_rows, between_rows_and_commit])
def test_what_was_not_acknowledged_is_not_half_there_and_can_be_sent_again(office, plant):
    token, acknowledged = killed(office, plant)
    assert (acknowledged, UploadBatch.objects.count(), UploadItem.objects.count()) == (False, 0, 0)
    by, where = office
    again = actions.upload(by=by, agency=where, files=[actions.Incoming("年报.json", [DATA])], at=AT, token=token)
    assert kept(token)
    assert [item.state for item in read_all(again)] == [ItemState.READ]
    assert faults() == []


def test_what_was_acknowledged_is_there_and_read_by_the_next_process(office):
    token, acknowledged = killed(office, after_the_answer)
    assert acknowledged
    assert kept(token)
    assert [item.state for item in read_all(UploadBatch.objects.get())] == [ItemState.READ]
    assert faults() == []


def test_the_test_above_catches_an_answer_before_the_commit(office):
    token, acknowledged = killed(office, answer_before_commit)
    assert acknowledged
    assert not kept(token)
