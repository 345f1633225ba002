"""The form of one act, and doing it. Everything that is done to an edition goes through here."""

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
from gongkai.ledger.queries import timeline
from gongkai.publications import offering, queries
from gongkai.publications.findings import told
from gongkai.publications.forms import BY_ACT, ActForm
from gongkai.publications.forms.publishing import CHANNELS, VALIDITY, WARNINGS
from gongkai.publications.models import Edition
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.states import Act, after
from gongkai.publications.views.doors import office
from gongkai.publications.views.reading import attachments_of

# Acts that are pages of their own.
ELSEWHERE = {Act.EDIT: "edit", Act.ATTACH: "files", Act.LINK: "relations"}
# Acts beside the table stand with one of it: who may do this may do that.
LIKE = {VALIDITY: Act.LINK, CHANNELS: Act.PUBLISH, WARNINGS: Act.EDIT}
LATELY = 8


@office
@never_cache
def act(request: HttpRequest, publication_id: int, number: int, act: str) -> HttpResponseBase:
    """The form of an act; sent, the act. A refusal comes back to the form with what was typed."""
    actor = actor_of(request)
    shown = queries.edition(actor, publication_id, number)
    if act in ELSEWHERE:
        return redirect(f"publications:{ELSEWHERE[Act(act)]}", publication_id, number)
    if act not in BY_ACT:
        raise Http404
    if not permitted(request, shown, act):
        raise Denied(P.HANDLE)
    made: dict[str, Any] = {"edition": shown, "actor": actor, "today": timezone.localdate()}
    if request.method != "POST":
        return _page(request, shown, BY_ACT[act](**made))
    form, conflict = BY_ACT[act](request.POST, **made), False
    if form.is_valid():
        try:
            form.perform(by=actor, at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
            conflict = refusal.code == "changed-meanwhile"
        else:
            messages.success(request, form.done)
            to = form.to() or shown
            return redirect("publications:edition", publication_id, to.number)
    return _page(request, shown, form, conflict=conflict, status=409 if conflict else 400)


def permitted(request: HttpRequest, shown: Edition, act: str) -> bool:
    """Whether this person's posts allow the act at all."""
    return Act(LIKE.get(act, act)) in offering.permitted(actor_of(request), shown)


def _page(
    request: HttpRequest, shown: Edition, form: ActForm, *, conflict: bool = False, status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "edition": shown, "publication": shown.publication, "form": form,
        "closed": why_closed(request, shown, form.act),
        "attachments": attachments_of(shown) if form.words else [], "told": told(shown.screening),
        "gates": getattr(form, "gates", None), "lately": [],
    }
    if conflict:
        context["lately"] = timeline("publication", shown.publication_id).order_by("-sequence")[:LATELY]
    return render(request, "publications/act.html", context, status=status)


def why_closed(request: HttpRequest, shown: Edition, act: str) -> str:
    """Why the act cannot be done now, as the acts panel would say it; empty when it can."""
    if act in LIKE:
        return ""
    for offer in offering.offered(actor_of(request), shown, timezone.localdate()):
        if offer.act == act:
            return _(offer.reason) if offer.reason else ""
    try:
        after(shown.state, Act(act))
    except Refused as refusal:
        return translated(refusal)
    return ""
