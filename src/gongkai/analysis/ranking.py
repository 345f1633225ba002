"""Agencies in the order of one measure. Those without a value have no place, and it is said why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.analysis.population import One
from gongkai.analysis.ratios import Quotient
from gongkai.analysis.values import Table


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a ranked list. Equal values share a `rank`; `change` is against the year before, in the same unit."""

    rank: int | None
    agency: One
    quotient: Quotient
    before: Decimal | None
    change: Decimal | None
    series: list[tuple[int, Decimal | None]]
    report: int | None


def ranked(
    table: Table, agencies: Sequence[One], measure: str, year: int, *, ascending: bool = False,
) -> list[Place]:
    """Every agency: first those with a value in order, then those without in the order of the tree."""
    values = table.column(measure, year)
    ordered = sorted(values.values(), reverse=not ascending)
    ranks: dict[Decimal, int] = {}
    for rank, value in enumerate(ordered, start=1):
        ranks.setdefault(value, rank)
    places = [_place(table, one, measure, year, ranks) for one in agencies]
    return sorted(places, key=lambda place: (place.rank is None, place.rank or 0, place.agency.path))


def _place(table: Table, one: One, measure: str, year: int, ranks: dict[Decimal, int]) -> Place:
    quotient = table.at(one.id, year, measure)
    before = table.at(one.id, year - 1, measure).value
    rank = ranks[quotient.value] if quotient.value is not None else None
    change = quotient.value - before if quotient.value is not None and before is not None else None
    return Place(rank, one, quotient, before, change, table.series(one.id, measure), table.reports.get((one.id, year)))
