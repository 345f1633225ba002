"""The numbers of many reports at once: which reports, and what stands in the cells asked for.

Two queries whatever the number of agencies and years. Staff with the duty to see a report read its current version,
everybody else the published one. Blank, missing and unreadable cells are simply not there: nothing here is ever zero
that was not written as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, QuerySet, When

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.agencies.models import AgencyQuerySet
from gongkai.analysis.measures import cells_of, with_one_row
from gongkai.annual_reports.models import AnnualReport, FiledCell, Scope
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.readings import exact
from gongkai.annual_reports.sums import AMOUNTS, in_wan
from gongkai.core.report.model import Number


@dataclass(frozen=True, slots=True)
class Filed:
    """A report that can be read, with the version that this reader sees."""

    agency: int
    year: int
    report: int
    version: int
    forms: dict[str, str]


def reports(
    actor: Actor, agencies: AgencyQuerySet | Iterable[int], years: Iterable[int], scope: str = Scope.OWN,
) -> QuerySet[AnnualReport]:
    """The reports of some agencies and years that `actor` may see, each with `shown`, the version to read."""
    mine = within(actor, AnnualReportPermission.SEE, "agency__path")
    rows = AnnualReport.objects.visible_to(actor).filter(agency__in=agencies, year__in=list(years), scope=scope)
    return rows.annotate(
        shown=Case(When(mine, then=F("current_id")), default=F("published_id")),
    ).filter(shown__isnull=False).order_by()


def filed(rows: QuerySet[AnnualReport]) -> list[Filed]:
    """What `reports` names."""
    found = rows.values_list("agency_id", "year", "pk", "shown", "current_id", "current__forms", "published__forms")
    return [
        Filed(agency, year, report, version, current if version == current_id else published)
        for agency, year, report, version, current_id, current, published in found
    ]


def numbers(rows: QuerySet[AnnualReport], parts: tuple[str, ...], of: Sequence[Filed]) -> dict[int, dict[str, Number]]:
    """Version → cell → number for the cells that `parts` need; amounts in 万元, those without a unit left out."""
    cells = cells_of(parts)
    # A report that was replaced between the two queries is not read in part.
    found: dict[int, dict[str, Number]] = {one.version: {} for one in of}
    if not cells or not of:
        return found
    amounts = [cell for cell in cells if cell in AMOUNTS]
    asked = FiledCell.objects.filter(version__in=rows.values("shown"), value__isnull=False).order_by()
    counts = asked.filter(cell__in=[cell for cell in cells if cell not in AMOUNTS])
    for version, cell, value in counts.values_list("version_id", "cell", "value").iterator(chunk_size=5000):
        if version in found:
            found[version][cell] = exact(value)
    if amounts:
        forms = {one.version: one.forms for one in of}
        for version, cell, value, unit in asked.filter(cell__in=amounts).values_list(
            "version_id", "cell", "value", "unit",
        ):
            if version in found:
                _put_amount(found[version], cell, value, unit, forms[version])
    for held in found.values():
        with_one_row(held, parts)
    return found


def _put_amount(held: dict[str, Number], cell: str, value: Any, unit: str, forms: dict[str, str]) -> None:
    amount = in_wan(cell, value, unit, forms)
    if amount.value is not None:
        held[cell] = amount.value
