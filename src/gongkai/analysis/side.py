"""Whole reports beside each other, cell by cell: years of one agency, or agencies in one year.

The forms meet as the core brings them together: amounts in 万元, 其他处理 as one row where both forms are on the
page. A cell that a form has not is no cell at all there, and never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.analysis import reading
from gongkai.analysis.measures import Numbers, name_of, with_one_row
from gongkai.annual_reports.models import FiledCell, Scope
from gongkai.annual_reports.readings import exact
from gongkai.core.report import conversion
from gongkai.core.report.model import Cell, Number, Report, Status

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Head:
    """One report on the page; `report` is None where there is none to be seen."""

    agency: Agency
    year: int
    report: int | None
    form: str


@dataclass(frozen=True, slots=True)
class Row:
    """One cell in every report: None where that report's form has no such cell, or where there is no report.

    `change` and `percent` hold the last report against the one before it, where both have a number.
    """

    cell: str
    table: str
    title: str
    cells: tuple[Cell | None, ...]
    derived: bool = False
    change: Number | None = None
    percent: Decimal | None = None

    @property
    def series(self) -> list[Number | None]:
        """The numbers, None where there is none."""
        return [cell.value if cell is not None else None for cell in self.cells]

    @property
    def telling(self) -> bool:
        """At least one report says something other than zero."""
        return any(cell is not None and (cell.value or cell.status is Status.UNREADABLE) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: a column for each head, a row for each cell, and the numbers of each column for ratios."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    numbers: tuple[Numbers, ...]
    forms: tuple[dict[str, str], ...]

    @property
    def mixed(self) -> bool:
        """Reports of different forms stand beside each other."""
        return len({tuple(sorted(forms.items())) for forms in self.forms if forms}) > 1


def years_of(actor: Actor, agency: Agency, years: Iterable[int], scope: str = Scope.OWN) -> Sheet:
    """One agency's years, oldest first, of those years for which there is a report."""
    filed = _filed(actor, [agency.pk], years, scope)
    return _sheet([(agency, year) for year in sorted({year for _agency, year in filed})], filed)


def agencies_in(actor: Actor, agencies: Sequence[Agency], year: int, scope: str = Scope.OWN) -> Sheet:
    """Several agencies in one year, in the order given; one without a report keeps its empty column."""
    filed = _filed(actor, [agency.pk for agency in agencies], [year], scope)
    return _sheet([(agency, year) for agency in agencies], filed, between=False)


def _filed(
    actor: Actor, agencies: list[int], years: Iterable[int], scope: str,
) -> dict[tuple[int, int], tuple[int, Report]]:
    rows = reading.filed(reading.reports(actor, agencies, years, scope))
    reports = {one.version: Report(forms=one.forms) for one in rows}
    cells = FiledCell.objects.filter(Q(version_id__in=list(reports)))
    for version, cell, status, value, raw, unit in cells.values_list(
        "version_id", "cell", "status", "value", "raw", "unit",
    ):
        reports[version].cells[cell] = Cell(
            cell, Status(status), None if value is None else exact(value), raw, unit or None,
        )
    return {(one.agency, one.year): (one.report, reports[one.version]) for one in rows}


def _sheet(
    wanted: list[tuple[Agency, int]], filed: dict[tuple[int, int], tuple[int, Report]], *, between: bool = True,
) -> Sheet:
    found = [filed.get((agency.pk, year)) for agency, year in wanted]
    reports = [held[1] if held else None for held in found]
    heads = tuple(
        Head(agency, year, held[0] if held else None, "/".join(sorted(set(held[1].forms.values()))) if held else "")
        for (agency, year), held in zip(wanted, found, strict=True)
    )
    one_row = any(report is not None and conversion.has_one_row(report) for report in reports)
    columns = [
        {cell.id: cell for cell in conversion.comparable(report, one_row=one_row)} if report else {}
        for report in reports
    ]
    order = conversion.united([report.forms for report in reports if report], one_row=one_row)
    if one_row:  # the three rows of 2021 are added up into the one beside them
        order = {cell: spec for cell, spec in order.items() if any(cell in column for column in columns)}
    rows = tuple(_row(cell, [column.get(cell) for column in columns], reports, between) for cell in order)
    numbers = tuple(_numbers(column) for column in columns)
    return Sheet(heads, rows, numbers, tuple(report.forms if report else {} for report in reports))


def _row(cell_id: str, cells: list[Cell | None], reports: Sequence[Report | None], between: bool) -> Row:
    derived = cell_id in conversion.ONE_ROW and any(
        report is not None and "t3" in report.forms and not conversion.has_one_row(report) for report in reports
    )
    change, percent = _change(cells[-2], cells[-1]) if between and len(cells) > 1 else (None, None)
    return Row(cell_id, cell_id.split(".")[0], name_of(cell_id), tuple(cells), derived, change, percent)


def _change(before: Cell | None, now: Cell | None) -> tuple[Number | None, Decimal | None]:
    if before is None or now is None or before.value is None or now.value is None:
        return None, None
    change = now.value - before.value
    return change, (Decimal(change) * 100 / Decimal(before.value)).quantize(_TENTH) if before.value else None


def _numbers(column: dict[str, Cell]) -> Numbers:
    held = {cell.id: cell.value for cell in column.values() if cell.value is not None}
    return with_one_row(held, conversion.ONE_ROW)
