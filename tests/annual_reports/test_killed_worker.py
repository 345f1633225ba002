"""A worker killed in the middle of a file: the file is read by the next one, and exactly once.

The kill is real: a process of its own gets SIGKILL between taking the item and writing its result.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from datetime import timedelta

import pytest
from django.db import connection
from tests.factories import AT, actor, agency, file_of, uploaded

from gongkai.annual_reports import actions
from gongkai.annual_reports.actions import reading
from gongkai.annual_reports.models import UploadItem
from gongkai.annual_reports.states import ItemState
from gongkai.core.report.samples import sample
from gongkai.ledger.queries import faults, timeline

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="forks as the worker does on Linux"),
]


def read_and_die(item_id: int) -> None:
    """In a child: read the item, and be killed at the moment when the reader is called."""
    inherited, connection.connection = connection.connection, None  # the parent's; kept, so that it is not closed
    reading.read_apart = lambda *_args, **_limits: os.kill(os.getpid(), signal.SIGKILL)
    actions.read(item_id=item_id, at=AT)
    del inherited


@pytest.fixture
def item(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    where = agency("青澜县民政局")
    batch = uploaded(actor(where), where, ("年报.json", file_of(sample(1, agency=where.name, year=2023))))
    item = batch.items.get()
    child = multiprocessing.get_context("fork").Process(target=read_and_die, args=(item.pk,))
    child.start()
    child.join(30)
    assert child.exitcode == -signal.SIGKILL
    return item


def state(item):
    return UploadItem.objects.values_list("state", flat=True).get(pk=item.pk)


def test_the_next_worker_reads_it_once(item):
    assert state(item) == ItemState.READING, "it was taken, and nothing came of it"
    assert actions.pick_up_stale(at=AT + timedelta(minutes=5)) == 1
    for _ in range(2):
        actions.read(item_id=item.pk, at=AT)
    assert state(item) == ItemState.READ
    assert [e.kind for e in timeline("upload_item", item.pk)] == ["annual_reports.retried", "annual_reports.read"]
    assert faults() == []


def test_the_test_above_catches_a_house_that_never_looks_again(item, settings):
    settings.GONGKAI_TASK_STALE_SECONDS = 10**8
    assert actions.pick_up_stale(at=AT + timedelta(minutes=5)) == 0
    actions.read(item_id=item.pk, at=AT)
    assert state(item) == ItemState.READING
