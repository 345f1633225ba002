"""The same law written a second time, as plainly as can be: one day after another, with another calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import chinese_calendar

DAY = timedelta(days=1)
KNOWN_THROUGH = date(2026, 12, 31)


@cache
def works(day: date) -> bool:
    """Whether offices work, by `chinesecalendar`; Monday to Friday where it does not know."""
    return chinese_calendar.is_workday(day) if day <= KNOWN_THROUGH else day.weekday() < 5


def nth_workday(start: date, n: int) -> date:
    day = start
    while n:
        day += DAY
        n -= works(day)
    return day


def due(start: date, days: int, pauses: Iterable[tuple[date, date]] = ()) -> date:
    """Walk from the day after `start`; a working day counts unless it lies in a pause (sent, ended]."""
    spans = list(pauses)
    day = start
    while days:
        day += DAY
        if works(day) and not any(sent < day <= ended for sent, ended in spans):
            days -= 1
    return day
