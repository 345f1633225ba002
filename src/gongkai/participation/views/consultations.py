"""Consultations: opened on a draft, given more time, cancelled, told how they ended; the comments in a table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import Denied, may, within
from gongkai.core.errors import Refused
from gongkai.core.tables import MEDIA_TYPES
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import said
from gongkai.ledger.queries import timeline
from gongkai.participation import exporting, queries, work
from gongkai.participation.actions.exporting import note_export
from gongkai.participation.forms.consultations import CHANGES, OpenForm
from gongkai.participation.models import Consultation, Message
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.states import OUTCOMES, Kind
from gongkai.participation.views.listing import ROWS, Pages
from gongkai.publications.kinds import Kind as PublicationKind
from gongkai.publications.models import Publication


@requires(P.SEE)
@never_cache
def listing(request: HttpRequest) -> HttpResponseBase:
    """Consultations of one's agencies, the latest end first."""
    actor, today = at_desk(request), timezone.localdate()
    rows = own(actor).select_related("agency", "publication", "summary")
    page: Any = Pages(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "participation/consultations.html", {
        "page": page, "today": today, "numbers": queries.comments_of(page.object_list),
        "may_open": may(actor_of(request), P.CONSULT),
    })


@requires(P.CONSULT)
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Open one."""
    actor, today = actor_of(request), timezone.localdate()
    form = OpenForm(
        request.POST if request.method == "POST" else None, drafts=drafts(actor),
        initial={"opens_on": today, "publication": request.GET.get("publication", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = form.perform(by=actor, at=timezone.now())
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已发起"))
            return redirect("participation:consultation", made.pk)
    return render(request, "participation/consultation_new.html", {
        "form": form, "none": not form.fields["publication"].queryset.exists(),  # type: ignore[attr-defined]
    }, status=400 if form.errors else 200)


@requires(P.SEE)
@never_cache
def consultation(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """One of them with its comments and what became of them."""
    actor, today = actor_of(request), timezone.localdate()
    shown = own(actor).select_related("agency", "publication", "summary").get(pk=consultation_id)
    counts = queries.outcomes_of(shown)
    pages = Pages(comments(actor, shown), ROWS)
    page: Any = pages.get_page(request.GET.get("page"))
    page.object_list = work.with_chips(page.object_list.select_related("agency").defer("content", "reply"), today)
    consults = may(actor, P.CONSULT, shown)
    return render(request, "participation/consultation.html", {
        "consultation": shown, "page": page, "today": today, "ended": shown.closes_on < today,
        "outcomes": [(name, counts.get(key, 0)) for key, name in OUTCOMES[Kind.COMMENT].items()],
        "waiting": counts.get("", 0), "total": sum(counts.values()),
        "offers": offered(shown, ended=shown.closes_on < today) if consults else [],
        "export": consults and may(actor, P.EXPORT, shown), "entries": timeline("consultation", shown.pk),
    })


@requires(P.CONSULT)
@never_cache
def change(request: HttpRequest, consultation_id: int, act: str) -> HttpResponseBase:
    """Prolong, cancel, summarise."""
    actor, today = actor_of(request), timezone.localdate()
    shown = own(actor).select_related("agency", "publication").get(pk=consultation_id)
    if act not in CHANGES:
        raise Http404
    if not may(actor, P.CONSULT, shown):
        raise Denied(P.CONSULT)
    form = CHANGES[act](request.POST if request.method == "POST" else None, consultation=shown, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            form.perform(by=actor, at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已办"))
            return redirect("participation:consultation", shown.pk)
    return render(request, "participation/consultation_act.html", {
        "consultation": shown, "form": form, "act": act,
    }, status=400 if form.errors else 200)


@requires(P.EXPORT)
@never_cache
def export(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """The comments with their words, as .xlsx: for whoever writes the summary."""
    actor, today = actor_of(request), timezone.localdate()
    shown = own(actor).select_related("agency").get(pk=consultation_id)
    if not (may(actor, P.CONSULT, shown) and may(actor, P.EXPORT, shown)):
        raise Denied(P.CONSULT)
    rows = comments(actor, shown)[:exporting.MOST]
    data = exporting.written(exporting.COMMENTS, exporting.comments(rows), "xlsx")
    note_export(by=actor, agency=shown.agency, rows=rows.count(), form="xlsx", at=timezone.now())
    return kept_nowhere(attachment(
        data, f"comments-{shown.pk}-{today:%Y%m%d}.xlsx", MEDIA_TYPES["xlsx"]))


def own(actor: Actor) -> Any:
    """Those of the agencies where one's duty is to see what the public sends."""
    return Consultation.objects.filter(within(actor, P.SEE, "agency__path"))


def comments(actor: Actor, shown: Consultation) -> Any:
    """The comments on one, the latest first."""
    return Message.objects.visible_to(actor).filter(consultation=shown)


def drafts(actor: Actor) -> Any:
    """What a consultation can be opened on: drafts for comment of one's own, not withdrawn, not asked about yet."""
    return Publication.objects.filter(
        within(actor, P.CONSULT, "agency__path"), kind=PublicationKind.CONSULTATION, withdrawn_at__isnull=True,
        consultation__isnull=True,
    ).select_related("agency").order_by("-pk")


def offered(shown: Consultation, *, ended: bool) -> list[dict[str, Any]]:
    """The acts panel: name, address, and why not."""
    over = _("这次征求意见已经取消") if shown.cancelled_on else ""
    early = "" if ended else _("还没有截止，期满后再公布采纳情况")
    return [
        {"act": act, "name": CHANGES[act].title, "reason": reason, "open": not reason, "primary": primary}
        for act, reason, primary in (
            ("summarise", over or early, ended and not over), ("prolong", over, False), ("cancel", over, False),
        )
    ]
