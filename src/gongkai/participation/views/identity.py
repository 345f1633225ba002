"""Looking at what is sealed: who sent a message, and what came with it. Each look has a reason that is recorded;
nothing of it stands in an address, and no browser keeps the page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted
from gongkai.core.errors import Refused
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.participation import queries
from gongkai.participation.views.doors import office
from gongkai.participation.views.page import context_of
from gongkai.vault.actions import open_proof
from gongkai.vault.actions import reveal as open_identity
from gongkai.vault.fields import FIELDS


def _its_page(message_id: int, **others: int) -> str:  # noqa: ARG001
    """The page that the form stands on."""
    return reverse("participation:message", args=[message_id])


@office
@never_cache
@posted(_its_page)
def reveal(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """The true values, once, for a reason. A reload asks the browser to send the reason again."""
    actor = actor_of(request)
    shown = queries.message(actor, message_id)
    context, reason = context_of(request, shown), request.POST.get("reason", "")
    try:
        opened = open_identity(by=actor, sealed=shown.identity, fields=tuple(FIELDS), reason=reason, at=timezone.now())
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        refused = {"reveal_refused": translated(refusal), "reveal_reason": reason}
        return kept_nowhere(render(request, "participation/message.html", context | refused, status=400))
    revealed = [(str(FIELDS[name].label), value) for name, value in opened.items()]
    return kept_nowhere(render(request, "participation/message.html", context | {"revealed": revealed}))


@office
@never_cache
@posted(_its_page)
def opened(request: HttpRequest, message_id: int, file_id: int) -> HttpResponseBase:
    """A file that came with a message. All of them may prove an identity, so each is opened for a reason."""
    actor = actor_of(request)
    shown = queries.message(actor, message_id)
    row = shown.files.select_related("sealed_file__stored").get(pk=file_id)
    try:
        data = open_proof(
            by=actor, sealed_file=row.sealed_file, agency=shown.agency, reason=request.POST.get("reason", ""),
            at=timezone.now(), of=shown.identity,
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("participation:message", shown.pk)
    return kept_nowhere(attachment(data, row.name))
