"""Applications beyond reason (Regulations, Art. 35; Art. 42 for the fee): counting, and what the count allows.

The Regulations name no number. The thresholds are settings; the monthly default is the number up to which the fee
measures charge nothing. A count over a threshold decides nothing: it lets the office ask for reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ExcessSettings:
    """More than this many applications of one applicant in a calendar month or year may be beyond reason [?]."""

    per_month: int = 10
    per_year: int = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """Applications of one applicant in the calendar month and year of a day, up to and including that day."""

    month: int
    year: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`exceeds`: the office may ask for reasons; `over` names what is over ("month", "year"); `sentence` says it."""

    exceeds: bool
    over: tuple[str, ...]
    sentence: str


def count(received: Iterable[date], on: date) -> Counts:
    """Count an applicant's applications by the days on which they were received."""
    this_year = [day for day in received if day.year == on.year and day <= on]
    return Counts(sum(1 for day in this_year if day.month == on.month), len(this_year))


def judge(counts: Counts, settings: ExcessSettings | None = None) -> Verdict:
    """Whether the counts allow asking for reasons, in words for the clerk."""
    rules = settings or ExcessSettings()
    said = f"该申请人本月 {counts.month} 件，本年 {counts.year} 件。"
    parts: list[str] = []
    over: list[str] = []
    if counts.month > rules.per_month:
        over.append("month")
        parts.append(f"超过每月 {rules.per_month} 件")
    if counts.year > rules.per_year:
        over.append("year")
        parts.append(f"超过每年 {rules.per_year} 件")
    if not over:
        return Verdict(False, (), f"{said}没有超过设定的件数（每月 {rules.per_month} 件，每年 {rules.per_year} 件）。")
    return Verdict(
        True, tuple(over),
        f"{said}{'，'.join(parts)}。可以要求申请人说明理由（第三十五条）；是否明显超过合理范围，由本机关逐件判断。",
    )
