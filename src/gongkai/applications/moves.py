"""Open cases whose date moves when the calendar changes: shown before a year is adopted, recorded when it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.applications.clock import CLOCK_FIELDS, settle
from gongkai.applications.models import Application
from gongkai.applications.states import OPEN
from gongkai.calendars import queries as calendars
from gongkai.core.workdays import Calendar, YearArrangement

FIELDS = CLOCK_FIELDS


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


def _changed(calendar_of: Callable[[Agency], Calendar]) -> Iterator[Move]:
    known: dict[int, Calendar] = {}
    rows = Application.objects.filter(state__in=OPEN).select_related("agency")
    rows = rows.prefetch_related("consultations", "extensions")
    for row in rows.order_by("agency_id", "due_on", "pk").iterator(chunk_size=500):
        calendar = known.get(row.agency_id) or known.setdefault(row.agency_id, calendar_of(row.agency))
        before, was = row.due_on, row.due_status
        settle(row, calendar)
        if (row.due_on, row.due_status) != (before, was):
            yield Move(row, before, row.due_on, was == "settled", row.due_status == "settled")
