"""The calendar feed (ICS) of due dates, for the calendar program of a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from gongkai.accounts.actor import Actor
from gongkai.applications.dues import from_above
from gongkai.applications.models import Application, CalendarFeed
from gongkai.applications.states import OPEN, STATE_NAMES, State

MOST = 1000
_WAITING = {State.CORRECTION: "补正期限", State.CONSULTING: "征求意见期限", State.FEE: "缴费期限"}


def feed_at(nonce: str) -> CalendarFeed:
    """The feed of an address. Raises DoesNotExist, which is a 404."""
    return CalendarFeed.objects.select_related("user").get(nonce=nonce)


def feed_of(user_id: int) -> CalendarFeed | None:
    """The feed that a person has opened."""
    return CalendarFeed.objects.filter(user_id=user_id).first()


def due_dates(actor: Actor, at: datetime) -> bytes:
    """Open applications of `actor`, and the dates of rooms above, as all-day events: number, state and date, nothing
    about the applicant."""
    calendar = Calendar()
    calendar.add("prodid", "-//gongkai//due dates//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "依申请公开期限")
    rows = Application.objects.visible_to(actor).filter(state__in=OPEN, due_on__isnull=False).order_by("due_on", "pk")
    for row in rows[:MOST]:
        assert row.due_on is not None
        provisional = "（暂定）" if row.due_status == "provisional" else ""
        what = f"{row.number} 答复期限{provisional}"
        calendar.add_component(_event(f"reply-{row.pk}", what, STATE_NAMES[State(row.state)], row.due_on, at))
        waiting = _WAITING.get(State(row.state))
        if waiting and row.waits_until:
            calendar.add_component(
                _event(f"wait-{row.pk}-{row.state}", f"{row.number} {waiting}", waiting, row.waits_until, at)
            )
    for about, dues, _count in from_above(actor, None, MOST):
        for one in dues:
            provisional = "（暂定）" if one.provisional else ""
            calendar.add_component(_event(one.key, f"{one.number} {one.what}{provisional}", about, one.due_on, at))
    return calendar.to_ical()


def _event(key: str, summary: str, description: str, on: date, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@gongkai")
    event.add("dtstamp", at)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event
