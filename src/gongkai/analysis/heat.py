"""A heat table: agencies down, measures or years across. Each number is printed; its tint only repeats where it stands.

A tint is the fifth of the whole group in which a number lies, for one column alone: a page shows the same tints as the
whole list. A column with fewer than outliers.LEAST different agencies has none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.analysis.measures import Measure
from gongkai.analysis.outliers import LEAST
from gongkai.analysis.population import One
from gongkai.analysis.ratios import Quotient
from gongkai.analysis.values import Table

STEPS = 5


@dataclass(frozen=True, slots=True)
class Square:
    """One number of the table. `step` is 1 (lowest fifth) to 5, 0 without a tint."""

    quotient: Quotient
    step: int
    measure: str
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """One agency of the table."""

    agency: One
    squares: list[Square]


@dataclass(frozen=True, slots=True)
class Column:
    """A measure in a year, with every value of the group in order."""

    measure: str
    year: int
    ordered: list[Decimal]

    def step(self, value: Decimal | None) -> int:
        """The fifth in which a value lies; equal values lie in the same one."""
        if value is None or len(self.ordered) < LEAST or self.ordered[0] == self.ordered[-1]:
            return 0
        middle = bisect_left(self.ordered, value) + bisect_right(self.ordered, value)
        return min(STEPS, middle * STEPS // (2 * len(self.ordered)) + 1)


def columns(table: Table) -> list[Column]:
    """Every measure in every year of the table, of which some agency has a value."""
    every = [
        Column(measure.key, year, sorted(table.column(measure.key, year).values()))
        for measure in table.measures for year in table.years
    ]
    return [column for column in every if column.ordered]


def without(table: Table) -> list[Measure]:
    """The measures of which no agency has a value in any year: the page names them instead of an empty column."""
    known = {column.measure for column in columns(table)}
    return [measure for measure in table.measures if measure.key not in known]


def lines(table: Table, agencies: Sequence[One], across: Sequence[Column]) -> list[Line]:
    """The lines of some agencies: of a page, or of the whole list."""
    return [Line(one, [_square(table, one, column) for column in across]) for one in agencies]


def _square(table: Table, one: One, column: Column) -> Square:
    quotient = table.at(one.id, column.year, column.measure)
    return Square(quotient, column.step(quotient.value), column.measure, column.year)
