"""How long a closed case is kept (Regulations, Art. 45: 归档).

The Regulations set no period and the archive rules leave it to each organ's own schedule: the years are settings. The
period runs from the first day of the year after closing, as archive periods do; that too is practice [?].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """Years to keep a case: `years` as a rule, `disputed_years` when it went to reconsideration or to court."""

    years: int = 10
    disputed_years: int = 30


@dataclass(frozen=True, slots=True)
class Retention:
    """`last_day`: the last day on which the file must still be there."""

    years: int
    last_day: date
    sentence: str


def retention(closed_on: date, *, disputed: bool = False, settings: RetentionSettings | None = None) -> Retention:
    """How long a case closed on a day is kept. Raises ValueError when the settings keep it for no year at all."""
    rules = settings or RetentionSettings()
    years = max(rules.years, rules.disputed_years) if disputed else rules.years
    if years < 1:
        raise ValueError(years)
    last = date(closed_on.year + years, 12, 31)
    why = "涉及行政复议或者行政诉讼" if disputed else "一般案卷"
    span = f"自 {closed_on.year + 1} 年 1 月 1 日起算，到 {last.year} 年 12 月 31 日止"
    return Retention(years, last, f"{why}，保管 {years} 年，{span}。")


def may_be_destroyed(kept: Retention, on: date) -> bool:
    """True when the period is over on a day. Destroying still needs an appraisal and a decision by the office."""
    return on > kept.last_day
