"""Writing down a new case: alone, from an application's page, from a publication's, or after a reconsideration."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import chosen
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.applications.states import CLOSED
from gongkai.core.errors import Refused
from gongkai.disputes import actions
from gongkai.disputes.forms.registering import NewForm
from gongkai.disputes.models import Dispute
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import Against, Track
from gongkai.infra.refusals import said
from gongkai.publications.models import Publication


@requires(P.HANDLE)
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Register a case."""
    actor, today = actor_of(request), timezone.localdate()
    agencies = Agency.objects.filter(within(actor, P.HANDLE, "path")).order_by("path")
    form = NewForm(
        request.POST if request.method == "POST" else None, actor=actor, today=today, agencies=agencies,
        initial=_begun(request, actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register(by=actor, at=timezone.now(), **form.facts)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已登记：%(number)s") % {"number": made.number})
            return redirect("disputes:dispute", made.pk)
    return render(request, "disputes/new.html", {"form": form}, status=400 if form.errors else 200)


def _begun(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What the fields begin with, from whose page the person comes; what this person does not see begins nothing."""
    found: dict[str, Any] = {"agency": chosen(request) or next((h.agency_id for h in actor.holdings), None)}
    if row := _row(Application.objects.visible_to(actor), request, "application"):
        silent = row.state not in CLOSED
        found |= {
            "agency": row.agency_id, "application": row.number, "track": Track.RECONSIDERATION,
            "against": Against.SILENCE if silent else Against.REPLY, "subject": _subject(row, silent=silent),
        }
    if one := _row(Publication.objects.visible_to(actor), request, "publication"):
        found |= {
            "agency": one.agency_id, "publication": one.index_number or str(one.pk),
            "track": Track.RECONSIDERATION, "against": Against.PUBLICATION,
        }
    if before := _row(Dispute.objects.visible_to(actor), request, "follows"):
        found |= {
            "agency": before.agency_id, "follows": before.number, "track": Track.AFTER, "against": before.against,
            "subject": before.subject, "application": before.application.number if before.application else "",
            "publication": before.publication.index_number if before.publication else "",
        }
    return found


def _subject(row: Application, *, silent: bool) -> str:
    return f"逾期没有答复（{row.number}）" if silent else f"不服政府信息公开答复（{row.reply_number or row.number}）"


def _row(rows: Any, request: HttpRequest, name: str) -> Any:
    key = request.GET.get(name, "")
    return rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 16 else None
