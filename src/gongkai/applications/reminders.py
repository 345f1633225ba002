"""Which dates are near: read from the cached dates of open applications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from gongkai.applications.models import Application, Reminder
from gongkai.applications.states import OPEN, State
from gongkai.calendars.queries import calendar_for

SOON = 3            # working days before a date, a custom of offices rather than a rule
UNCONFIRMED = 1     # working days after which an unconfirmed arrival is spoken of (Art. 31: on the day)

_WAITING = {State.CORRECTION: "correction", State.CONSULTING: "opinion", State.FEE: "payment"}


@dataclass(frozen=True, slots=True)
class Near:
    """A date of an application: what it is for and how near it is (soon, today, overdue)."""

    application: Application
    what: str
    on: date
    stage: str


def dates_near(today: date) -> Iterator[Near]:
    """Every date that has come near and was not spoken of yet. Local holidays move "soon" by days, never a date."""
    calendar = calendar_for()
    soon = calendar.add(today, SOON)
    rows = Application.objects.filter(state__in=OPEN).select_related("agency")
    for application in _unspoken(rows.filter(due_on__lte=soon), "reply", "due_on", today):
        assert application.due_on is not None
        yield Near(application, "reply", application.due_on, stage(application.due_on, today))
    for state, what in _WAITING.items():
        waiting = rows.filter(state=state, waits_until__lte=soon)
        for application in _unspoken(waiting, what, "waits_until", today):
            assert application.waits_until is not None
            yield Near(application, what, application.waits_until, stage(application.waits_until, today))
    old = rows.filter(state=State.RECEIVED, arrived_on__lte=calendar.subtract(today, UNCONFIRMED))
    spoken = Reminder.objects.filter(application=OuterRef("pk"), what="confirm")
    for application in old.filter(~Exists(spoken)):
        yield Near(application, "confirm", application.arrived_on, "overdue")


def stage(due_on: date, today: date) -> str:
    """soon, today or overdue."""
    return "overdue" if due_on < today else "today" if due_on == today else "soon"


def _unspoken(rows, what: str, column: str, today: date):  # type: ignore[no-untyped-def]
    """Without those that were spoken of at their present stage: the table of reminders is asked once, not per row."""
    said = Reminder.objects.filter(application=OuterRef("pk"), what=what, due_on=OuterRef(column))
    return rows.exclude(
        Q(Exists(said.filter(stage="overdue")), **{f"{column}__lt": today})
        | Q(Exists(said.filter(stage="today")), **{column: today})
        | Q(Exists(said.filter(stage="soon")), **{f"{column}__gt": today})
    )
