"""What rooms above know of applications, and what must follow there. They register here when they start.

    from gongkai.applications import following
    following.DISPUTES_OF.append(hook)

Every hook of a write is called inside its transaction, before the ledger is held; one that fails undoes the act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from gongkai.accounts.actor import Actor
from gongkai.applications.models import Application, RegisterImport
from gongkai.core.registers.entry import Dispute, Entry

Pairs = Sequence[tuple[Application, Entry]]


class Moving(Protocol):
    """Puts cached dates right after the calendar changed; how many moved."""

    def __call__(self, *, by: Actor, source: str, at: datetime) -> int: ...


# A register was taken over: given the import and, a batch at a time, each new row with its entry.
IMPORTED: list[Callable[[RegisterImport, Pairs], None]] = []
# The reconsiderations and suits of applications by their keys, in the order in which they came.
DISPUTES_OF: list[Callable[[Sequence[int]], Mapping[int, Sequence[Dispute]]]] = []
# Before a year is adopted: lock what the calendar may move. And then: move it.
HOLDING: list[Callable[[], None]] = []
MOVING: list[Moving] = []


def imported(taken: RegisterImport, pairs: Pairs) -> None:
    """Tell every room above of a batch of rows that came with a register."""
    for hook in IMPORTED:
        hook(taken, pairs)


def disputes_of(applications: Iterable[Application]) -> dict[int, tuple[Dispute, ...]]:
    """The reconsiderations and suits of each of these that has any."""
    keys = [application.pk for application in applications]
    found: dict[int, list[Dispute]] = defaultdict(list)
    for hook in DISPUTES_OF:
        for key, disputes in hook(keys).items():
            found[key] += disputes
    return {key: tuple(disputes) for key, disputes in found.items()}


def disputed(application: Application) -> bool:
    """Whether an application went to reconsideration or to court."""
    return bool(disputes_of([application]))


def hold() -> None:
    """Lock what the calendar may move in rooms above, before the first event."""
    for hook in HOLDING:
        hook()


def move_dates(*, by: Actor, source: str, at: datetime) -> int:
    """Move what the calendar has moved in rooms above; how many dates."""
    return sum(hook(by=by, source=source, at=at) for hook in MOVING)
