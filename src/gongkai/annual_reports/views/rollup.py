"""A parent and a year: its members summed cell by cell, who is missing, and where each sum comes from."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.annual_reports import queries, totals
from gongkai.annual_reports.drawing import rolled_report, undrawn
from gongkai.annual_reports.exports import csv_response
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.rules import Standing
from gongkai.core.report.render.tables import cell_title, statutory_tables

ROWS = 100
STANDINGS = {
    Standing.IN: "已计入", Standing.MISSING: "未报", Standing.COVERED: "已由上级的汇总年报包含",
    Standing.EMPTY: "不单独报",
}


@requires(AnnualReportPermission.SEE)
def rollups(request: HttpRequest) -> HttpResponseBase:
    """The parents that one may add up, by year."""
    actor = at_desk(request)
    years = queries.years(actor) or [timezone.localdate().year - 1]
    parents = Agency.objects.filter(
        within(actor, AnnualReportPermission.SEE, "path"), children__isnull=False,
    ).distinct().order_by("path")
    if parents.count() == 1 and "choose" not in request.GET:
        return redirect("annual_reports:rollup", parents[0].pk, years[0])
    return render(request, "annual_reports/rollups.html", {"parents": parents, "years": years})


@requires(AnnualReportPermission.SEE)
def rollup(request: HttpRequest, agency_id: int, year: int) -> HttpResponseBase:
    """The sums in the statutory tables; a number opens to the agencies behind it. `?as=csv`: who is in and who not."""
    actor = actor_of(request)
    root = _root(request, agency_id)
    if request.GET.get("as") == "csv":
        lines = ([m.agency.name, STANDINGS[m.standing], m.report.pk if m.report else ""]
                 for m in totals.member_rows(actor, root, year))
        return csv_response(f"{root.name}{year}年度机关名单", ["机关", "状况", "年报编号"], lines)
    found = totals.roll_up(actor, root, year)
    drawn = rolled_report(found)
    return render(request, "annual_reports/rollup.html", {
        "rollup": found, "root": root, "year": year, "years": queries.years(actor),
        "tables": statutory_tables(drawn), "undrawn": undrawn(found, drawn),
        "differing": {a.cell for a in found.against},
        "uncertain": sum(1 for c in found.cells.values() if c.unfilled),
        "cell_base": reverse("annual_reports:rollup", args=[root.pk, year]) + "cells/",
    })


@requires(AnnualReportPermission.SEE)
def contributions(request: HttpRequest, agency_id: int, year: int, cell_id: str) -> HttpResponseBase:
    """Drill down: who gives what to one cell. `?as=csv` is the same list as a file."""
    actor = actor_of(request)
    root = _root(request, agency_id)
    found = totals.roll_up(actor, root, year)
    if cell_id not in found.cells:
        raise Http404
    rows = totals.contributions(actor, root, year, cell_id)
    name = cell_title(cell_id)
    if request.GET.get("as") == "csv":
        lines = ([r.agency.name, r.value, r.unit, r.status, r.raw, r.report.pk] for r in rows)
        return csv_response(f"{root.name}{year}-{cell_id}", ["机关", "数值", "单位", "状况", "原文", "年报编号"], lines)
    return render(request, "annual_reports/contributions.html", {
        "root": root, "year": year, "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "rolled": found.cells[cell_id], "cell_id": cell_id,
        "cell_title": name, "against": next((a for a in found.against if a.cell == cell_id), None),
    })


def _root(request: HttpRequest, agency_id: int) -> Agency:
    """An agency that the actor's posts reach. Raises DoesNotExist, which is a 404."""
    return Agency.objects.filter(within(actor_of(request), AnnualReportPermission.SEE, "path")).get(pk=agency_id)
