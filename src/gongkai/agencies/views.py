"""The tree of agencies: look, add, import with a rehearsal."""

from __future__ import annotations

import base64

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires, signed_in
from gongkai.accounts.permissions import Denied, may
from gongkai.agencies import actions, queries
from gongkai.agencies.forms import AbolishForm, AgencyForm, MoveForm, RegionForm, RenameForm, SheetForm
from gongkai.agencies.importing import import_agencies
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import AgencyPermission
from gongkai.core.errors import ReadError, Refused
from gongkai.infra.refusals import translated

ROWS = 100
REHEARSED = "agencies-rehearsed"  # the sheet between rehearsal and import, in the session


def _page(agency_id: int) -> str:
    return reverse("agencies:agency", args=[agency_id])


@signed_in
def tree(request: HttpRequest) -> HttpResponse:
    """All agencies in force in tree order, or those that a search finds."""
    today, text = timezone.localdate(), request.GET.get("q", "").strip()
    rows = queries.search(text, today) if text else Agency.objects.in_force(today)
    rows = queries.with_children(rows.select_related("parent").order_by("path"), today)
    return render(request, "agencies/tree.html", {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "q": text, "flat": bool(text),
        "may_manage": may(actor_of(request), AgencyPermission.MANAGE),
    })


@signed_in
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for a field that names an agency, as htmx asks for them while one types."""
    text = next((value.strip() for value in request.GET.values() if value.strip()), "")
    found = queries.search(text, timezone.localdate()).order_by("path")[:12] if text else []
    return render(request, "agencies/suggest.html", {"found": found})


@signed_in
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """One agency: what it is, what it was called, who follows it; and what may be changed."""
    shown = Agency.objects.select_related("parent").get(pk=agency_id)
    return render(request, "agencies/agency.html", _agency_page(request, shown))


@requires(AgencyPermission.MANAGE)
@posted(_page)
def rename(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Give a new name from a day on; the old one is still found."""
    shown, form = Agency.objects.get(pk=agency_id), RenameForm(request.POST, prefix="rename")
    if form.is_valid():
        try:
            actions.rename(by=actor_of(request), agency=shown, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已更名，旧名称仍可查到"))
            return redirect("agencies:agency", shown.pk)
        except Refused as refusal:
            _said(form, refusal)
    return render(request, "agencies/agency.html", _agency_page(request, shown, rename=form), status=400)


@requires(AgencyPermission.MANAGE)
@posted(_page)
def region(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Say whose local holidays it keeps; blank follows the agency above."""
    shown, form = Agency.objects.get(pk=agency_id), RegionForm(request.POST, prefix="region")
    if form.is_valid():
        try:
            actions.change(by=actor_of(request), agency=shown, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已改地区，在办申请的期限下次计算时随之改变"))
            return redirect("agencies:agency", shown.pk)
        except Refused as refusal:
            _said(form, refusal)
    return render(request, "agencies/agency.html", _agency_page(request, shown, region=form), status=400)


@requires(AgencyPermission.MANAGE)
@posted(_page)
def move(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Put an agency under another parent from a day on. Asked first what moves along and which years change; done when
    that was confirmed."""
    shown, form = Agency.objects.select_related("parent").get(pk=agency_id), MoveForm(request.POST, prefix="move")
    if form.is_valid():
        given = form.cleaned_data
        parent = given["parent"]
        if request.POST.get("confirmed") != "1":
            return render(request, "agencies/move.html", {
                "agency": shown, "parent": parent, "form": form, "along": Agency.objects.below(shown).count(),
                "on": given["on"] or timezone.localdate(), "document": given["document"],
            })
        try:
            actions.move(by=actor_of(request), agency=shown, at=timezone.now(), **given)
            told = _("已移到%(parent)s之下，历年年报和更正都不变")
            messages.success(request, told % {"parent": parent.name})
            return redirect("agencies:agency", shown.pk)
        except Refused as refusal:
            _said(form, refusal)
    return render(request, "agencies/agency.html", _agency_page(request, shown, move=form), status=400)


@requires(AgencyPermission.MANAGE)
@posted(_page)
def abolish(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """End an agency; its reports stay, and its successors are named."""
    shown, form = Agency.objects.get(pk=agency_id), AbolishForm(request.POST, prefix="abolish")
    if form.is_valid():
        try:
            actions.abolish(by=actor_of(request), agency=shown, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已撤销，历年年报都保留"))
            return redirect("agencies:agency", shown.pk)
        except Refused as refusal:
            _said(form, refusal)
    return render(request, "agencies/agency.html", _agency_page(request, shown, abolish=form), status=400)


@requires(AgencyPermission.MANAGE)
def add(request: HttpRequest) -> HttpResponseBase:
    """Enter one agency."""
    parent = request.GET.get("parent", "")
    form = AgencyForm(request.POST or None, initial={"parent": parent if parent.isdigit() else None})
    if request.method == "POST" and form.is_valid():
        try:
            agency = actions.add(by=actor_of(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            _said(form, refusal)
        else:
            messages.success(request, _("已登记：%(agency)s") % {"agency": agency.name})
            return redirect("agencies:tree")
    return render(request, "agencies/add.html", {"form": form}, status=400 if form.is_bound else 200)


@requires(AgencyPermission.MANAGE)
def rehearse(request: HttpRequest) -> HttpResponseBase:
    """Look at every row of a sheet without writing; the page then offers the import of what was looked at."""
    form = SheetForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["sheet"].read()
        try:
            outcome = import_agencies(by=actor_of(request), data=data, at=timezone.now(), dry_run=True)
            request.session[REHEARSED] = base64.b64encode(data).decode("ascii")
        except ReadError as unreadable:
            form.add_error("sheet", unreadable.message)
    bad = form.is_bound and outcome is None
    return render(request, "agencies/import.html", {"form": form, "outcome": outcome}, status=400 if bad else 200)


@requires(AgencyPermission.MANAGE)
@posted(lambda: reverse("agencies:import"))
def import_rehearsed(request: HttpRequest) -> HttpResponseBase:
    """Import the sheet that was rehearsed. Sent twice, the second finds nothing left to do."""
    kept = request.session.pop(REHEARSED, None)
    if kept is None:
        messages.warning(request, _("没有待导入的表，请先试导入一次"))
        return redirect("agencies:import")
    outcome = import_agencies(
        by=actor_of(request), data=base64.b64decode(kept), at=timezone.now(),
        skip_refused=request.POST.get("skip_refused") == "1",
    )
    told = _("新增 %(added)s 个，修改 %(changed)s 个，未变 %(unchanged)s 个，没有导入 %(refused)s 行")
    messages.success(request, told % {
        "added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged,
        "refused": len(outcome.refused),
    })
    return redirect("agencies:tree")


def _agency_page(request: HttpRequest, shown: Agency, **bound: forms.Form) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "agency": shown, "above": queries.ancestors(shown), "former": shown.former_names.all(),
        "heirs": queries.heirs(shown), "placements": queries.placements(shown),
        "page": Paginator(queries.children(shown, today), ROWS).get_page(request.GET.get("page")),
        "may_manage": may(actor_of(request), AgencyPermission.MANAGE, shown) and shown.valid_to is None,
        "may_describe": may(actor_of(request), AgencyPermission.DESCRIBE, shown),
        "rename": bound.get("rename") or RenameForm(prefix="rename", initial={"on": today}),
        "region": bound.get("region") or RegionForm(prefix="region", initial={"region": shown.region}),
        "move": bound.get("move") or MoveForm(prefix="move", initial={"on": today}),
        "abolish": bound.get("abolish") or AbolishForm(prefix="abolish", initial={"on": today}),
    }


def _said(form: forms.Form, refusal: Refused) -> None:
    if isinstance(refusal, Denied):
        raise refusal
    form.add_error(None, translated(refusal))
