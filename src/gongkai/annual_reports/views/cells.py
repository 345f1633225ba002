"""One cell: what stands in the file, what counts now, its findings, and its correction."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.annual_reports import actions, queries, rules
from gongkai.annual_reports.forms import CorrectionForm, ReasonForm
from gongkai.annual_reports.models import AnnualReport, Correction
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.views.report import report_page
from gongkai.core.errors import Refused
from gongkai.core.report.render.tables import cell_title
from gongkai.infra.refusals import said, translated


@requires(AnnualReportPermission.SEE)
def cell(request: HttpRequest, report_id: int, cell_id: str) -> HttpResponseBase:
    """The raw text one click away; a correction with its reason. After a correction the tables are shown again."""
    page = report_page(request, report_id, "tables")
    report: AnnualReport = page["report"]
    version = page["version"]
    effective = queries.effective(version)
    if cell_id not in effective.cells:
        raise Http404
    now = effective.cells[cell_id]
    findings = [(n, f) for n, f in enumerate(queries.findings(version), 1) if cell_id in f.cells]
    proposed = sorted({str(f.fix.values[cell_id]) for _n, f in findings if f.fix and cell_id in f.fix.values})
    shown = "" if now.value is None else str(now.value)
    chosen = request.GET.get("value", "")
    form = CorrectionForm(request.POST or None, initial={
        "value": chosen if chosen in proposed else shown, "unit": now.unit or "万元", "seen": version.number,
    })
    amount = rules.kind_of(cell_id) == "amount"
    if not amount:
        del form.fields["unit"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.correct(
                by=actor_of(request), report=report, cell=cell_id, value=given["value"], reason=given["reason"],
                unit=given.get("unit", ""), seen=given["seen"], at=timezone.now(),
            )
            messages.success(request, _("已更正：%(cell)s") % {"cell": cell_title(cell_id)})
            anchor = "#cell-" + cell_id.replace(".", "-")
            return redirect(reverse("annual_reports:tables", args=[report.pk]) + anchor)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
    return render(request, "annual_reports/cell.html", page | {
        "cell": now, "read": queries.reading(version).cells.get(cell_id), "form": form, "findings": findings,
        "proposed": proposed,
        "cell_title": cell_title(cell_id), "corrections": queries.corrections(version).filter(cell=cell_id),
    }, status=400 if form.is_bound else 200)


@requires(AnnualReportPermission.CORRECT)
@posted(lambda report_id, correction_id: reverse("annual_reports:tables", args=[report_id]))  # noqa: ARG005
def withdraw_correction(request: HttpRequest, report_id: int, correction_id: int) -> HttpResponse:
    """Let the cell hold again what was read."""
    report = queries.report(actor_of(request), report_id)
    correction = Correction.objects.get(pk=correction_id, version__report=report)
    form = ReasonForm(request.POST)
    try:
        actions.withdraw_correction(
            by=actor_of(request), correction=correction, reason=form.cleaned_data["reason"] if form.is_valid() else "",
            at=timezone.now(),
        )
        messages.success(request, _("已撤回更正，恢复为读取的内容"))
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    return redirect("annual_reports:tables", report.pk)
