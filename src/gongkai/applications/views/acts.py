"""The form of one act, and doing it. Everything that can be done on an application goes through here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of
from gongkai.accounts.permissions import Denied, may
from gongkai.applications import queries
from gongkai.applications.correspondence import case_of
from gongkai.applications.forms import BY_ACT, ActForm
from gongkai.applications.forms.intake import MEND
from gongkai.applications.models import Application, ReplyDraft
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.replying import letter_context
from gongkai.applications.states import Act, after
from gongkai.applications.views.doors import office
from gongkai.applications.views.page import works_on
from gongkai.core.errors import Refused
from gongkai.core.law.answers import answer
from gongkai.infra.refusals import said, translated
from gongkai.letters.preview import preview

# Who decides on a draft reads it first.
SHOWS_DRAFT = frozenset({Act.SUBMIT, Act.REVIEW, Act.RETURN, Act.SIGN})


@office
@never_cache
def act(request: HttpRequest, application_id: int, act: str) -> HttpResponseBase:
    """The form of an act; sent, the act. A refusal comes back to the form with what was typed."""
    actor = actor_of(request)
    shown = queries.application(actor, application_id)
    if act not in BY_ACT:
        raise Http404
    _permit(request, shown, act)
    kind = BY_ACT[act]
    made = {"application": shown, "actor": actor, "today": timezone.localdate()}
    if request.method != "POST":
        looked_at = {name: request.GET[name] for name in kind.watched if name in request.GET}
        return _page(request, shown, kind(initial=looked_at, **made))
    form = kind(request.POST, request.FILES, **made)
    step = request.POST.get("step", "")
    if step:  # another kind of answer, more lines, a preview: nothing is done yet
        looked = letter_of(form.unsaved()) if step == "preview" and form.is_valid() else None  # type: ignore[attr-defined]
        return _page(request, shown, form, looked, looking=step != "preview")
    if form.is_valid():
        try:
            form.perform(by=actor, at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("%(done)s：%(number)s") % {"done": form.done, "number": shown.number})
            return redirect("applications:application", shown.pk)
    return _page(request, shown, form, status=400)


def _permit(request: HttpRequest, shown: Application, act: str) -> None:
    """Whose posts do not allow the act at all does not see its form either. Raises Denied."""
    actor = actor_of(request)
    if act == MEND:
        if not may(actor, P.REGISTER, shown):
            raise Denied(P.REGISTER)
    elif Act(act) not in queries.permitted_acts(actor, shown):
        raise Denied(queries.PERMISSION_OF.get(Act(act), P.HANDLE))


def _page(
    request: HttpRequest, shown: Application, form: ActForm, looked: SafeString | None = None, *,
    looking: bool = False, status: int = 200,
) -> HttpResponse:
    """The form's page. `looking`: sent to look only, so nothing is called missing yet."""
    if looking:
        form._errors = {}
    draft = queries.current_draft(shown)
    context: dict[str, Any] = {
        "application": shown, "form": form, "preview": looked, "inside": works_on(actor_of(request), shown),
        "effect": form.effect(), "closed": why_closed(request, shown, form.act), "draft": draft,
        "drafted": letter_of(draft) if draft is not None and form.act in SHOWS_DRAFT else None,
    }
    return render(request, form.template, context, status=status)


def why_closed(request: HttpRequest, shown: Application, act: str) -> str:
    """Why the act cannot be done now, as the acts panel would say it; empty when it can."""
    if act == MEND:
        return ""
    for offer in queries.offered(actor_of(request), shown, timezone.localdate()):
        if offer.act == act:
            return _(offer.reason) if offer.reason else ""
    try:
        after(shown.state, Act(act))
    except Refused as refusal:
        return translated(refusal)
    return ""


def letter_of(draft: ReplyDraft) -> SafeString:
    """The reply as a page shows it: the applicant masked, no number, no code. What is missing is marked in it."""
    shown, today = draft.application, timezone.localdate()
    kind = answer(draft.answer_kind).letter
    context = case_of(shown, kind) | {"applicant": shown.applicant_mask} | letter_context(shown, draft, today)
    try:
        made = preview(shown.agency, kind, {name: value for name, value in context.items() if value}, today)
    except Refused as refusal:
        return format_html("<p>{}</p>", translated(refusal))
    return mark_safe(made.decode())  # noqa: S308 - every word was escaped by letters.preview
