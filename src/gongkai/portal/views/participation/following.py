"""A message that its sender opened with number and code: where it stands, the last day, the reply."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import posted, public
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated
from gongkai.participation.actions import incoming
from gongkai.participation.models import Message
from gongkai.participation.states import KIND_NAMES, OPEN, OUTCOMES, Kind, State
from gongkai.portal import written
from gongkai.portal.offices import office_of

_STEP = {State.RECEIVED: 0, State.WORKING: 1, State.DRAFTED: 1, State.REPLIED: 2}


def _page(*_args: object) -> str:
    return reverse("portal:tracked-message")


def with_message(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hands the opened message to the view; without one leads to the form."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        message = written.opened(request.session, timezone.now())
        return redirect("portal:track") if message is None else view(request, message, *args, **kwargs)

    return found


@public
@never_cache
@with_message
def message(request: HttpRequest, shown: Message) -> HttpResponse:
    """Where it stands."""
    kind, state = Kind(shown.kind), State(shown.state)
    leads_to = shown.leads_to if shown.leads_to is not None and shown.leads_to.is_public else None
    return render(request, "portal/participation/tracked.html", {
        "message": shown, "kind": _(KIND_NAMES[kind]), "agency": shown.agency, "office": office_of(shown.agency),
        "open": state in OPEN, "overdue": state in OPEN and shown.due_on < timezone.localdate(),
        "outcome": _(OUTCOMES[kind][shown.outcome]) if state == State.REPLIED else "",
        "phases": _phases(state), "leads_to": leads_to,
        "about": shown.publication if shown.publication is not None and shown.publication.is_public else None,
    })


@public
@posted(_page)
@with_message
def withdraw(request: HttpRequest, shown: Message) -> HttpResponseBase:
    """The sender takes it back."""
    try:
        incoming.withdraw(message=shown, at=timezone.now())
    except Refused as refusal:
        messages.error(request, translated(refusal))
    return redirect("portal:tracked-message")


@public
@posted(_page)
def close(request: HttpRequest) -> HttpResponseBase:
    """Done: for a computer that others use too."""
    written.close(request.session)
    return redirect("portal:track")


def _phases(state: State) -> list[tuple[str, str]]:
    """The line of states: (name, "done" | "now" | "")."""
    if state is State.CLOSED:
        return [(_("收到"), "done"), (_("办结，不再处理"), "now")]
    at = _STEP[state]
    return [(name, "done" if n < at else "now" if n == at else "") for n, name in enumerate(
        (_("收到"), _("办理"), _("答复")))]
