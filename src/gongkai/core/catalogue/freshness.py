"""Whether an item is kept up to date: by its mode, its period and the day of its last publication.

The numbers of irregular items are those by which government websites are checked (国办秘函〔2019〕19号): columns of
news within two weeks, notices and policy within six months. The yearly review of permanent items is our reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NEWS_DAYS = 14


class State(StrEnum):
    """How an item stands."""

    FRESH = "fresh"
    SOON = "soon"
    STALE = "stale"
    EMPTY = "empty"


_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_NAMES = {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"}


@dataclass(frozen=True, slots=True)
class FreshnessRule:
    """When an item needs a new publication. `mode` is permanent, periodic or irregular; `fresh_days` wins over it.
    `due_day` is the day of the period (from 1) by which a periodic item is due, None for its last day."""

    mode: str
    period: str = ""
    fresh_days: int | None = None
    due_day: int | None = None
    review_months: int = 12   # permanent items
    notice_months: int = 6    # irregular items
    soon_days: int = 7        # from how many days before it is due an item is called near


@dataclass(frozen=True, slots=True)
class Freshness:
    """How an item stands, by when it needs a publication (None while it has none), and why, in a sentence."""

    state: State
    due_on: date | None
    why: str


def freshness(rule: FreshnessRule, last: date | None, on: date) -> Freshness:
    """How an item stands on a day whose last publication or review was on `last`.

    Raises ValueError for a mode or period that does not exist, and for lengths below one.
    """
    _check(rule)
    if last is None:
        return Freshness(State.EMPTY, None, "还没有公开过任何信息")
    due, needs = _due(rule, last)
    if on > due:
        return Freshness(State.STALE, due, f"{needs}，上次是{last.isoformat()}，已超过 {(on - due).days} 天")
    left = (due - on).days
    state = State.SOON if left <= rule.soon_days else State.FRESH
    return Freshness(state, due, f"{needs}，上次是{last.isoformat()}，还有 {left} 天")


def _check(rule: FreshnessRule) -> None:
    if rule.mode not in {"permanent", "periodic", "irregular"}:
        raise ValueError(f"no such mode: {rule.mode}")
    if rule.period and rule.period not in _MONTHS:
        raise ValueError(f"no such period: {rule.period}")
    lengths = (rule.fresh_days, rule.due_day, rule.review_months, rule.notice_months)
    if any(length is not None and length < 1 for length in lengths):
        raise ValueError("a length is at least one")


def _due(rule: FreshnessRule, last: date) -> tuple[date, str]:
    if rule.fresh_days is not None:
        return last + timedelta(days=rule.fresh_days), f"每 {rule.fresh_days} 天至少更新一次"
    if rule.mode == "permanent":
        return add_months(last, rule.review_months), f"长期公开，每 {rule.review_months} 个月至少核对一次"
    if rule.mode == "periodic":
        period = rule.period or "year"
        first = next_period(last, period)
        end = add_months(first, _MONTHS[period]) - timedelta(days=1)
        due = end if rule.due_day is None else min(first + timedelta(days=rule.due_day - 1), end)
        return due, f"定期公开，{_NAMES[period]}一次"
    return add_months(last, rule.notice_months), f"随时公开，每 {rule.notice_months} 个月至少更新一次"


def next_period(day: date, period: str) -> date:
    """The first day of the month, quarter, half-year or year after the one that `day` lies in."""
    months = _MONTHS[period]
    begun = (day.year * 12 + day.month - 1) // months * months + months
    return date(begun // 12, begun % 12 + 1, 1)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where that month is shorter."""
    reached = day.year * 12 + day.month - 1 + months
    first = date(reached // 12, reached % 12 + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))
