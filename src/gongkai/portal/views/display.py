"""Larger type, high contrast, assisted reading: chosen here, remembered in a cookie, followed by every public page."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from gongkai.accounts.gate import public
from gongkai.portal.display import COOKIE, PLAIN, SIZES, YEAR, Display, display_of


# Nobody gains anything by changing somebody's type size from elsewhere, and a page without a token can be kept.
@public
@csrf_exempt
def display(request: HttpRequest) -> HttpResponseBase:
    """The choices; sent as a form they are remembered and the reader is back where they came from."""
    now = display_of(request.COOKIES.get(COOKIE, ""))
    back = _back(request)
    if request.method != "POST":
        return render(request, "portal/display.html", {"sizes": SIZES, "now": now, "back": back})
    chosen = _chosen(request, now)
    response: HttpResponse = redirect(back)
    if chosen == PLAIN:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE, chosen.code, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure(),
        )
    return response


def _chosen(request: HttpRequest, now: Display) -> Display:
    """What was sent. A button for one thing leaves the others as they are; the form of the page says all of them."""
    sent = request.POST
    if sent.get("reset"):
        return PLAIN
    size = sent.get("size", "")
    now = now._replace(size=int(size)) if size in map(str, SIZES) else now
    if "whole" in sent:
        return now._replace(contrast="contrast" in sent, assisted="assisted" in sent)
    return now


def _back(request: HttpRequest) -> str:
    """The page that one came from, on this site and not this page itself."""
    said = request.POST.get("back") or request.headers.get("Referer", "")
    if said and url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(said)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if path.startswith("/") and parts.path != reverse("portal:display"):
            return path
    return reverse("portal:home")
