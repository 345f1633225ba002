"""A group in one line for each measure: the sum, the middle, and how many agencies could be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.analysis.measures import Measure
from gongkai.analysis.outliers import median
from gongkai.analysis.population import One
from gongkai.analysis.ratios import Lacking, Quotient
from gongkai.analysis.values import Table


@dataclass(frozen=True, slots=True)
class Summary:
    """`whole` is the measure of all counted agencies together: Σ above ÷ Σ below, for a cell the sum. An agency of
    which nothing stands below the line has no ratio of its own and still counts in the whole. `lacking` says of the
    others why they have no number."""

    measure: Measure
    whole: Quotient
    middle: Decimal | None
    counted: int
    lacking: dict[Lacking, int]


def summaries(table: Table, agencies: Sequence[One], year: int) -> list[Summary]:
    """One for each measure of the table."""
    return [_summary(table, agencies, measure, year) for measure in table.measures]


def _summary(table: Table, agencies: Sequence[One], measure: Measure, year: int) -> Summary:
    quotients = [table.at(one.id, year, measure.key) for one in agencies]
    values = [q.value for q in quotients if q.value is not None]
    counted = [q for q in quotients if q.value is not None or q.lacking is Lacking.ZERO]
    lacking = Counter(q.lacking for q in quotients if q.lacking is not None)
    whole = _whole(measure, counted) if counted else Quotient(None, lacking=_mostly(lacking))
    return Summary(measure, whole, median(values) if values else None, len(values), dict(lacking))


def _mostly(lacking: Counter[Lacking]) -> Lacking:
    return lacking.most_common(1)[0][0] if lacking else Lacking.NO_REPORT


def _whole(measure: Measure, counted: list[Quotient]) -> Quotient:
    above = sum(q.above for q in counted if q.above is not None)
    if measure.ratio is None:
        return Quotient(Decimal(above), above)
    below = sum(q.below for q in counted if q.below is not None)
    if below <= 0:
        return Quotient(None, above, below, Lacking.ZERO)
    return Quotient(Decimal(above) * measure.ratio.per / Decimal(below), above, below)
