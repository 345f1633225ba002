"""What each ratio is, and one ratio opened to the numbers that it was made of."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.permissions import may
from gongkai.agencies.models import Agency
from gongkai.analysis import reading, records
from gongkai.analysis.measures import cells_of, measure, name_of
from gongkai.analysis.ratios import ON_TIME, RATIOS, RECORD_NAMES, WITH_DUE
from gongkai.analysis.values import table
from gongkai.analysis.views.asked import asked
from gongkai.annual_reports.models import AnnualReport, FiledCell, Scope
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.readings import exact
from gongkai.applications.models import Application
from gongkai.applications.permissions import ApplicationPermission
from gongkai.core.report.conversion import ONE_ROW
from gongkai.core.report.model import Number, Status

ROWS = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a ratio: where it stands, what stands there, and where it opens to."""

    name: str
    value: Number | None
    status: str
    href: str
    unit: str = ""


@requires(AnnualReportPermission.SEE)
def definitions(request: HttpRequest) -> HttpResponse:
    """Every ratio with its formula, its parts and what one must know before comparing."""
    page = asked(request).page("ratios")
    return render(request, "analysis/ratios.html", page | {
        "ratios": [
            (ratio, [name_of(p) for p in ratio.numerator], [name_of(p) for p in ratio.denominator])
            for ratio in RATIOS.values()
        ],
    })


@requires(AnnualReportPermission.SEE)
def opened(request: HttpRequest, key: str, agency_id: int, year: int) -> HttpResponse:
    """One value of one agency and year: numerator, denominator, and the number of the report behind each."""
    try:
        by = measure(key)
    except KeyError as unknown:
        raise Http404 from unknown
    question = asked(request, "scope")
    agency = Agency.objects.get(pk=agency_id)
    actor = actor_of(request)
    found = table(actor, [agency.pk], [year], [by], question.scope)
    rows = reading.reports(actor, [agency.pk], [year], question.scope)
    report = AnnualReport.objects.filter(pk=found.reports.get((agency.pk, year), 0)).select_related("agency").first()
    if report is None and (agency.pk, year) not in found.quotients:
        raise Http404
    held = _held(rows, by.parts)
    counted = records.counted(actor, [agency.pk], [year], by.parts) if question.scope == Scope.OWN else {}
    for part, number in counted.get((agency.pk, year), {}).items():
        held[part] = number, Status.VALUE, ""
    ratio = by.ratio
    above, below = (ratio.numerator, ratio.denominator) if ratio else (by.parts, ())

    def parts(names: tuple[str, ...]) -> list[Part]:
        return [part for name in names for part in _parts(actor, name, agency, year, report, held)]

    return render(request, "analysis/opened.html", question.page("ratios") | {
        "by": by, "agency": agency, "year": year, "report": report, "above": parts(above), "below": parts(below),
        "quotient": found.at(agency.pk, year, by.key), "scope": question.scope,
    })


@requires(AnnualReportPermission.SEE)
def late(request: HttpRequest, agency_id: int, year: int) -> HttpResponse:
    """The applications that were closed after they were due: those that the reader may see in the register."""
    agency = Agency.objects.get(pk=agency_id)
    rows = records.late(Application.objects.visible_to(actor_of(request)).filter(agency=agency), year)
    everything = request.GET.get("all") == "1"
    if everything:
        rows = records.with_due(Application.objects.visible_to(actor_of(request)).filter(agency=agency), year, year)
    return render(request, "analysis/late.html", asked(request).page("ratios") | {
        "agency": agency, "year": year, "everything": everything,
        "page": Paginator(rows.order_by("closed_on", "pk"), ROWS).get_page(request.GET.get("page")),
    })


def _held(rows: QuerySet[AnnualReport], parts: tuple[str, ...]) -> dict[str, tuple[Number | None, str, str]]:
    cells = FiledCell.objects.filter(version__in=rows.values("shown"), cell__in=cells_of(parts))
    return {
        cell: (None if value is None else exact(value), status, unit)
        for cell, value, status, unit in cells.values_list("cell", "value", "status", "unit")
    }


def _parts(
    actor: Actor, name: str, agency: Agency, year: int, report: AnnualReport | None,
    held: dict[str, tuple[Number | None, str, str]],
) -> list[Part]:
    """A number; the one row 其他处理 as the three of which it was added up, where the report has it so."""
    if name in ONE_ROW and name not in held:
        three = [one for one in cells_of((name,)) if one != name and one in held]
        if three:
            return [part for one in three for part in _parts(actor, one, agency, year, report, held)]
    value, status, unit = held.get(name, (None, Status.MISSING, ""))
    return [Part(name_of(name), value, status, _address(actor, name, agency, year, report), unit)]


def _address(actor: Actor, name: str, agency: Agency, year: int, report: AnnualReport | None) -> str:
    """Where a number opens to; nothing where the reader may not go."""
    if name in RECORD_NAMES:
        able = may(actor, ApplicationPermission.SEE, agency)
        if name not in {ON_TIME, WITH_DUE} or not able:
            return ""
        return reverse("analysis:late", args=[agency.pk, year]) + "?all=1"
    return reverse("annual_reports:cell", args=[report.pk, name]) if report is not None else ""


