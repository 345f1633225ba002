"""The board: where every member stands, asked for again every half minute; urging from the list."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import may
from gongkai.annual_reports.exports import csv_response
from gongkai.annual_reports.models import Scope
from gongkai.campaigns import actions, queries
from gongkai.campaigns import board as boards
from gongkai.campaigns.forms.members import AddForm, BoardFilter, RemindForm
from gongkai.campaigns.models import Campaign
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.campaigns.views.campaign import board_of
from gongkai.compilations.permissions import CompilationPermission, able
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated

ROWS = 100


@requires(P.SEE)
@never_cache
def board(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """A supervisor's board; a member's own line leads to its page."""
    actor, today = actor_of(request), timezone.localdate()
    shown = queries.campaign(actor, campaign_id)
    rows = boards.rows_of(shown, today, actor)
    manages = may(actor, P.MANAGE, shown)
    if not may(actor, P.SEE, shown) and len(rows) == 1:
        return redirect("campaigns:member", shown.pk, rows[0].pk)
    form = BoardFilter(request.GET)
    page = Paginator(boards.narrowed(rows, **form.chosen), ROWS).get_page(request.GET.get("page"))
    template = "campaigns/board_live.html" if request.htmx else "campaigns/board.html"  # type: ignore[attr-defined]
    return render(request, template, {
        "campaign": shown, "form": form, "page": page, "totals": boards.totals(rows, shown), "manages": manages,
        "today": today, "remind": RemindForm(initial={"text": _words(shown, today)}), "add": AddForm(),
        "left": (shown.due_on - today).days, "names": boards.STANDING_NAMES,
        "consolidated": queries.compilation_of(shown.root, shown.year, Scope.CONSOLIDATED),
        "may_consolidate": able(actor, CompilationPermission.COMPILE, shown.root, Scope.CONSOLIDATED),
    })


@requires(P.SEE)
def export(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """The filtered board as CSV, all pages of it."""
    actor, today = actor_of(request), timezone.localdate()
    shown = queries.campaign(actor, campaign_id)
    rows = boards.narrowed(boards.rows_of(shown, today, actor), **BoardFilter(request.GET).chosen)
    heads = [
        "机关", "范围", "状态", "提交期限", "提交时间", "逾期天数", "错误", "矛盾", "提醒", "差异", "没有说明的差异",
        "签收", "催报次数", "不报的理由",
    ]
    lines = ([
        r.agency, Scope(r.scope).label, str(r.standing_name), r.due_on, _day(r.submitted_at), r.late, r.errors,
        r.inconsistencies, r.warnings, r.differences, r.unexplained, _day(r.read_at), r.reminded, r.exempt_reason,
    ] for r in rows)
    return csv_response(f"{shown.root.name}{shown.year}年度年报进度", heads, lines)


@requires(P.MANAGE)
@posted(board_of)
def remind(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """Urge those that were ticked, everybody who has not submitted, or those who are due within some days."""
    actor, today = actor_of(request), timezone.localdate()
    shown = queries.campaign(actor, campaign_id)
    form = RemindForm(request.POST, keys=shown.members.values_list("pk", flat=True))
    if not form.is_valid():
        messages.error(request, _("没有催报：请写明催报内容，并选定催谁"))
        return redirect("campaigns:board", shown.pk)
    given = form.cleaned_data
    keys = {
        "chosen": lambda: given["members"],
        "waiting": lambda: list(queries.waiting(shown).values_list("pk", flat=True)),
        "soon": lambda: list(queries.due_within(shown, today, given["days"] or 0).values_list("pk", flat=True)),
    }[given["to"]]()
    try:
        told = actions.remind(by=actor, campaign=shown, members=keys, text=given["text"], at=timezone.now())
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    else:
        messages.success(request, _("已催 %(count)s 个机关") % {"count": told})
    return redirect("campaigns:board", shown.pk)


def _words(campaign: Campaign, today: date) -> str:
    named = {"year": campaign.year, "due": campaign.due_on}
    if campaign.due_on < today:
        return _("%(year)s年度报告的提交期限（%(due)s）已过，请抓紧办理") % named
    return _("请于%(due)s以前提交%(year)s年度报告") % named


def _day(at: object) -> str:
    return f"{at:%Y-%m-%d}" if at else ""
