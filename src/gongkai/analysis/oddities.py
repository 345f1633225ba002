"""Odd numbers among agencies of one kind, and among an agency's own years, each with the reason why it is odd.

Agencies are held against those of their kind only: a bureau that receives a hundred applications is not odd beside a
government office. Ratios of few cases are left out (`outliers.LEAST_BASE`), and counts are compared with an agency's
own years only, since offices differ in size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.analysis.measures import Measure
from gongkai.analysis.outliers import LEAST_BASE, Odd, odd_ones
from gongkai.analysis.population import One
from gongkai.analysis.ratios import Quotient
from gongkai.analysis.values import Table


class Against(StrEnum):
    """What a number is held against."""

    PEERS = "peers"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Oddity:
    """An odd number: whose, of which year and measure, and what is usual."""

    agency: One
    year: int
    measure: Measure
    quotient: Quotient
    odd: Odd[int]
    against: Against


def among_peers(table: Table, agencies: Sequence[One], year: int) -> list[Oddity]:
    """Ratios that are odd among agencies of the same kind in one year, the farthest first."""
    kinds: dict[str, dict[int, One]] = defaultdict(dict)
    for one in agencies:
        kinds[one.kind][one.id] = one
    found = []
    for measure in table.measures:
        if measure.ratio is None:
            continue
        for members in kinds.values():
            quotients = {key: table.at(key, year, measure.key) for key in members}
            for odd in odd_ones(_fit(quotients)):
                found.append(Oddity(members[odd.key], year, measure, quotients[odd.key], odd, Against.PEERS))
    return _far_first(found)


def among_years(table: Table, agencies: Sequence[One], year: int | None = None) -> list[Oddity]:
    """Numbers that are odd among an agency's own years; `year` asks for that year's alone."""
    found = []
    for one in agencies:
        for measure in table.measures:
            quotients = {at: table.at(one.id, at, measure.key) for at in table.years}
            for odd in odd_ones(_fit(quotients)):
                if year is None or odd.key == year:
                    found.append(Oddity(one, odd.key, measure, quotients[odd.key], odd, Against.YEARS))
    return _far_first(found)


def _fit(quotients: dict[int, Quotient]) -> dict[int, Decimal]:
    """Those that can be compared: with a value, and not of a handful of cases."""
    return {
        key: q.value for key, q in quotients.items()
        if q.value is not None and (q.below is None or q.below >= LEAST_BASE)
    }


def _far_first(found: list[Oddity]) -> list[Oddity]:
    return sorted(found, key=lambda o: (-abs(o.odd.score), o.agency.path, o.measure.key, o.year))
