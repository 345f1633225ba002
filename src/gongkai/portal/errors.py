"""What a person reads when something did not work: what happened, what was kept, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from gongkai.accounts.gate import public


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400"""
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
    """A form whose proof of origin did not hold: mostly a page left open over a new sign-in."""
    return render(request, "portal/stale_form.html", status=403)
