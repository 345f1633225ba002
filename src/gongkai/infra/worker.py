"""The background worker: runs queued tasks, and between them the chores that domains have registered.

One thread, because reading forks (see annual_reports.isolation). Ends on SIGTERM or SIGINT after the task in hand, and
when its parent is gone, so that a killed server leaves no worker behind.
"""

from __future__ import annotations

import os
import signal
import threading
import time

import structlog
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from gongkai.infra.tasks import CHORES

POLL_SECONDS = 0.5
CHORE_SECONDS = 30.0
_BETWEEN_CHECKS = 20
log = structlog.get_logger(__name__)


def work(*, parent: int | None = None) -> None:
    """Work until told to stop; `parent` is the process whose end is ours too."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    chores_at = 0.0
    while not stop.is_set() and (parent is None or os.getppid() == parent):
        if time.monotonic() >= chores_at:
            do_chores()
            chores_at = time.monotonic() + CHORE_SECONDS
        if not run_waiting():
            stop.wait(POLL_SECONDS)


def run_waiting() -> int:
    """Run up to a handful of waiting tasks; returns how many."""
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=_BETWEEN_CHECKS, worker_id=f"gongkai-{os.getpid()}", excluded_queue_names=[],
    )
    worker.run()
    return worker._run_tasks


def do_chores() -> None:
    """Run every chore; one that fails is logged and does not stop the others."""
    for chore in CHORES:
        close_old_connections()
        try:
            chore()
        except Exception as error:
            log.error("chore failed", task=chore.__name__, error=type(error).__name__)
