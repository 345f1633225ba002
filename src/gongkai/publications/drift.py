"""Cached due dates that are not what their facts give; in bounded memory."""

from __future__ import annotations

from gongkai.calendars.queries import calendar_of
from gongkai.core.workdays import Calendar
from gongkai.publications.due import DUE_FIELDS, settle
from gongkai.publications.models import Practice, Publication
from gongkai.publications.practices import practice_of
from gongkai.publications.states import IN_WORK

_CHUNK = 500


def drifted() -> list[Publication]:
    """Publications in work whose due date in lists is not that of their clock."""
    calendars: dict[int, Calendar] = {}
    practices: dict[int, Practice] = {}
    wrong = []
    rows = Publication.objects.filter(latest__state__in=IN_WORK).select_related("agency", "item", "latest")
    rows = rows.defer("latest__body", "latest__text", "latest__screening").order_by("pk")
    for row in rows.iterator(chunk_size=_CHUNK):
        if row.agency_id not in calendars:
            calendars[row.agency_id], practices[row.agency_id] = calendar_of(row.agency), practice_of(row.agency)
        before = [getattr(row, field) for field in DUE_FIELDS]
        settle(row, calendars[row.agency_id], practices[row.agency_id])
        if before != [getattr(row, field) for field in DUE_FIELDS]:
            wrong.append(row)
    return wrong
