"""Open cases whose date moves when the calendar changes: shown before a year is adopted, recorded when it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.applications.clock import CLOCK_FIELDS, settle
from gongkai.applications.models import Application
from gongkai.applications.states import OPEN
from gongkai.calendars import queries as calendars
from gongkai.core.workdays import Calendar, YearArrangement

FIELDS = CLOCK_FIELDS
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Move:
    """An open case before and after. `application` carries the new dates, not saved."""

    application: Application
    before: date | None
    after: date | None
    settled_before: bool
    settled_after: bool


def preview(parsed: YearArrangement) -> list[Move]:
    """What would move if `parsed` were adopted; nothing is written."""
    return list(_changed(lambda agency: calendars.with_arrangement(parsed, calendars.region_of(agency))))


def after_adoption() -> Iterator[Move]:
    """What has moved with the calendar in force."""
    return _changed(calendars.calendar_of)


def held(found: Iterable[Move]) -> list[Move]:
    """The same moves with their rows locked and as they are now: somebody may have acted on a case meanwhile.

    Inside the caller's transaction. Locked in the order of their keys, as everybody does who locks several.
    """
    keys, moves = sorted(move.application.pk for move in found), []
    for at in range(0, len(keys), _BATCH):
        rows = Application.objects.select_for_update(of=("self",)).filter(pk__in=keys[at:at + _BATCH]).order_by("pk")
        moves += _changed(calendars.calendar_of, rows)
    return moves


def hold_open() -> None:
    """Lock every open case until the surrounding transaction ends, so that no act is under way on one of them."""
    list(Application.objects.select_for_update().filter(state__in=OPEN).order_by("pk").values_list("pk"))


def _changed(
    calendar_of: Callable[[Agency], Calendar], cases: QuerySet[Application] | None = None,
) -> Iterator[Move]:
    known: dict[int, Calendar] = {}
    rows = Application.objects.order_by("agency_id", "due_on", "pk") if cases is None else cases
    rows = rows.filter(state__in=OPEN).select_related("agency").prefetch_related("consultations", "extensions")
    for row in rows.iterator(chunk_size=_BATCH):
        calendar = known.get(row.agency_id) or known.setdefault(row.agency_id, calendar_of(row.agency))
        before, was = row.due_on, row.due_status
        settle(row, calendar)
        if (row.due_on, row.due_status) != (before, was):
            yield Move(row, before, row.due_on, was == "settled", row.due_status == "settled")
