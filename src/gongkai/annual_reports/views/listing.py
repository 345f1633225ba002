"""The list of reports, its filters and its export."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import may, within
from gongkai.annual_reports import queries
from gongkai.annual_reports.exports import csv_response
from gongkai.annual_reports.forms import ReportFilter
from gongkai.annual_reports.models import AnnualReport
from gongkai.annual_reports.permissions import AnnualReportPermission

ROWS = 50


@requires(AnnualReportPermission.SEE)
def reports(request: HttpRequest) -> HttpResponse:
    """Reports by year and agency, with state and findings. The filter stands in the address."""
    form, rows = _filtered(request)
    totals = rows.order_by().aggregate(
        errors=Sum("current__errors"), inconsistencies=Sum("current__inconsistencies"),
        warnings=Sum("current__warnings"),
    )
    # What was read is 30 KB a report: sorting thousands of rows must not drag it along.
    slim = rows.select_related(None).select_related("agency", "current").defer("current__reading", "current__findings")
    page = Paginator(slim, ROWS).get_page(request.GET.get("page"))
    return render(request, "annual_reports/list.html", {
        "form": form, "page": page, "totals": totals,
        "may_upload": may(actor_of(request), AnnualReportPermission.UPLOAD),
    })


@requires(AnnualReportPermission.SEE)
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as CSV, all pages of it."""
    rows = _filtered(request)[1].select_related(None).select_related("agency", "current")
    rows = rows.defer("current__reading", "current__findings")
    heads = ["机关", "年度", "范围", "状态", "表式", "错误", "矛盾", "提醒", "收到时间", "公开时间"]
    return csv_response("年报清单", heads, (_line(report) for report in rows.iterator(chunk_size=500)))


def _filtered(request: HttpRequest) -> tuple[ReportFilter, QuerySet[AnnualReport]]:
    actor = at_desk(request)
    form = ReportFilter(request.GET, years=queries.years(actor))
    # Published reports of others are for the portal; the desk lists what lies in one's own reach.
    reach = within(actor, AnnualReportPermission.SEE, "agency__path")
    return form, queries.reports(actor, **form.chosen).filter(reach)


def _line(report: AnnualReport) -> list[Any]:
    version = report.current
    assert version is not None
    return [
        report.agency.name, report.year, report.get_scope_display(), report.state_name, version.form, version.errors,
        version.inconsistencies, version.warnings, f"{report.filed_at:%Y-%m-%d}",
        f"{report.published_at:%Y-%m-%d}" if report.published_at else "",
    ]
