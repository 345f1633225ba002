"""The values of measures for many agencies and years at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import AgencyQuerySet
from gongkai.analysis import reading, records
from gongkai.analysis.measures import Measure, in_form
from gongkai.analysis.ratios import RECORD_NAMES, Lacking, Quotient
from gongkai.annual_reports.models import Scope
from gongkai.core.report.model import Number

NO_REPORT = Quotient(None, lacking=Lacking.NO_REPORT)


@dataclass(frozen=True, slots=True)
class Table:
    """Every value that there is: (agency, year) → measure → quotient. `reports` names the report behind each."""

    measures: tuple[Measure, ...]
    years: tuple[int, ...]
    quotients: dict[tuple[int, int], dict[str, Quotient]]
    reports: dict[tuple[int, int], int]

    def at(self, agency: int, year: int, measure: str) -> Quotient:
        """A quotient; where nothing is known, one that says that there is no report."""
        return self.quotients.get((agency, year), {}).get(measure, NO_REPORT)

    def column(self, measure: str, year: int) -> dict[int, Decimal]:
        """Agency → value for one year, of those that have one."""
        return {
            agency: q.value for (agency, at), row in self.quotients.items()
            if at == year and (q := row[measure]).value is not None
        }

    def series(self, agency: int, measure: str) -> list[tuple[int, Decimal | None]]:
        """Year → value, oldest first, None where there is none."""
        return [(year, self.at(agency, year, measure).value) for year in self.years]


def table(
    actor: Actor, agencies: AgencyQuerySet | Iterable[int], years: Iterable[int], measures: Sequence[Measure],
    scope: str = Scope.OWN,
) -> Table:
    """The values of `measures` for agencies and years. At most five queries, whatever their number."""
    parts = tuple(dict.fromkeys(part for measure in measures for part in measure.parts))
    asked = tuple(sorted(set(years)))
    rows = reading.reports(actor, agencies, asked, scope)
    filed = reading.filed(rows)
    numbers = reading.numbers(rows, parts, filed)
    # Records are an office's own: they say nothing of a whole level.
    kept = records.counted(actor, agencies, asked, parts) if scope == Scope.OWN else {}
    quotients, reports = {}, {}
    for one in filed:
        key = one.agency, one.year
        held = numbers[one.version] | kept.get(key, {})
        quotients[key] = {measure.key: _value(measure, held, one.forms) for measure in measures}
        reports[key] = one.report
    _of_records_alone(quotients, kept, measures)
    return Table(tuple(measures), asked, quotients, reports)


def _value(measure: Measure, held: dict[str, Number], forms: dict[str, str]) -> Quotient:
    found = measure.of(held)
    if found.lacking is not Lacking.NO_NUMBER:
        return found
    absent = [part for part in measure.parts if part not in held]
    if not RECORD_NAMES.keys().isdisjoint(absent):
        return Quotient(None, found.above, found.below, Lacking.NO_RECORDS)
    if not all(in_form(part, forms) for part in absent):
        return Quotient(None, found.above, found.below, Lacking.OTHER_FORM)
    return found


def _of_records_alone(
    quotients: dict[tuple[int, int], dict[str, Quotient]], kept: records.Found, measures: Sequence[Measure],
) -> None:
    """A year without a report may still have what is counted from records alone."""
    alone = [m for m in measures if all(part in RECORD_NAMES for part in m.parts)]
    for key, held in kept.items():
        if key not in quotients and alone and any(part in held for m in alone for part in m.parts):
            quotients[key] = {m.key: m.of(held) if m in alone else NO_REPORT for m in measures}
