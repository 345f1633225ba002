"""How near a due date is. Computed when asked, never stored."""

from __future__ import annotations

from datetime import date
from typing import Literal

from gongkai.core.deadlines.facts import DEFAULT, Conventions, Deadline
from gongkai.core.workdays import Calendar

Urgency = Literal["overdue", "due_today", "soon", "fine", "stopped"]


def urgency(
    due: Deadline | date | None, today: date, calendar: Calendar, conventions: Conventions = DEFAULT,
) -> tuple[Urgency, int]:
    """How near, and the working days left: today is not counted, the due day is. Negative once it is overdue."""
    due_on = due.due_on if isinstance(due, Deadline) else due
    if due_on is None:
        return "stopped", 0
    left = calendar.count(today, due_on)
    if due_on < today:
        return "overdue", left
    if due_on == today:
        return "due_today", 0
    return ("soon" if left <= conventions.soon_days else "fine"), left
