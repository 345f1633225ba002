"""The clock itself, without words: where it starts, what is taken out, where it ends.

    due = the (20 + extended)-th working day after the start that lies in no pause (Art. 33)

Pauses are joined first, so that overlapping ones count once and a pause that was cut in two counts as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.core.deadlines.facts import DEFAULT, Conventions, Facts, Pause, needs_confirmation
from gongkai.core.workdays import Calendar

REPLY_DAYS = 20  # Art. 33: working days to reply, and at most as many more
CORRECTION_DAYS = 7  # Art. 30
CONSULTATION_DAYS = 15  # Arts. 32 and 34
PAYMENT_DAYS = 20  # 国办函〔2020〕109号

_DAY = timedelta(days=1)


class Start(StrEnum):
    """What the period runs from."""

    RECEIPT = "receipt"
    CORRECTION = "correction"
    PAYMENT = "payment"


class Waits(StrEnum):
    """Why no clock runs."""

    CONFIRMATION = "confirmation"
    CORRECTION = "correction"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Stop:
    """A joined pause that counts: the days in (after, through], of which `workdays` are taken out."""

    after: date
    through: date
    workdays: int
    open: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A running clock. `start` is not counted; `due` is where it ends without Art. 35."""

    start: date
    by: Start
    days: int
    stops: tuple[Stop, ...]
    due: date


def received_on(facts: Facts) -> date | None:
    """The day of receipt (Art. 31); None while a channel that needs it is unconfirmed."""
    return facts.confirmed if needs_confirmation(facts.channel) else facts.arrived


def waits(facts: Facts) -> Waits | None:
    """What the clock waits for, None when it runs."""
    if received_on(facts) is None:
        return Waits.CONFIRMATION
    if facts.correction_asked is not None and facts.corrected is None:
        return Waits.CORRECTION
    if facts.fee_noticed is not None and facts.paid is None:
        return Waits.PAYMENT
    return None


def run(facts: Facts, calendar: Calendar, conventions: Conventions = DEFAULT) -> Run | None:
    """Run the clock; None while it waits."""
    if waits(facts) is not None:
        return None
    start, by = _start(facts, conventions)
    days = REPLY_DAYS + facts.extended
    due = calendar.add(start, days)
    stops: list[Stop] = []
    for after, through, is_open in _joined(facts.pauses, calendar, conventions) if facts.pauses else ():
        if after >= due:
            break  # joined pauses are in order: this one and all later ones begin when the time is over
        after = max(after, start)
        if through > after:
            workdays = calendar.count(after, through)
            due = calendar.add(due, workdays)
            stops.append(Stop(after, through, workdays, is_open))
    return Run(start, by, days, tuple(stops), due)


def pause_end(pause: Pause, calendar: Calendar, conventions: Conventions = DEFAULT) -> date:
    """The day on which a consultation ends: the opinion's, or the end of its time where that comes first or nothing
    has come."""
    if pause.ended is None:
        return pause.due or calendar.add(pause.sent, conventions.consultation_days)
    if pause.due is not None and pause.ended > pause.due and not conventions.late_opinion_pauses:
        return max(pause.due, pause.sent)
    return pause.ended


def paused(pause: Pause, calendar: Calendar, conventions: Conventions = DEFAULT) -> tuple[date, date]:
    """The days (after, through] that a consultation takes out; `through` may lie before `after`: none."""
    through = pause_end(pause, calendar, conventions)
    if conventions.arrival_day_runs and through == pause.ended:
        through -= _DAY
    return (pause.sent - _DAY if conventions.pause_from_sending_day else pause.sent), through


def _start(facts: Facts, conventions: Conventions) -> tuple[date, Start]:
    """The latest event that starts the period, and the day before its first day."""
    received = received_on(facts)
    assert received is not None
    start, by = received, Start.RECEIPT
    if facts.corrected is not None and facts.corrected >= start:
        start, by = facts.corrected, Start.CORRECTION
    if facts.paid is not None and facts.paid >= start:
        start, by = facts.paid, Start.PAYMENT
    if by is Start.PAYMENT:
        return (start if conventions.day_after_payment_is_first else start + _DAY), by
    return (start - _DAY if conventions.receipt_day_counts else start), by


def _joined(
    pauses: tuple[Pause, ...], calendar: Calendar, conventions: Conventions,
) -> list[tuple[date, date, bool]]:
    """The pauses as intervals (after, through] in order, those that touch made one."""
    spans = []
    for pause in pauses:
        after, through = paused(pause, calendar, conventions)
        if through > after:
            is_open = pause.ended is None
            # Without a recorded time the opinion may still come after every other one, and then it moves the end.
            endless = is_open and (pause.due is None or conventions.late_opinion_pauses)
            spans.append((after, through, is_open, endless))
    spans.sort()
    joined: list[tuple[date, date, bool, bool]] = []
    for after, through, is_open, endless in spans:
        if joined and after <= joined[-1][1]:
            first, last, was_open, was_endless = joined[-1]
            # Open is what ends the joined pause: inside a longer closed one, one that has its time moves nothing.
            ends_open = is_open if through > last else was_open if through < last else is_open and was_open
            joined[-1] = (first, max(last, through), ends_open, was_endless or endless)
        else:
            joined.append((after, through, is_open, endless))
    return [(first, last, is_open or endless) for first, last, is_open, endless in joined]
