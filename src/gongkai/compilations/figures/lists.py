"""The list of records behind one cell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from gongkai.applications import figures as of_applications
from gongkai.applications.models import Application, ApplicationQuerySet
from gongkai.compilations.models import Source
from gongkai.compilations.reach import Reach
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.report.forms import form
from gongkai.core.report.model import Number
from gongkai.disputes import figures as of_disputes
from gongkai.disputes.models import Proceeding
from gongkai.disputes.states import Track
from gongkai.statutory_registers import figures as of_registers

COLUMNS = tuple(kind.value for kind in ApplicantKind)


@dataclass(frozen=True, slots=True)
class Listing:
    """The records of a cell. `minus` are those that a change (本年增/减) takes away; `money` sums 元 instead, shown in
    units of `unit`."""

    cell: str
    source: Source
    records: QuerySet[Any]
    minus: QuerySet[Any] | None = None
    money: bool = False
    unit: Decimal = Decimal(1)

    @property
    def value(self) -> Number:
        """The number of the cell."""
        if self.money:
            total = self.records.aggregate(total=Sum("amount"))["total"] or Decimal(0)
            return plain(total / self.unit)
        return self.records.count() - (self.minus.count() if self.minus is not None else 0)

    @property
    def length(self) -> int:
        """How many records stand behind it."""
        return self.records.count() + (self.minus.count() if self.minus is not None else 0)


def listed(reach: Reach, form_id: str, cell: str) -> Listing:
    """The list behind a cell of a form. Raises KeyError for a cell that the form has not."""
    if cell not in form(form_id).cells:
        raise KeyError(cell)
    table, row, column = cell.split(".")
    if table == "t2":
        figure = of_registers.figure_of(cell, reach.rows(), reach.year, form_id, once=not reach.single)
        return Listing(cell, source_of(cell), figure.records, figure.minus, figure.money, figure.unit)
    if table == "t3":
        return Listing(cell, Source.APPLICATION, _applications(applications(reach), reach.year, form_id, row, column))
    return Listing(cell, Source.DISPUTE, _proceedings(proceedings(reach), reach.year, row, column))


def source_of(cell: str) -> Source:
    """What kind of record a cell counts."""
    table, row, column = cell.split(".")
    if table != "t2":
        return Source.APPLICATION if table == "t3" else Source.DISPUTE
    if row in {"regulations", "normative"}:
        return Source.DOCUMENT
    return Source.POWER if column in {"items", "change"} and row != "procurement" else Source.ENTRY


def applications(reach: Reach) -> ApplicationQuerySet:
    """The applications of a reach that have what it takes to be placed in a cell."""
    return of_applications.placed(Application.objects.filter(reach.rows()))


def proceedings(reach: Reach) -> QuerySet[Proceeding]:
    """The proceedings of a reach."""
    return Proceeding.objects.filter(reach.rows("dispute__agency"))


def plain(amount: Decimal) -> Decimal:
    """Without needless zeros, never in exponents: 12.50 → 12.5, 100 → 100."""
    trimmed = amount.normalize()
    return trimmed.quantize(Decimal(1)) if trimmed == trimmed.to_integral() else trimmed


def _applications(rows: ApplicationQuerySet, year: int, form_id: str, row: str, column: str) -> ApplicationQuerySet:
    match row:
        case "new":
            rows = of_applications.received_in(rows, year)
        case "carried_in":
            rows = of_applications.carried_into(rows, year)
        case "carried_out":
            rows = of_applications.carried_out_of(rows, year)
        case "closed":
            rows = of_applications.closed_in(rows, year)
        case _:
            rows = of_applications.closed_as(rows, year, row, form_id)
    return rows if column == "total" else rows.filter(applicant_kind=column)


def _proceedings(rows: QuerySet[Proceeding], year: int, track: str, column: str) -> QuerySet[Proceeding]:
    if column == "total":
        return of_disputes.proceedings(rows, year, Track(track)).filter(of_disputes.counts_in(year))
    return of_disputes.cell(rows, year, track, column)
