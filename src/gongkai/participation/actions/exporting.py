"""A list leaves the system: noted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.ledger.actions import record
from gongkai.participation.events import MessagesExported
from gongkai.participation.permissions import ParticipationPermission as P


@transaction.atomic
def note_export(*, by: Actor, agency: Agency | None, rows: int, form: str, at: datetime) -> None:
    """Note that a list of messages left the system. `agency` is None for a list over several. Raises Denied."""
    authorise(by, P.EXPORT, agency)
    record(MessagesExported(rows, form), by=by, at=at, agency_id=agency.pk if agency else None)
