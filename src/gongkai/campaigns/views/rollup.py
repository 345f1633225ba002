"""The roll-up of a campaign: computed beside reported, who gives what, and every difference with its explanation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import may, within
from gongkai.annual_reports.exports import csv_response
from gongkai.annual_reports.models import Scope
from gongkai.campaigns import actions, queries
from gongkai.campaigns.forms.members import ExplainForm, ReasonForm
from gongkai.campaigns.models import Campaign
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.campaigns.tasks import compare_numbers
from gongkai.compilations import assemble, members
from gongkai.compilations.membership import key_of
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission, able
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form, form_for_year
from gongkai.core.report.model import Cell, Report, Status
from gongkai.core.report.render.tables import cell_title, statutory_tables
from gongkai.infra.refusals import said, translated
from gongkai.infra.tasks import queue

ROWS = 100


def rollup_of(campaign_id: int, *_more: Any, **_named: Any) -> str:
    """The roll-up's page."""
    return reverse("campaigns:rollup", args=[campaign_id])


@requires(P.MANAGE)
@never_cache
def rollup(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """The consolidated tables computed now, beside what the government reported; differences below."""
    actor = actor_of(request)
    shown = queries.campaigns(actor).filter(pk__in=_run(actor)).get(pk=campaign_id)
    work = queries.compilation_of(shown.root, shown.year, Scope.CONSOLIDATED)
    form_id = work.form if work is not None else form_for_year(shown.year).id
    given = assemble.entered(work) if work is not None else {}
    found = members.consolidate(shown.root, shown.year, form_id, given)
    reported = assemble.standing(work) if work is not None and work.report_id else {}
    drawn = Report(
        form=form_id, forms={"t2": form_id, "t3": form_id}, agency=shown.root.name, year=shown.year,
        cells={
            cell: Cell(cell, Status.VALUE, figure.value, None, form(form_id).cells[cell].unit)
            for cell, figure in found.figures.items()
        },
    )
    against = {
        cell: (reported[cell].value, figure.value) for cell, figure in found.figures.items()
        if cell in reported and reported[cell].value != figure.value
    }
    rows = _differences(request, shown.pk)
    if request.GET.get("as") == "csv":
        lines = ([d.agency.name, Scope(d.scope).label, cell_title(d.cell), d.cell, d.reported, d.computed,
                  _("已采纳") if d.explained else _("已说明") if d.spoken else ""] for d in rows.iterator())
        heads = ["机关", "范围", "单元", "编号", "报送数", "计算数", "说明"]
        return csv_response(f"{shown.root.name}{shown.year}年度差异", heads, lines)
    return render(request, "campaigns/rollup.html", {
        "campaign": shown, "tables": statutory_tables(drawn), "cell_base": rollup_of(shown.pk) + "cells/",
        "differing": set(against), "against": against, "unknown": len(found.unknown), "work": work,
        "by_records": len(found.membership.of(members.How.RECORDS)),
        "missing": found.membership.of(members.How.MISSING),
        "by_file": found.membership.of(members.How.FILE), "unowned": found.membership.of(members.How.UNOWNED),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "open": queries.differences(shown).filter(explained=False).count(), "only": request.GET.get("only", ""),
        "may_consolidate": able(actor, CompilationPermission.COMPILE, shown.root, Scope.CONSOLIDATED),
    })


@requires(P.MANAGE)
@never_cache
def cell(request: HttpRequest, campaign_id: int, cell_id: str) -> HttpResponseBase:
    """Who gives what to a cell."""
    shown = queries.campaigns(actor_of(request)).filter(pk__in=_run(actor_of(request))).get(pk=campaign_id)
    work = queries.compilation_of(shown.root, shown.year, Scope.CONSOLIDATED)
    form_id = work.form if work is not None else form_for_year(shown.year).id
    if cell_id not in form(form_id).cells:
        raise Http404
    rows = members.contributions(shown.root, shown.year, form_id, cell_id)
    title = cell_title(cell_id)
    if request.GET.get("as") == "csv":
        lines = ([r.agency.name, r.value, r.how_name, r.status, r.records] for r in rows)
        heads = ["机关", "数值", "来源", "状况", "记录数"]
        return csv_response(f"{shown.root.name}{shown.year}-{cell_id}", heads, lines)
    known = [row.value for row in rows if row.value is not None]
    return render(request, "campaigns/cell.html", {
        "campaign": shown, "cell_id": cell_id, "cell_title": title, "total": sum(known, 0),
        "unknown": len(rows) - len(known), "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "work": work, "typed": _typed(work, cell_id),
    })


@requires(P.MANAGE)
@posted(rollup_of)
def compare(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """Hold reported against computed anew, in the background."""
    shown = queries.campaigns(actor_of(request)).filter(pk__in=_run(actor_of(request))).get(pk=campaign_id)
    queue(compare_numbers, shown.pk)
    messages.success(request, _("正在核对，稍后刷新这一页看结果"))
    return redirect("campaigns:rollup", shown.pk)


@requires(P.EXPLAIN)
@never_cache
def difference(request: HttpRequest, campaign_id: int, difference_id: int) -> HttpResponseBase:
    """One difference: its two numbers, what is said of it; explaining, accepting, sending back."""
    actor = actor_of(request)
    shown = queries.differences(queries.campaign(actor, campaign_id)).filter(
        within(actor, P.EXPLAIN, "agency__path"),
    ).select_related("agency", "campaign__root").get(pk=difference_id)
    explanation = queries.explanation_of(shown)
    manages = may(actor, P.MANAGE, shown.campaign)
    sent = request.POST if request.method == "POST" else None
    explain = ExplainForm(sent if sent is not None and sent.get("act") == "explain" else None)
    back = ReasonForm(sent if sent is not None and sent.get("act") == "send_back" else None)
    status = 200
    if sent is not None:
        used = back if sent.get("act") == "send_back" else explain
        try:
            if sent.get("act") == "accept" and explanation is not None:
                actions.accept(by=actor, explanation=explanation, at=timezone.now())
            elif sent.get("act") == "send_back" and explanation is not None and back.is_valid():
                actions.send_back(by=actor, explanation=explanation, reason=back.cleaned_data["reason"],
                                  at=timezone.now())
            elif sent.get("act") == "explain" and explain.is_valid():
                actions.explain(by=actor, difference=shown, text=explain.cleaned_data["text"], at=timezone.now())
            else:
                status = 400
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            status = 400
            if used.is_bound:
                said(used, refusal)
            else:
                messages.error(request, translated(refusal))
        if status == 200:
            messages.success(request, _("已保存"))
            return redirect("campaigns:difference", campaign_id, shown.pk)
    return render(request, "campaigns/difference.html", {
        "difference": shown, "campaign": shown.campaign, "explanation": explanation, "manages": manages,
        "form": explain, "back": back, "cell_title": cell_title(shown.cell),
        "work": queries.compilation_of(shown.agency, shown.campaign.year, shown.scope),
    }, status=status)


def _typed(work: Compilation | None, cell_id: str) -> bool:
    """Whether the government's own report has this cell, or its whole table, typed in."""
    given = assemble.entered(work) if work is not None else {}
    return key_of(cell_id) in {key_of(cell) for cell in given}


def _run(actor: Any) -> Any:
    return Campaign.objects.managed_by(actor).values("pk")


def _differences(request: HttpRequest, campaign_id: int) -> Any:
    shown = queries.campaign(actor_of(request), campaign_id)
    rows = queries.differences(shown).select_related("agency").order_by("agency__path", "scope", "pk")
    if request.GET.get("only") == "open":
        rows = rows.filter(explained=False)
    return rows
