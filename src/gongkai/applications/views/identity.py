"""Looking at what is sealed: the applicant's identity and the files of the case. Each look at an identity has a reason
that is recorded; nothing of it stands in an address, and no browser keeps the page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted
from gongkai.accounts.permissions import Denied
from gongkai.applications import queries
from gongkai.applications.models import Application, Use
from gongkai.applications.views.doors import office
from gongkai.applications.views.page import context_of, works_on
from gongkai.core.errors import Refused
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.letters.permissions import LetterPermission
from gongkai.letters.queries import document, letters_of, may_open
from gongkai.vault.actions import open_proof
from gongkai.vault.actions import reveal as open_identity
from gongkai.vault.fields import FIELDS
from gongkai.vault.queries import open_file


def _its_page(application_id: int, **others: int) -> str:  # noqa: ARG001
    """The page that the form stands on."""
    return reverse("applications:application", args=[application_id])


@office
@never_cache
@posted(_its_page)
def reveal(request: HttpRequest, application_id: int) -> HttpResponseBase:
    """The true values, once, for a reason. A reload asks the browser to send the reason again."""
    actor = actor_of(request)
    shown = queries.application(actor, application_id)
    context = context_of(request, shown)
    reason = request.POST.get("reason", "")
    if shown.identity is None:
        raise Http404
    try:
        opened = open_identity(by=actor, sealed=shown.identity, fields=tuple(FIELDS), reason=reason, at=timezone.now())
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        refused = {"reveal_refused": translated(refusal), "reveal_reason": reason}
        return kept_nowhere(render(request, "applications/application.html", context | refused, status=400))
    revealed = [(str(FIELDS[name].label), value) for name, value in opened.items()]
    return kept_nowhere(render(request, "applications/application.html", context | {"revealed": revealed}))


@office
@never_cache
def attached(request: HttpRequest, application_id: int, attachment_id: int) -> HttpResponseBase:
    """A file of the case. A proof of identity is opened like an identity: for a reason, sent as a form."""
    actor = actor_of(request)
    shown = queries.application(actor, application_id)
    if not works_on(actor, shown):
        raise Http404
    row = shown.attachments.select_related("sealed_file__stored").get(pk=attachment_id)
    if row.use != Use.IDENTITY:
        return kept_nowhere(attachment(open_file(row.sealed_file), row.name))
    if request.method != "POST":
        return redirect("applications:application", shown.pk)
    try:
        data = open_proof(
            by=actor, sealed_file=row.sealed_file, agency=shown.agency, reason=request.POST.get("reason", ""),
            at=timezone.now(), of=shown.identity,
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("applications:application", shown.pk)
    return kept_nowhere(attachment(data, row.name))


@office
@never_cache
def letter(request: HttpRequest, application_id: int, letter_id: int, to: str) -> HttpResponseBase:
    """A letter of the case as it went out."""
    actor = actor_of(request)
    shown: Application = queries.application(actor, application_id)
    if to not in {"docx", "pdf"}:
        raise Http404
    row = letters_of("application", shown.pk).get(pk=letter_id)
    if not may_open(actor, row):
        raise Denied(LetterPermission.OPEN)
    name = f"{row.title}{row.number}.{to}"
    try:
        return kept_nowhere(attachment(document(row, "docx" if to == "docx" else "pdf"), name))
    except Refused as refusal:
        messages.error(request, translated(refusal))
        return redirect("applications:application", shown.pk)
