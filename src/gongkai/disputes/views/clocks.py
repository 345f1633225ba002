"""The clocks of a case as its page tells them: how near, whose they are, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.core.deadlines import Deadline, urgency
from gongkai.core.workdays import Calendar
from gongkai.disputes.clock import Clock, Words
from gongkai.disputes.models import Proceeding, Rehandling
from gongkai.disputes.states import STAGE_NAMES, Stage
from gongkai.publications.chips import SOON, Chip

_WHOSE = {"body": gettext_lazy("审理机关"), "applicant": gettext_lazy("申请人")}


@dataclass(frozen=True, slots=True)
class Told:
    """A clock with its name, whose it is where that is not the organ's, and how near it is; no chip while it cannot be
    computed."""

    name: Words
    of: str
    chip: Chip | None
    deadline: Deadline


def told(clocks: Sequence[Clock], rows: Sequence[Proceeding], today: date, calendar: Calendar) -> list[Told]:
    """The clocks of a case: those of the organ that run stand first, then the others, then what is over."""
    by_position = {row.position: row for row in rows}
    several = len(rows) > 1
    found = []
    for clock in clocks:
        row = by_position.get(int(position)) if (position := clock.key.rpartition("-")[2]).isdecimal() else None
        at = row if not clock.key.startswith("rehandling") else None
        of = [_(STAGE_NAMES[Stage(at.stage)])] if at is not None and several else []
        of += [str(_WHOSE[clock.whose])] if clock.whose in _WHOSE else []
        found.append(Told(clock.name, "　".join(of), _chip(clock, at, today, calendar), clock.deadline))
    return sorted(found, key=lambda one: _ORDER.get(one.chip.tone, 3) if one.chip else 4)


_ORDER = {"late": 0, "today": 0, "soon": 1, "fine": 1, "still": 2, "done": 5, "missed": 5}


def _chip(clock: Clock, row: Proceeding | None, today: date, calendar: Calendar) -> Chip | None:
    due = clock.deadline.due_on
    provisional = clock.deadline.status == "provisional"
    if clock.met_on is not None:
        if clock.whose == "organ" and due is not None and clock.met_on > due:
            return Chip("missed", _("超过期限"), 0, clock.met_on)
        return Chip("done", _("已办") if clock.whose == "organ" else _("已审结"), 0, clock.met_on)
    if due is None:
        return None
    if row is not None and row.decided_on is not None:  # decided before it was answered: withdrawn, not accepted
        return Chip("still", _("不再计算，原定"), 0, due)
    if clock.whose != "organ" or clock.key == "appeal":  # a right that ends, not a duty that is late
        running = _("审理中") if clock.whose == "body" else _("还没有过")
        return Chip("still", _("已过") if due < today else running, 0, due, provisional)
    return near(due, today, calendar, provisional=provisional)


def near(due: date, today: date, calendar: Calendar, *, provisional: bool = False) -> Chip:
    """How near a day is by which the organ must do something."""
    how, left = urgency(due, today, calendar)
    if how == "overdue":
        return Chip("late", _("已逾期"), abs(left), due, provisional)
    if how == "due_today":
        return Chip("today", _("今天到期"), 0, due, provisional)
    return Chip("soon" if left <= SOON else "fine", _("还有"), left, due, provisional)


def duty_chip(duty: Rehandling, today: date, calendar: Calendar) -> Chip:
    """How a duty to reply anew stands."""
    if duty.done_on is not None:
        late = duty.done_on > duty.due_on
        return Chip("missed" if late else "done", _("逾期重新答复") if late else _("已重新答复"), 0, duty.done_on)
    if duty.lifted_on is not None:
        return Chip("done", _("已解除"), 0, duty.lifted_on)
    return near(duty.due_on, today, calendar, provisional=duty.due_status == "provisional")
