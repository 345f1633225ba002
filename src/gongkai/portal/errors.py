"""What a person reads when something did not work: what happened, what was kept, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gongkai.accounts.gate import public

_SENT_AGAIN = frozenset({"portal:apply", "portal:apply-form", "portal:apply-send", "portal:track"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400; one line where the request was refused before anybody asked who it is, as for a host that is not ours."""
    if not hasattr(request, "user"):
        return HttpResponse(f"{_('这个请求看不懂')}\n", status=400, content_type="text/plain; charset=utf-8")
    return _asked_wrongly(request)


@public
def _asked_wrongly(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/400.html", status=400)


@public
def denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403"""
    return render(request, "portal/403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404"""
    return render(request, "portal/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500: drawn without request, database or session, for any of them may be what is broken."""
    return HttpResponse(render_to_string("portal/500.html"), status=500)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form whose proof of origin did not hold: mostly a page left open over a new sign-in.

    What an applicant typed is in the answer and one button sends it again. Only for pages on which nobody acts with
    rights of their own: a form from another site that came this way would gain nothing by the button.
    """
    match = request.resolver_match
    typed: list[tuple[str, str]] = []
    if match is not None and match.view_name in _SENT_AGAIN:
        typed = [(name, value) for name in request.POST if name != "csrfmiddlewaretoken"
                 for value in request.POST.getlist(name)]
    answer = render(request, "portal/stale_form.html", {
        "typed": typed, "files": bool(typed and request.FILES),
    }, status=403)
    answer.headers["Cache-Control"] = "no-store"
    return answer
