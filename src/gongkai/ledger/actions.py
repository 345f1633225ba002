"""The one way to write to the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction

from gongkai.infra import locks
from gongkai.ledger import chain
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry


class Recorder(Protocol):
    """Whoever acts: accounts.Actor, but the ledger does not need to know that."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


def record(
    event: Event, *, by: Recorder, at: datetime, subject_id: int | str | None = None, agency_id: int | None = None,
) -> Entry:
    """Append `event` to the chain, in the transaction of the action that it tells of.

    Raises RuntimeError outside a transaction, and ValueError for a time without a zone: both would record something
    that did not surely happen then.
    """
    if at.tzinfo is None:
        raise ValueError("the time of an event needs a zone")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its action")
    # The chain has one end, so writers take turns from here to their commit: actions record last.
    locks.serialise("ledger")
    last = Entry.objects.order_by("-sequence").values_list("sequence", "digest").first() or (0, chain.GENESIS)
    columns = (
        last[0] + 1, at.isoformat(), event.kind, event.subject_kind, str(subject_id if subject_id is not None else ""),
        agency_id, by.user_id, by.name, event.payload(), last[1],
    )
    names = (
        "sequence", "at", "kind", "subject_kind", "subject_id", "agency_id", "actor_id", "actor_name", "payload",
        "previous",
    )
    return Entry.objects.create(**dict(zip(names, columns, strict=True)), digest=chain.digest(*columns))
