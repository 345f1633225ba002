"""One member: the notice, its day, where its report stands, its files, urgings and differences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import may
from gongkai.annual_reports.models import UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.campaigns import actions, queries
from gongkai.campaigns import board as boards
from gongkai.campaigns.forms.members import AddForm, ReasonForm, TimeForm
from gongkai.campaigns.models import Member
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.campaigns.views.campaign import board_of
from gongkai.compilations.permissions import CompilationPermission
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated
from gongkai.ledger.queries import timeline

FILES, REMINDERS, DIFFERENCES = 20, 20, 200
# What a supervisor does to a member: (title, what it means, button).
ACTS: dict[str, tuple[Any, Any, Any]] = {
    "time": (_("另定期限"), _("给这个机关另一个最后一天，写明理由。"), _("保存")),
    "exempt": (_("登记不报"), _("这个机关本年度不用报，写明理由；之后可以恢复。"), _("登记")),
    "owe": (_("恢复应报"), _("这个机关还是要报，写明理由。"), _("恢复")),
    "drop": (_("移出报送机关"), _("不再列为报送机关，写明理由；记录保留，以后可以再增加。"), _("移出")),
}


def member_of(campaign_id: int, member_id: int, *_more: Any, **_named: Any) -> str:
    """The page of a member."""
    return reverse("campaigns:member", args=[campaign_id, member_id])


@requires(P.SEE)
@never_cache
def member(request: HttpRequest, campaign_id: int, member_id: int) -> HttpResponseBase:
    """One's own office's line of a campaign, or one of those that one supervises."""
    actor, today = actor_of(request), timezone.localdate()
    shown = queries.member(actor, campaign_id, member_id)
    row = next((r for r in boards.rows_of(shown.campaign, today, actor) if r.pk == shown.pk), None)
    files = UploadItem.objects.visible_to(actor).filter(
        batch__handed__campaign=campaign_id, batch__agency=shown.agency_id,
    ).select_related("batch", "version__report").defer("reading", "findings").order_by("-pk")[:FILES]
    differences = queries.differences(shown.campaign).filter(agency=shown.agency_id, scope=shown.scope)
    manages = may(actor, P.MANAGE, shown.campaign)
    return render(request, "campaigns/member.html", {
        "member": shown, "campaign": shown.campaign, "row": row, "today": today, "manages": manages,
        "acts": _acts(shown) if manages else [], "files": files, "reminders": queries.reminders(shown)[:REMINDERS],
        "differences": differences[:DIFFERENCES], "may_read": may(actor, P.READ, shown) and not shown.read_at,
        "may_compile": may(actor, CompilationPermission.COMPILE, shown.agency),
        "may_upload": may(actor, AnnualReportPermission.UPLOAD, shown.agency),
        "due": shown.campaign.due_of(shown), "left": (shown.campaign.due_of(shown) - today).days,
        "entries": timeline("campaign_member", shown.pk),
    })


@requires(P.READ)
@posted(member_of)
def read(request: HttpRequest, campaign_id: int, member_id: int) -> HttpResponseBase:
    """Sign for the notice."""
    actor = actor_of(request)
    shown = queries.member(actor, campaign_id, member_id)
    actions.read(by=actor, member=shown, at=timezone.now())
    messages.success(request, _now("已签收"))
    return redirect("campaigns:member", campaign_id, shown.pk)


@requires(P.MANAGE)
@never_cache
def act(request: HttpRequest, campaign_id: int, member_id: int, act: str) -> HttpResponseBase:
    """The form of an act on a member; sent, the act."""
    actor = actor_of(request)
    shown = queries.member(actor, campaign_id, member_id)
    if act not in ACTS:
        raise Http404
    title, lead, button = ACTS[act]
    kind = TimeForm if act == "time" else ReasonForm
    form = kind(request.POST if request.method == "POST" else None, initial={"on": shown.due_on})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"by": actor, "member": shown, "reason": form.cleaned_data["reason"],
                                 "at": timezone.now()}
        try:
            if act == "time":
                actions.give_time(on=form.cleaned_data["on"], **given)
            else:
                {"exempt": actions.exempt, "owe": actions.owe, "drop": actions.drop}[act](**given)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _now("已保存"))
            if act == "drop":
                return redirect("campaigns:board", campaign_id)
            return redirect("campaigns:member", campaign_id, shown.pk)
    return render(request, "campaigns/form.html", {
        "form": form, "title": f"{title}　{shown.agency.name}", "lead": lead, "button": button,
        "campaign": shown.campaign, "back": member_of(campaign_id, shown.pk),
    }, status=400 if form.errors else 200)


@requires(P.MANAGE)
@posted(board_of)
def add(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """One more member."""
    actor = actor_of(request)
    shown = queries.campaign(actor, campaign_id)
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, "；".join(e for errors in form.errors.values() for e in errors))
        return redirect("campaigns:board", shown.pk)
    given = form.cleaned_data
    try:
        actions.add(
            by=actor, campaign=shown, agency=given["agency"], scope=given["scope"], reason=given["reason"],
            at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    else:
        messages.success(request, _now("已增加"))
    return redirect("campaigns:board", shown.pk)


def _acts(shown: Member) -> list[tuple[str, Any]]:
    if shown.left_at is not None or shown.campaign.closed_at is not None:
        return []
    keys = ["time", "owe" if shown.exempt_reason else "exempt", "drop"]
    return [(key, ACTS[key][0]) for key in keys]
