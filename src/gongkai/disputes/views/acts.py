"""The form of one act on a case, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.permissions import Denied, may
from gongkai.core.errors import Refused
from gongkai.disputes import offering, queries
from gongkai.disputes.forms import BY_ACT, ActForm
from gongkai.disputes.forms.amending import ProceedingForm
from gongkai.disputes.forms.rehandling import LIFT, PERIOD
from gongkai.disputes.models import Dispute
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import Act, Track, after
from gongkai.infra.refusals import said, translated


@requires(P.HANDLE)
@never_cache
def act(request: HttpRequest, dispute_id: int, act: str) -> HttpResponseBase:
    """The form of an act; sent, the act. A refusal comes back to the form with what was typed."""
    shown = _handled(request, dispute_id)
    if act not in BY_ACT:
        raise Http404
    made: dict[str, Any] = {"dispute": shown, "actor": actor_of(request), "today": timezone.localdate()}
    if request.method != "POST":
        return _page(request, shown, BY_ACT[act](**made))
    return _done(request, shown, BY_ACT[act](request.POST, request.FILES, **made))


@requires(P.HANDLE)
@never_cache
def proceeding(request: HttpRequest, dispute_id: int, proceeding_id: int) -> HttpResponseBase:
    """The dates and numbers of one proceeding, put right."""
    shown = _handled(request, dispute_id)
    made: dict[str, Any] = {
        "dispute": shown, "actor": actor_of(request), "today": timezone.localdate(),
        "proceeding": shown.proceedings.get(pk=proceeding_id),
    }
    if request.method != "POST":
        return _page(request, shown, ProceedingForm(**made))
    return _done(request, shown, ProceedingForm(request.POST, **made))


def _handled(request: HttpRequest, dispute_id: int) -> Dispute:
    """The case, for those who handle it. Raises DoesNotExist, Denied."""
    actor = actor_of(request)
    shown = queries.dispute(actor, dispute_id)
    if not may(actor, P.HANDLE, shown):
        raise Denied(P.HANDLE)
    return shown


def _done(request: HttpRequest, shown: Dispute, form: ActForm) -> HttpResponseBase:
    status = 400
    if form.is_valid():
        try:
            form.perform(by=actor_of(request), at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
            status = 409 if refusal.code == "changed-meanwhile" else 400
        else:
            messages.success(request, _("%(done)s：%(number)s") % {"done": form.done, "number": shown.number})
            return redirect("disputes:dispute", shown.pk)
    return _page(request, shown, form, status)


def _page(request: HttpRequest, shown: Dispute, form: ActForm, status: int = 200) -> HttpResponse:
    return render(request, "disputes/act.html", {
        "dispute": shown, "form": form, "closed": why_closed(request, shown, form.act), "here": request.path,
    }, status=status)


def why_closed(request: HttpRequest, shown: Dispute, act: str) -> str:
    """Why the act cannot be done now, as the acts panel would say it; empty when it can."""
    asked = Act.REHANDLE if act in {LIFT, PERIOD} else Act(act)
    if asked is Act.REHANDLE and not shown.rehandlings.open().exists():  # type: ignore[attr-defined]
        return _("没有需要重新答复的")
    if asked is Act.APPEAL and shown.track == Track.RECONSIDERATION:
        return _("复议没有上诉；不服复议决定起诉的，登记为复议后起诉的案件")
    for offer in offering.offered(actor_of(request), shown):
        if offer.act == asked:
            return _(offer.reason) if offer.reason else ""
    try:
        after(shown.state, asked)
    except Refused as refusal:
        return translated(refusal)
    return ""
