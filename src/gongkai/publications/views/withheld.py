"""What is not published: the list, one more, its page, looking at it again, and the way to the public."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency, Section
from gongkai.core.errors import Refused
from gongkai.core.tables import MEDIA_TYPES, written
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import said, translated
from gongkai.ledger.queries import timeline
from gongkai.publications import withheld
from gongkai.publications.actions import draft, revise
from gongkai.publications.actions.desk import note_export
from gongkai.publications.exporting import MOST
from gongkai.publications.forms.withheld import ReassessForm, WithheldFilter, WithholdForm
from gongkai.publications.permissions import PublicationPermission as P

ROWS = 50
CHOICES = 200


@requires(P.SEE)
def listing(request: HttpRequest) -> HttpResponseBase:
    """What is not published in one's reach, what is to be looked at first on top."""
    actor, today = at_desk(request), timezone.localdate()
    form = _filter(request)
    page = Paginator(withheld.listing(actor, form.filters, today), ROWS).get_page(request.GET.get("page"))
    return render(request, "publications/withheld_list.html", {
        "form": form, "page": page, "today": today, "may_enter": may(actor_of(request), P.SIGN),
        "export": reverse("publications:withheld-export") if may(actor, P.EXPORT) else "",
    })


@requires(P.EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered, as .xlsx or .csv; noted in the ledger."""
    actor, today = at_desk(request), timezone.localdate()
    to = request.GET.get("as", "xlsx")
    if to not in MEDIA_TYPES:
        to = "xlsx"
    rows = withheld.listing(actor, _filter(request).filters, today).filter(within(actor, P.EXPORT, "agency__path"))
    count = rows.order_by()[:MOST + 1].count()
    if count > MOST:
        messages.error(request, _("超过 %(most)s 件，一次导不出；请用筛选缩小范围") % {"most": MOST})
        return redirect("publications:withheld")
    cells = withheld.rows_of(rows.iterator(chunk_size=2000))
    data = written(withheld.HEADINGS, cells, to)
    held = {h.agency_id for h in actor.holdings}
    agency = Agency.objects.get(pk=held.pop()) if len(held) == 1 else None
    note_export(by=actor_of(request), agency=agency, rows=count, form=to, at=timezone.now())
    return kept_nowhere(attachment(data, f"withheld-{today:%Y%m%d}.{to}", MEDIA_TYPES[to]))


@requires(P.SIGN)
def new(request: HttpRequest) -> HttpResponseBase:
    """Enter an item by hand: what was decided before, or on paper."""
    actor = actor_of(request)
    mine = Agency.objects.filter(within(actor, P.SIGN, "path")).order_by("path")
    begin: dict[str, Any] = {"agency": chosen(request), "decided_on": timezone.localdate()}
    form = WithholdForm(request.POST or None, agencies=mine, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.perform(by=actor, at=timezone.now())
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已登记，%(day)s 前再评估") % {"day": made.next_on.isoformat()})
            return redirect("publications:withheld-item", made.pk)
    return render(request, "publications/withheld_new.html", {"form": form},
                  status=400 if form.is_bound and form.errors else 200)


@requires(P.SEE)
def item(request: HttpRequest, withholding_id: int) -> HttpResponseBase:
    """An item: why, until when, what was found each time, what may be done."""
    actor = actor_of(request)
    shown = withheld.one(actor, withholding_id)
    ended = shown.ended_on is not None
    return render(request, "publications/withheld.html", {
        "item": shown, "today": timezone.localdate(), "looks": shown.reassessments.select_related("by"),
        "entries": timeline("withholding", shown.pk), "drafted": withheld.draft_of(shown) if ended else None,
        "revises": withheld.to_revise(shown), "may_reassess": may(actor, P.REASSESS, shown),
        "may_draft": may(actor, P.HANDLE, shown),
    })


@requires(P.REASSESS)
def look(request: HttpRequest, withholding_id: int) -> HttpResponseBase:
    """Look at an item again (Art. 18)."""
    actor = actor_of(request)
    shown = withheld.one(actor, withholding_id)
    form = ReassessForm(request.POST if request.method == "POST" else None, shown=shown, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            kept = form.perform(by=actor, at=timezone.now())
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已评估：转为主动公开，请起草") if kept.ended_on else _(
                "已评估，%(day)s 前再评估") % {"day": kept.next_on.isoformat()})
            return redirect("publications:withheld-item", shown.pk)
    return render(request, "publications/withheld_look.html", {"form": form, "item": shown},
                  status=400 if form.is_bound and form.errors else 200)


@requires(P.HANDLE)
@posted(lambda withholding_id: reverse("publications:withheld-item", args=[withholding_id]))
def begin(request: HttpRequest, withholding_id: int) -> HttpResponseBase:
    """Begin the draft of what is to be published: a revision of what was filed, or a new one."""
    actor, at = actor_of(request), timezone.now()
    shown = withheld.one(actor, withholding_id)
    if shown.ended_on is None:
        messages.warning(request, _("这一项还没有转为公开，请先评估"))
        return redirect("publications:withheld-item", shown.pk)
    there = withheld.draft_of(shown)
    if there is not None:
        return redirect("publications:publication", there.pk)
    try:
        if shown.publication is not None:
            made = revise(by=actor, publication=shown.publication, change_note=_("再评估后转为主动公开"), at=at)
        else:
            made = draft(
                by=actor, agency=shown.agency, kind="other", title=shown.title, section=shown.section, at=at,
                source=withheld.source(shown), values={"document_number": shown.document_number},
            )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("publications:withheld-item", shown.pk)
    messages.success(request, _("已起草，请改好公开属性和内容"))
    return redirect("publications:edit", made.publication_id, made.number)


def _filter(request: HttpRequest) -> WithheldFilter:
    actor = at_desk(request)
    agencies = Agency.objects.filter(within(actor, P.SEE, "path")).order_by("path")
    own = {h.agency_id for h in actor.holdings}
    return WithheldFilter(
        request.GET, sections=Section.objects.filter(agency_id__in=own),
        agencies=agencies if request.GET.get("agency") else agencies[:CHOICES],
    )
