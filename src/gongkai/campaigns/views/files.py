"""Files of members that do not work here: sent from here, read by the same rules, confirmed and handed in."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import Denied, may, within
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports import queries as filed
from gongkai.annual_reports.forms import UploadForm
from gongkai.annual_reports.guesses import Guess
from gongkai.annual_reports.models import UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ItemState
from gongkai.campaigns import actions, queries
from gongkai.campaigns.forms.members import AcceptForm
from gongkai.campaigns.models import Campaign, Member
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said

ROWS = 50


def files_of(campaign_id: int, *_more: Any, **_named: Any) -> str:
    """The page of a campaign's files."""
    return reverse("campaigns:files", args=[campaign_id])


@requires(AnnualReportPermission.UPLOAD)
@never_cache
def files(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """Send files, and the list of what was sent: unread, to be confirmed, handed in, refused with the reason."""
    actor = actor_of(request)
    shown = queries.campaign(actor, campaign_id)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, agencies=_behalf(actor, shown))
        if form.is_valid():
            incoming = [annual.Incoming(f.name or "", f.chunks()) for f in form.cleaned_data["files"]]
            try:
                actions.take_in(
                    by=actor, campaign=shown, agency=form.cleaned_data["agency"], files=incoming, at=timezone.now(),
                    token=form.cleaned_data["token"],
                )
            except Refused as refusal:
                if refusal.code == "denied":
                    raise
                said(form, refusal)
            else:
                return redirect("campaigns:files", shown.pk)
    else:
        behalf = _behalf(actor, shown)
        form = UploadForm(initial={"token": uuid.uuid4(), "agency": behalf.first()}, agencies=behalf)
    return _page(request, shown, form, status=400 if form.is_bound else 200)


@requires(AnnualReportPermission.CONFIRM)
@posted(files_of)
def accept(request: HttpRequest, campaign_id: int, item_id: int) -> HttpResponseBase:
    """Say whose report a file is, and hand it in."""
    actor = actor_of(request)
    shown = queries.campaign(actor, campaign_id)
    item = UploadItem.objects.visible_to(actor).select_related("batch__agency").get(
        pk=item_id, batch__handed__campaign=shown,
    )
    form = AcceptForm(request.POST, prefix=f"i{item.pk}")
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.accept_file(
                by=actor, campaign=shown, item=item, agency=form.found, scope=given["scope"],
                replace=given["replace"], at=timezone.now(),
            )
        except Denied:
            told = _("%(agency)s不在您的岗位范围内，没有收。请改选机关，或请该机关、其主管部门的人员来确认")
            form.add_error("agency", told % {"agency": form.found.name})
        except Refused as refusal:
            said(form, refusal)
        else:
            messages.success(request, _("已报送：%(report)s") % {"report": made.report})
            return redirect("campaigns:files", shown.pk)
    messages.error(request, _("没有收这份文件，请看下面的原因"))
    behalf = _behalf(actor, shown)
    upload = UploadForm(initial={"token": uuid.uuid4(), "agency": behalf.first()}, agencies=behalf)
    return _page(request, shown, upload, bound={item.pk: form}, status=400)


def _behalf(actor: Actor, campaign: Campaign) -> Any:
    """On whose behalf: where one works, if that is the root or a member of the campaign."""
    mine = {holding.agency_id for holding in actor.holdings}
    part = {campaign.root_id, *Member.objects.filter(campaign=campaign, agency__in=mine, left_at__isnull=True)
            .values_list("agency_id", flat=True)}
    return Agency.objects.filter(
        within(actor, AnnualReportPermission.UPLOAD, "path"), pk__in=mine & part,
    ).in_force(timezone.localdate()).order_by("path")


def _page(
    request: HttpRequest, shown: Campaign, form: UploadForm, *, bound: dict[int, AcceptForm] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    actor = actor_of(request)
    rows = queries.files(shown).filter(pk__in=UploadItem.objects.visible_to(actor).values("pk"))
    page: Any = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    unread = 0
    for item in page:
        unread += item.state in {ItemState.STORED, ItemState.READING}
        if item.state == ItemState.READ:
            item.form = (bound or {}).get(item.pk) or _accept_form(item, shown)
            item.filed = item.recognised_agency and filed.already_filed(
                item.recognised_agency, shown.year, item.scope or item.form["scope"].value(),
            )
            item.other_year = item.recognised_year and item.recognised_year != shown.year
    htmx = request.htmx and request.method == "GET"  # type: ignore[attr-defined]
    return render(request, "campaigns/files_live.html" if htmx else "campaigns/files.html", {
        "campaign": shown, "form": form, "page": page, "unread": unread,
        "limit": settings.GONGKAI_UPLOAD_MAX_BYTES // (1024 * 1024), "manages": may(actor, P.MANAGE, shown),
    }, status=status)


def _accept_form(item: UploadItem, campaign: Campaign) -> AcceptForm:
    likely = [guess.name for guess in map(Guess.of, item.candidates) if guess.likely]
    name = item.recognised_agency.name if item.recognised_agency else "".join(likely[:1])
    scope = "own"
    if item.recognised_agency is not None:
        scope = Member.objects.filter(campaign=campaign, agency=item.recognised_agency).values_list(
            "scope", flat=True,
        ).first() or "own"
    return AcceptForm(prefix=f"i{item.pk}", initial={"agency": name, "scope": scope})
