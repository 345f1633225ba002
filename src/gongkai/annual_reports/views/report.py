"""One report: its tables, its prose, its history, what changed since last year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import may
from gongkai.annual_reports import actions, course, queries
from gongkai.annual_reports.forms import ReasonForm, title
from gongkai.annual_reports.models import AnnualReport
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import REPORT_NAMES, ReportAct, ReportState, lawful_report_acts
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form_for_year
from gongkai.core.report.render.tables import statutory_tables
from gongkai.core.report.writers import MEDIA_TYPES
from gongkai.infra.refusals import translated
from gongkai.ledger.queries import timeline


def _tables(report_id: int) -> str:
    return reverse("annual_reports:tables", args=[report_id])


@requires(AnnualReportPermission.SEE)
def tables(request: HttpRequest, report_id: int) -> HttpResponse:
    """The statutory tables with findings at their cells, and the findings beside them."""
    page = report_page(request, report_id, "tables")
    version = page["version"]
    findings = queries.findings(version)
    effective = queries.effective(version)
    in_force = queries.corrections(version).filter(withdrawn_at__isnull=True)
    return render(request, "annual_reports/report.html", page | {
        "tables": statutory_tables(effective, findings), "findings": findings, "notes": effective.notes,
        "corrected": set(in_force.values_list("cell", flat=True)),
    })


@requires(AnnualReportPermission.SEE)
def prose(request: HttpRequest, report_id: int) -> HttpResponse:
    """The six sections as written."""
    page = report_page(request, report_id, "prose")
    effective = queries.effective(page["version"])
    names = form_for_year(page["report"].year).sections
    sections = [(n, names[n - 1], effective.sections.get(n)) for n in range(1, 7)]
    return render(request, "annual_reports/prose.html", page | {"sections": sections, "preamble": effective.preamble})


@requires(AnnualReportPermission.SEE)
def comparison(request: HttpRequest, report_id: int) -> HttpResponse:
    """Against last year, cell by cell."""
    page = report_page(request, report_id, "compare")
    found = queries.comparison(actor_of(request), page["report"])
    if found is None:
        return render(request, "annual_reports/compare.html", page | {"comparison": None})
    everything, names = request.GET.get("all") == "1", form_for_year(page["report"].year).sections
    return render(request, "annual_reports/compare.html", page | {
        "comparison": found, "everything": everything, "pairs": found.cells if everything else found.differing,
        "likeness": [(names[n - 1], round(likeness * 100)) for n, likeness in sorted(found.sections.items())],
    })


@requires(AnnualReportPermission.SEE)
def history(request: HttpRequest, report_id: int) -> HttpResponse:
    """What happened to it, from the ledger, and its versions with their files."""
    page = report_page(request, report_id, "history")
    return render(request, "annual_reports/history.html", page | {
        "entries": timeline("annual_report", report_id),
        "versions": queries.versions(actor_of(request), page["report"]),
    })


@requires(AnnualReportPermission.PUBLISH)
@posted(_tables)
def publish(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Let the public see exactly the version that was looked at."""
    seen = request.POST.get("seen", "")
    return _act(request, report_id, lambda report: actions.publish(
        by=actor_of(request), report=report, at=timezone.now(), seen=int(seen) if seen.isdigit() else None,
    ), _("已公开，公众现在可以看到这一版"))


@requires(AnnualReportPermission.PUBLISH)
@posted(_tables)
def withdraw(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Take it down, with a reason."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _act(request, report_id, lambda report: actions.withdraw(
        by=actor_of(request), report=report, reason=reason, at=timezone.now(),
    ), _("已撤下，公众不再看得到"))


@requires(AnnualReportPermission.SEE)
@posted(_tables)
def recheck(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Check again with the rules and last year's report of today."""
    return _act(request, report_id, lambda report: actions.recheck(
        by=actor_of(request), report=report, at=timezone.now(),
    ), _("已重新检查"))


def report_page(request: HttpRequest, report_id: int, tab: str) -> dict[str, Any]:
    """What every page of a report shows: its head, its state, its tabs, what may be done now."""
    actor = actor_of(request)
    report = queries.report(actor, report_id)
    version = queries.version_for(actor, report)
    lawful = lawful_report_acts(report.state)
    able = may(actor, AnnualReportPermission.PUBLISH, report)
    amended = report.state == ReportState.PUBLISHED and report.published_id != version.pk
    return {
        "report": report, "version": version, "tab": tab, "title": title(report),
        "tabs": _tabs(report), "formats": list(MEDIA_TYPES), "amended": amended,
        "states": _states(report), "before": queries.neighbour(report, -1), "after": queries.neighbour(report, 1),
        "cell_base": reverse("annual_reports:tables", args=[report.pk]) + "cells/",
        "may_correct": may(actor, AnnualReportPermission.CORRECT, report) and course.allows(course.MAY_CORRECT, report),
        "may_publish": able and ReportAct.PUBLISH in lawful and (amended or report.state != ReportState.PUBLISHED)
        and course.allows(course.MAY_PUBLISH, report),
        "may_withdraw": able and ReportAct.WITHDRAW in lawful,
    }


def _tabs(report: AnnualReport) -> list[tuple[str, str, str]]:
    names = {"tables": _("表格和检查"), "prose": _("正文"), "compare": _("与上年比较"), "history": _("经过和版本")}
    return [(key, name, reverse(f"annual_reports:{key}", args=[report.pk])) for key, name in names.items()]


def _states(report: AnnualReport) -> list[tuple[str, str]]:
    """The state line: (word, done | now | later)."""
    line = [ReportState.FILED, ReportState.PUBLISHED]
    if report.state == ReportState.WITHDRAWN:
        line.append(ReportState.WITHDRAWN)
    at = line.index(ReportState(report.state))
    return [(_(REPORT_NAMES[s]), "done" if i < at else "now" if i == at else "later") for i, s in enumerate(line)]


def _act(
    request: HttpRequest, report_id: int, act: Callable[[AnnualReport], object], done: str,
) -> HttpResponseBase:
    report = queries.report(actor_of(request), report_id)
    try:
        act(report)
        messages.success(request, done)
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    return redirect("annual_reports:tables", report.pk)
