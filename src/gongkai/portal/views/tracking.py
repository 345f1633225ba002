"""Following an application with its number and secret code: the clock, what is asked of the applicant, the reply.

Number and code come by POST and never stand in an address. A wrong pair is answered with one and the same page, and
the next look waits longer, for this source and for this number; the right pair is never locked out (`portal.lanes`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import posted, public
from gongkai.applications import actions, numbers
from gongkai.applications.forms_public import (
    CorrectionForm,
    ReasonsForm,
    TrackingForm,
    WithdrawalForm,
    limits,
)
from gongkai.applications.models import Application
from gongkai.applications.public import file_for_applicant, letter_for_applicant, tracked, view_of
from gongkai.applications.submission import Incoming
from gongkai.core.errors import Refused
from gongkai.files.downloads import attachment
from gongkai.infra import slowly
from gongkai.infra.refusals import translated
from gongkai.infra.slowly import Busy
from gongkai.letters.queries import document
from gongkai.participation import codes as messages_codes
from gongkai.portal import follow, lanes, written
from gongkai.portal import tracked as session_of
from gongkai.portal.offices import office_of
from gongkai.portal.uploads import measured
from gongkai.vault.queries import open_file

_TYPES = {"pdf": "application/pdf",
          "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def _page(*_args: object) -> str:
    return reverse("portal:tracked")


def with_application(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hands the opened application to the view; without one leads to the form."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        application = session_of.opened(request.session, timezone.now())
        return redirect("portal:track") if application is None else view(request, application, *args, **kwargs)

    return found


@public
@never_cache
def track(request: HttpRequest) -> HttpResponseBase:
    """Number and code."""
    form = TrackingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        already = session_of.opened(request.session, timezone.now()) if request.method == "GET" else None
        page = {"form": form, "already": already}
        return render(request, "portal/track/ask.html", page, status=400 if form.errors else 200)
    at, said = timezone.now(), form.cleaned_data
    number = numbers.typed(said["number"])
    places = (
        (lanes.GUESS_SOURCE, slowly.source(request)),
        (lanes.GUESS_NUMBER, slowly.digest(f"number {number}", timezone.localdate())),
    )
    try:
        follow.wait_before_looking(places, bound_to=f"{number}\n{said['code']}", at=at, ticket=request.POST.get(
            lanes.TICKET, ""))
    except Busy as busy:
        return lanes.come_back(request, busy)
    application = tracked(number, said["code"])
    message = messages_codes.found(number, said["code"]) if application is None else None
    if message is not None:
        written.remember(request.session, message, at)
        return redirect("portal:tracked-message")
    if application is None:
        for lane, key in places:
            slowly.press(lane, key, at=at)
        return render(request, "portal/track/ask.html", {"form": form, "wrong": True}, status=404)
    session_of.remember(request.session, application, at)
    return redirect("portal:tracked")


@public
@never_cache
@with_application
def application(request: HttpRequest, shown: Application) -> HttpResponse:
    """Where it stands."""
    return _render(request, shown)


@public
@never_cache
@measured
@posted(_page)
@with_application
def correct(request: HttpRequest, shown: Application) -> HttpResponseBase:
    """The answer to a correction notice."""
    form = CorrectionForm(request.POST, request.FILES)
    return _handed_in(shown, form, actions.correct_by_applicant) or _render(
        request, shown, correction=form, status=400,
    )


@public
@never_cache
@measured
@posted(_page)
@with_application
def reasons(request: HttpRequest, shown: Application) -> HttpResponseBase:
    """Why so many or so often (Art. 35); whether it convinces, the office says."""
    form = ReasonsForm(request.POST, request.FILES)
    return _handed_in(shown, form, actions.give_reasons_by_applicant) or _render(
        request, shown, given=form, status=400,
    )


def _handed_in(
    shown: Application, form: CorrectionForm | ReasonsForm, act: Callable[..., object],
) -> HttpResponseBase | None:
    """Text and files of the applicant, handed to an act; None with the reason in the form where it was refused."""
    if not form.is_valid():
        return None
    try:
        act(
            application=shown, content=form.cleaned_data["content"], at=timezone.now(),
            files=[Incoming(file.name or "", file.chunks()) for file in form.cleaned_data["files"]],
            token=form.cleaned_data["token"] or uuid.uuid4(),
        )
    except Refused as refusal:
        form.add_error(None, translated(refusal))
        return None
    return redirect("portal:tracked")


@public
@never_cache
@posted(_page)
@with_application
def withdraw(request: HttpRequest, shown: Application) -> HttpResponseBase:
    """The applicant takes it back."""
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw_by_applicant(
                application=shown, reason=form.cleaned_data["reason"], at=timezone.now(),
            )
            return redirect("portal:tracked")
        except Refused as refusal:
            form.add_error(None, translated(refusal))
    return _render(request, shown, withdrawal=form, status=400)


@public
@posted(_page)
@with_application
def piece(request: HttpRequest, shown: Application) -> HttpResponseBase:
    """To a piece of a split application, or back to the whole."""
    session_of.turn_to(request.session, shown, request.POST.get("number", "").replace("\0", ""))
    return redirect("portal:tracked")


@public
@posted(_page)
def close(request: HttpRequest) -> HttpResponseBase:
    """Done: for a computer that others use too."""
    session_of.close(request.session)
    return redirect("portal:track")


@public
@never_cache
@with_application
def letter(request: HttpRequest, shown: Application, key: int, to: str) -> HttpResponseBase:
    """A letter to the applicant, as it went out."""
    found = letter_for_applicant(shown, key)
    if found is None or to not in _TYPES:
        raise Http404
    try:
        data = document(found, "pdf" if to == "pdf" else "docx")
    except Refused as refusal:
        messages.error(request, translated(refusal))
        return redirect("portal:tracked")
    return attachment(data, f"{found.title}{found.number}.{to}", _TYPES[to])


@public
@never_cache
@with_application
def file(request: HttpRequest, shown: Application, key: int) -> HttpResponse:  # noqa: ARG001
    """Information that was provided."""
    found = file_for_applicant(shown, key)
    if found is None:
        raise Http404
    return attachment(open_file(found.sealed_file), found.name)


def _render(
    request: HttpRequest, shown: Application, *, correction: CorrectionForm | None = None,
    given: ReasonsForm | None = None, withdrawal: WithdrawalForm | None = None, status: int = 200,
) -> HttpResponse:
    view, office, today = view_of(shown), office_of(shown.agency), timezone.localdate()
    return render(request, "portal/track/application.html", {
        "view": view, "agency": shown.agency, "office": office, "phases": follow.phases(shown, view),
        "steps": follow.reasons(view),
        "overdue": follow.overdue(view, today), "remedy": follow.remedy(shown, view, office, today),
        "correction_late": view.correction_due_on is not None and view.correction_due_on < today,
        "correction": correction or CorrectionForm(initial={"token": uuid.uuid4()}),
        "reasons_late": view.reasons_due_on is not None and view.reasons_due_on < today,
        "given": given or ReasonsForm(initial={"token": uuid.uuid4()}),
        "withdrawal": withdrawal or WithdrawalForm(), "whole": shown.split_from,
        "limit": limits().file // 1024 ** 2, "most": limits().number,
    }, status=status)
