"""Which links of a published text lead nowhere: noted when that changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.ledger.actions import record
from gongkai.publications.events.desk import LinksNoted
from gongkai.publications.models import DeadLink, Publication
from gongkai.publications.permissions import PublicationPermission as P


@transaction.atomic
def note_links(
    *, by: Actor, publication: Publication, dead: Mapping[str, tuple[str, int | None]], at: datetime,
) -> int:
    """Keep what was found of a publication's links (address → reason, status); how many are dead.

    A link that was dead before keeps its first day; one that answers again is forgotten. Raises Denied.
    """
    authorise(by, P.RULES, publication)
    rows = DeadLink.objects.filter(publication=publication)
    mended, _each = rows.exclude(url__in=list(dead)).delete()
    known = {row.url: row for row in rows}
    for url, (reason, status) in dead.items():
        row = known.get(url) or DeadLink(publication=publication, url=url, since=at)
        row.reason, row.status, row.checked_at = reason, status, at
        row.save()
    new = len(set(dead) - set(known))
    if new or mended:
        record(LinksNoted(new, mended), by=by, at=at, subject_id=publication.pk, agency_id=publication.agency_id)
    return len(dead)
