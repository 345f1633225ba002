"""Campaigns: the list, opening one, its notice, its end, and the government's own consolidated report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency, Kind
from gongkai.annual_reports.models import Scope
from gongkai.campaigns import actions, queries, rules
from gongkai.campaigns.forms.campaign import NoticeForm, OpenForm
from gongkai.campaigns.forms.members import ReasonForm
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.compilations import actions as compilations
from gongkai.compilations.views.doors import compiler
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated
from gongkai.ledger.queries import timeline

ROOTS = 200
SHOWN = 100


def board_of(campaign_id: int, *_more: Any, **_named: Any) -> str:
    """The page of a campaign."""
    return reverse("campaigns:board", args=[campaign_id])


@requires(P.SEE)
@never_cache
def campaigns(request: HttpRequest) -> HttpResponseBase:
    """Those that one runs or has a part in."""
    actor = at_desk(request)
    return render(request, "campaigns/list.html", {
        "campaigns": queries.campaigns(actor)[:SHOWN], "may_open": may(actor_of(request), P.MANAGE),
    })


@requires(P.MANAGE)
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Open one, with the notice drafted and the statutory days filled in."""
    actor, today = actor_of(request), timezone.localdate()
    roots, year = _roots(actor), today.year - 1
    due, out = rules.statutory(year)
    first = roots.first()
    form = OpenForm(
        request.POST if request.method == "POST" else None, roots=roots, years=list(range(today.year, 2018, -1)),
        initial={
            "root": first, "year": year, "due_on": due, "publish_by": out,
            "title": _("关于编制%(year)s年度政府信息公开工作年度报告的通知") % {"year": year},
            "notice": _(
                "请按照《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定，编制%(year)s年度政府信息公开工作年度报告。"
                "统计期限自%(year)s年1月1日起至12月31日止。请在期限以前核对、签发并提交。"
            ) % {"year": year},
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_campaign(by=actor, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已布置，各机关在“今天”页看得到通知"))
            return redirect("campaigns:board", made.pk)
    return render(request, "campaigns/form.html", {
        "form": form, "title": _("布置年报工作"), "button": _("布置"), "back": reverse("campaigns:list"),
    }, status=400 if form.errors else 200)


@requires(P.SEE)
@never_cache
def notice(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """The notice; who runs the campaign may change it."""
    actor = actor_of(request)
    shown = queries.campaign(actor, campaign_id)
    manages = may(actor, P.MANAGE, shown)
    fields = ("title", "notice_number", "due_on", "publish_by", "notice")
    form = NoticeForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(shown, name) for name in fields},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend(by=actor, campaign=shown, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已保存"))
            return redirect("campaigns:notice", shown.pk)
    return render(request, "campaigns/notice.html", {
        "campaign": shown, "form": form if manages and shown.closed_at is None else None, "manages": manages,
        "reasons": ReasonForm(), "entries": timeline("campaign", shown.pk),
    }, status=400 if form.errors else 200)


@requires(P.MANAGE)
@posted(board_of)
def close(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """End it."""
    return _done(request, campaign_id, lambda by, shown: actions.close(by=by, campaign=shown, at=timezone.now()),
                 _("已结束，不再催报"))


@requires(P.MANAGE)
@posted(board_of)
def reopen(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """Take it up again."""
    reason = request.POST.get("reason", "")
    return _done(request, campaign_id, lambda by, shown: actions.reopen(
        by=by, campaign=shown, reason=reason, at=timezone.now(),
    ), _("已恢复"))


@compiler
@posted(board_of)
def consolidate(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """Begin the government's consolidated report, or open the one that was begun."""
    actor = actor_of(request)
    shown = queries.campaign(actor, campaign_id)
    try:
        made = compilations.start(
            by=actor, agency=shown.root, year=shown.year, scope=Scope.CONSOLIDATED, at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("campaigns:rollup", shown.pk)
    return redirect("compilations:report", made.pk)


def _done(request: HttpRequest, campaign_id: int, act: Any, told: str) -> HttpResponseBase:
    actor = actor_of(request)
    shown = queries.campaign(actor, campaign_id)
    try:
        act(actor, shown)
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    else:
        messages.success(request, told)
    return redirect("campaigns:board", shown.pk)


def _roots(actor: Actor) -> Any:
    """The governments for which this person runs campaigns, higher ones first."""
    found = Agency.objects.filter(
        within(actor, P.MANAGE, "path"), kind__in=[Kind.GOVERNMENT, Kind.TOWNSHIP], children__isnull=False,
    ).in_force(timezone.localdate()).distinct().order_by("path")
    # A form asks again for what was chosen, which a list that was cut off cannot answer.
    return Agency.objects.filter(pk__in=list(found.values_list("pk", flat=True)[:ROOTS])).order_by("path")
