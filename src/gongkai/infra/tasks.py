"""Background work behind one door.

No other module imports the task library: when Django's own tasks (6.0) replace it, this file changes and nothing
else. In tests tasks run at once; elsewhere they are rows in the same database, so that a task queued in a
transaction exists exactly when the transaction's own rows do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django_tasks import task as _task
from django_tasks import task_backends
from django_tasks.base import Task

task = _task

# What the worker does between tasks, every half minute. Domains above register here when they start.
CHORES: list[Callable[[], object]] = []


def queue(job: Task[Any, Any], *arguments: int | str) -> None:
    """Queue `job` with this transaction.

    The database queue writes a row now (it commits or vanishes with the work itself); a backend that runs at once
    waits for the commit, for a job must never see rows that may yet be undone.
    """
    if _keeps_rows():
        job.enqueue(*arguments)
    else:
        transaction.on_commit(_later(job, arguments))


def forget_finished() -> None:
    """A chore: drop the rows of tasks that ended a day ago or more; what they did stands in the ledger."""
    if _keeps_rows():
        call_command("prune_db_task_results", min_age_days=1, verbosity=0)


CHORES.append(forget_finished)


def _keeps_rows() -> bool:
    backend = task_backends["default"]
    return type(backend).__module__.startswith("django_tasks_db")


def _later(job: Task[Any, Any], arguments: tuple[int | str, ...]) -> Callable[[], None]:
    def enqueue() -> None:
        job.enqueue(*arguments)

    return enqueue
