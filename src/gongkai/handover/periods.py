"""The periods for which batches are owed: half months, months, quarters. No Django."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Frequency(StrEnum):
    """How often an office hands over; local rules differ (twice a month, monthly, quarterly)."""

    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


FREQUENCY_NAMES: dict[Frequency, str] = {
    Frequency.HALF_MONTHLY: "每半月", Frequency.MONTHLY: "每月", Frequency.QUARTERLY: "每季度",
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """How the office calls it: 2026年3月上半月, 2026年3月, 2026年第1季度."""
        year, month = self.first.year, self.first.month
        if (self.last - self.first).days > 31:
            return f"{year}年第{(month - 1) // 3 + 1}季度"
        if self.first.day == 1 and self.last.day == _last(year, month):
            return f"{year}年{month}月"
        return f"{year}年{month}月{'上' if self.first.day == 1 else '下'}半月"


def period_of(day: date, frequency: str) -> Period:
    """The period in which a day lies. Raises ValueError for an unknown frequency."""
    match Frequency(frequency):
        case Frequency.HALF_MONTHLY if day.day <= 15:
            return Period(day.replace(day=1), day.replace(day=15))
        case Frequency.HALF_MONTHLY:
            return Period(day.replace(day=16), day.replace(day=_last(day.year, day.month)))
        case Frequency.MONTHLY:
            return Period(day.replace(day=1), day.replace(day=_last(day.year, day.month)))
        case Frequency.QUARTERLY:
            month = (day.month - 1) // 3 * 3 + 1
            return Period(date(day.year, month, 1), date(day.year, month + 2, _last(day.year, month + 2)))


def ended(frequency: str, since: date, today: date) -> Iterator[Period]:
    """The periods that began on or after the one of `since` and are over before `today`, oldest first."""
    period = period_of(since, frequency)
    while period.last < today:
        yield period
        period = period_of(period.last + timedelta(days=1), frequency)


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
