"""What the desk does beside the life of a publication: a list leaves the house, links are watched or not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.ledger.actions import record
from gongkai.publications.events.desk import LinkWatchSet, ListExported
from gongkai.publications.models import DeadLink, LinkWatch
from gongkai.publications.permissions import PublicationPermission as P


@transaction.atomic
def note_export(*, by: Actor, agency: Agency | None, rows: int, form: str, at: datetime) -> None:
    """Note that the list left the system. `agency` is None for a list over several. Raises Denied."""
    authorise(by, P.EXPORT, agency)
    record(ListExported(rows, form), by=by, at=at, agency_id=agency.pk if agency else None)


@transaction.atomic
def watch_links(*, by: Actor, agency: Agency, on: bool, at: datetime) -> LinkWatch:
    """Let the links of an agency's published texts be looked at, or no longer. Raises Denied.

    Off by default: it is the one thing of the program that calls other hosts.
    """
    authorise(by, P.RULES, agency)
    watch, _new = LinkWatch.objects.get_or_create(agency=agency)
    if watch.on != on:
        watch.on = on
        watch.save(update_fields=["on"])
        if not on:
            DeadLink.objects.filter(publication__agency=agency).delete()
        record(LinkWatchSet(on), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk)
    return watch
