"""How near the day is by which a publication must be out, for lists and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.calendars.queries import calendars_of
from gongkai.core.deadlines import urgency
from gongkai.core.workdays import Calendar
from gongkai.publications.kinds import Attribute
from gongkai.publications.models import Publication
from gongkai.publications.states import IN_WORK, State

SOON = 3  # working days that count as soon on the desk


@dataclass(frozen=True, slots=True)
class Chip:
    """How near a date is. `word` says it, `tone` colours it: late, today, soon, fine (days are left), still (no day is
    set), done, missed (`due_on` is the day it came out)."""

    tone: str
    word: str | Promise
    left: int = 0
    due_on: date | None = None
    provisional: bool = False


def with_chips(rows: Iterable[Publication], today: date) -> list[Publication]:
    """Each row with its `chip`; calendars are asked once for all agencies."""
    found = list(rows)
    calendars = calendars_of({row.agency_id: row.agency for row in found}.values())
    for row in found:
        row.chip = chip_of(row, today, calendars[row.agency_id])  # type: ignore[attr-defined]
    return found


def chip_of(row: Publication, today: date, calendar: Calendar) -> Chip:
    """How near the row's date is. What is in work counts before what stands."""
    latest = row.latest
    state = State(latest.state) if latest is not None else State.DRAFT
    if state not in IN_WORK:
        return _over(row, state)
    if latest is not None and latest.attribute in {Attribute.ON_REQUEST, Attribute.WITHHELD}:
        return Chip("still", _("拟不公开"))
    near, left = urgency(row.due_on, today, calendar)
    provisional = not row.due_settled
    if near == "stopped":
        return Chip("still", _("未起算"))
    if near == "overdue":
        return Chip("late", _("已逾期"), abs(left), row.due_on, provisional)
    if near == "due_today":
        return Chip("today", _("今天到期"), 0, row.due_on, provisional)
    return Chip("soon" if left <= SOON else "fine", _("还有"), left, row.due_on, provisional)


def _over(row: Publication, state: State) -> Chip:
    if state is State.FILED:
        return Chip("done", _("不公开，已登记"))
    if row.withdrawn_at is not None:
        return Chip("still", _("已撤下"))
    if row.published_on is None:
        return Chip("still", _("已作废"))
    if row.late_days:
        return Chip("missed", _("逾期公开"), row.late_days, row.published_on)
    return Chip("done", _("已公开"), 0, row.published_on)
