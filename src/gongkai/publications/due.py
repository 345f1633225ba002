"""By when a publication must be out: its recorded facts to `core.deadlines.publish_due`, kept for lists (Art. 26)."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.calendars.queries import calendar_of
from gongkai.catalogue.clocks import limits_of
from gongkai.catalogue.models import Item
from gongkai.core.catalogue.limits import Limit
from gongkai.core.deadlines import Deadline, PublishFacts, publish_due
from gongkai.core.workdays import Calendar
from gongkai.publications.kinds import Attribute, Kind
from gongkai.publications.models import Edition, Practice, Publication
from gongkai.publications.practices import practice_of
from gongkai.publications.states import IN_WORK

DUE_FIELDS = ("due_on", "due_settled")
# What a limit "of administrative decisions" in an item's words is about.
_DECISIONS = frozenset({Kind.LICENCE, Kind.PENALTY})


def running(publication: Publication) -> Edition | None:
    """The edition whose time runs: the one in work that is meant for the public, or not yet decided."""
    latest = publication.latest
    if latest is None or latest.state not in IN_WORK:
        return None
    return latest if (latest.decided_attribute or latest.attribute) in {"", Attribute.ACTIVE} else None


def facts_of(publication: Publication, edition: Edition, practice: Practice) -> PublishFacts | None:
    """The facts of its clock; None while nobody knows when the information was formed."""
    formed = edition.formed_on or edition.signed_on
    if formed is None:
        return None
    return PublishFacts(
        formed_on=formed, changed_on=publication.changed_on, signed_on=edition.signed_on,
        limits=tuple(_limits(publication.item, publication.kind)),
        own_days_after_signing=practice.days_after_signing,
    )


def deadline_of(publication: Publication, calendar: Calendar | None = None, practice: Practice | None = None,
                ) -> Deadline | None:
    """By when its edition in work must be out, with the steps for the page. None where no time runs."""
    edition = running(publication)
    if edition is None:
        return None
    facts = facts_of(publication, edition, practice or practice_of(publication.agency))
    return None if facts is None else publish_due(facts, calendar or calendar_of(publication.agency))


def settle(publication: Publication, calendar: Calendar | None = None, practice: Practice | None = None,
           ) -> Deadline | None:
    """Set the cached due date from the facts; the caller saves. What is out keeps the date that it went out under."""
    deadline = deadline_of(publication, calendar, practice)
    if deadline is not None:
        publication.due_on, publication.due_settled = deadline.due_on, deadline.status == "settled"
    elif running(publication) is not None or publication.first_published_at is None:
        publication.due_on, publication.due_settled = None, True
    return deadline


def _limits(item: Item | None, kind: str) -> Iterable[Limit]:
    """The limits of a catalogue item that are about this kind of thing."""
    if item is None:
        return ()
    return [limit for limit in limits_of(item) if not limit.of_what or kind in _DECISIONS]
