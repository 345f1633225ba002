"""Whether a day that somebody states can be: not to come, not before what it follows, in the order of the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from gongkai.applications.clock import facts_of
from gongkai.applications.models import Application
from gongkai.calendars.queries import calendar_of, conventions
from gongkai.core.deadlines import check_order

today_at = localdate  # the office's day at a moment


def check(application: Application, at: datetime, **new: Any) -> None:
    """Hold new facts of the clock (fields of core.deadlines.Facts) against those of the case.

    Raises Refused with the article: see `core.deadlines.check_order`.
    """
    # A delayed date and an extension were right when they were set; what moved the clock since does not undo them.
    facts = replace(facts_of(application), **({"delayed_to": None, "extended_on": None} | new))
    check_order(facts, today_at(at), calendar_of(application.agency), conventions())


def started_on(application: Application) -> date:
    """The day from which the case is worked on: receipt, or what started the clock again since."""
    days = (application.received_on or application.arrived_on, application.corrected_on, application.paid_on)
    return max(day for day in days if day is not None)


def late_by(application: Application, due_on: date | None, on: date) -> int:
    """Working days by which a day lies after the due date, 0 when it does not."""
    return 0 if due_on is None or on <= due_on else calendar_of(application.agency).count(due_on, on)
