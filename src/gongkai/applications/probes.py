"""The applications' part of `gongkai doctor`: every cached date is computed anew and must not have drifted."""

from __future__ import annotations

from gongkai.applications.clock import CLOCK_FIELDS, settle
from gongkai.applications.models import Application
from gongkai.applications.states import OPEN
from gongkai.calendars.queries import calendar_of
from gongkai.core.workdays import Calendar
from gongkai.infra.health import THOROUGH, Probe


def drifted() -> list[Application]:
    """Open applications whose cached dates are not what their facts give."""
    calendars: dict[int, Calendar] = {}
    wrong = []
    rows = Application.objects.filter(state__in=OPEN).select_related("agency")
    rows = rows.prefetch_related("consultations", "extensions")
    for row in rows.iterator(chunk_size=1000):
        calendar = calendars.get(row.agency_id) or calendars.setdefault(row.agency_id, calendar_of(row.agency))
        before = [getattr(row, field) for field in CLOCK_FIELDS]
        settle(row, calendar)
        if before != [getattr(row, field) for field in CLOCK_FIELDS]:
            wrong.append(row)
    return wrong


def due_dates() -> Probe:
    """The due dates in lists are those of the clock."""
    wrong = drifted()
    count = Application.objects.filter(state__in=OPEN).count()
    if wrong:
        return Probe("due dates", False, f"{len(wrong)} 件申请的期限与办理记录不符，首件 {wrong[0].number}，请重新计算")
    return Probe("due dates", True, f"{count} 件在办申请的期限与办理记录一致")


THOROUGH.append(due_dates)
