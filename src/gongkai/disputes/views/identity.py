"""Looking at what is sealed: who the other side is, and the papers of the case. No browser keeps these pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.disputes import queries
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.views.page import context_of, works_on
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.vault.actions import reveal as open_identity
from gongkai.vault.fields import FIELDS
from gongkai.vault.queries import open_file


def _its_page(dispute_id: int, **others: int) -> str:  # noqa: ARG001
    """The page that the form stands on."""
    return reverse("disputes:dispute", args=[dispute_id])


@requires(P.SEE)
@never_cache
@posted(_its_page)
def reveal(request: HttpRequest, dispute_id: int) -> HttpResponseBase:
    """The true values, once, for a reason. A reload asks the browser to send the reason again."""
    actor = actor_of(request)
    shown = queries.dispute(actor, dispute_id)
    context, reason = context_of(request, shown), request.POST.get("reason", "")
    if shown.identity is None:
        raise Http404
    try:
        opened = open_identity(by=actor, sealed=shown.identity, fields=tuple(FIELDS), reason=reason, at=timezone.now())
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        refused = {"reveal_refused": translated(refusal), "reveal_reason": reason}
        return kept_nowhere(render(request, "disputes/dispute.html", context | refused, status=400))
    revealed = [(str(FIELDS[name].label), value) for name, value in opened.items()]
    return kept_nowhere(render(request, "disputes/dispute.html", context | {"revealed": revealed}))


@requires(P.SEE)
@never_cache
def paper(request: HttpRequest, dispute_id: int, paper_id: int) -> HttpResponseBase:
    """A paper of the case, for those who work on it: petitions name people."""
    actor = actor_of(request)
    shown = queries.dispute(actor, dispute_id)
    if not works_on(actor, shown):
        raise Denied(P.HANDLE)
    row = shown.papers.select_related("sealed__stored").get(pk=paper_id)
    return kept_nowhere(attachment(open_file(row.sealed), row.name))
