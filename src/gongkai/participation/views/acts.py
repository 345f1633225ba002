"""The form of one act on a message, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated
from gongkai.participation import offering, queries
from gongkai.participation.forms.acts import BY_ACT, ActForm
from gongkai.participation.models import Message
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.states import OUTCOMES, Act, Kind, after
from gongkai.participation.views.doors import office


@office
@never_cache
def act(request: HttpRequest, message_id: int, act: str) -> HttpResponseBase:
    """The form of an act; sent, the act. A refusal comes back to the form with what was typed."""
    actor = actor_of(request)
    shown = queries.message(actor, message_id)
    if act not in BY_ACT:
        raise Http404
    if Act(act) not in offering.permitted(actor, shown):
        raise Denied(P.HANDLE)
    made: dict[str, Any] = {"message": shown, "actor": actor, "today": timezone.localdate()}
    if request.method != "POST":
        return _page(request, shown, BY_ACT[act](**made))
    form = BY_ACT[act](request.POST, **made)
    if form.is_valid():
        try:
            form.perform(by=actor, at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
            if refusal.code == "changed-meanwhile":
                return _page(request, shown, form, status=409)
        else:
            messages.success(request, _("%(done)s：%(number)s") % {"done": form.done, "number": shown.number})
            return redirect("participation:message", shown.pk)
    return _page(request, shown, form, status=400)


def _page(request: HttpRequest, shown: Message, form: ActForm, status: int = 200) -> HttpResponse:
    return render(request, "participation/act.html", {
        "message": shown, "form": form, "closed": why_closed(request, shown, form.act),
        "outcome": _(OUTCOMES[Kind(shown.kind)][shown.outcome]) if shown.outcome else "",
    }, status=status)


def why_closed(request: HttpRequest, shown: Message, act: str) -> str:
    """Why the act cannot be done now, as the acts panel would say it; empty when it can."""
    for offer in offering.offered(actor_of(request), shown):
        if offer.act == act:
            return _(offer.reason) if offer.reason else ""
    try:
        after(shown.state, Act(act))
    except Refused as refusal:
        return translated(refusal)
    return ""
