"""What stands before Django for visitors without any cookie, who are nearly all visitors of the portal.

A kept page costs one small query and nothing else. A page that is not kept, of a view that shows the same to everybody,
takes the short way: its view is called directly, and its answer wears what the middleware put on an answer of this
language, host and scheme before (`keeping.learn`). Sessions, sign-in and forms are nothing to such a page, and asking
after them would take a third of its time. Everything else, and whatever goes wrong on the short way, passes on to
Django as if nobody had stood here: reading a page twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import translation

from gongkai.infra import stamp
from gongkai.portal.display import PLAIN
from gongkai.portal.keeping import ELSEWHERE, STORE, UNCHANGED, Kept, has, key_of, language_of, page_of

_LINES = {200: "200 OK", 410: "410 Gone"}


class Front:
    """The WSGI application in front of the one of Django. `settings.FRONT` names it, and `infra.wsgi` puts it there."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        page = _page(environ)
        if page is None:
            return self.application(environ, start_response)
        seen = environ.get("HTTP_IF_NONE_MATCH", "")
        if seen and page.status == 200 and has(seen, page):
            start_response("304 Not Modified", [pair for pair in page.headers if pair[0] in UNCHANGED])
            return [b""]
        start_response(_LINES[page.status], [*page.headers, ("Content-Length", str(len(page.body)))])
        return [page.body]


def _page(environ: dict[str, Any]) -> Kept | None:
    """The page, kept or made the short way; None for what Django shall answer."""
    path = environ.get("PATH_INFO", "")
    if (
        environ.get("REQUEST_METHOD") != "GET" or "HTTP_COOKIE" in environ or "HTTP_HX_REQUEST" in environ
        or environ.get("SCRIPT_NAME") or not path.isascii() or path.startswith(ELSEWHERE)
        or ("HTTP_X_FORWARDED_PROTO" in environ and settings.SECURE_PROXY_SSL_HEADER is not None)
    ):
        return None
    try:
        connection.close_if_unusable_or_obsolete()
        mark = stamp.now()
    except DatabaseError:
        return None
    language = language_of("", environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    key = key_of(environ, language, "")
    page = STORE.page(mark, key)
    if page is None and (page := _made(environ, language, mark)) is not None:
        STORE.keep(mark, key, page)
    return page


def _made(environ: dict[str, Any], language: str, mark: int) -> Kept | None:
    """A page made the short way; None when it is not for everybody, or when anything at all was the matter."""
    host, scheme = environ.get("HTTP_HOST", ""), environ.get("wsgi.url_scheme", "")
    worn = STORE.worn.get((language, host, scheme))
    if worn is None or "%00" in environ.get("QUERY_STRING", "") or settings.SECURE_SSL_REDIRECT:
        return None
    try:
        found = resolve(environ["PATH_INFO"])
        if not getattr(found.func, "kept", False):
            return None
        request = WSGIRequest(environ)
        request.resolver_match = found
        request.user = AnonymousUser()
        request.display, request.stamp = PLAIN, mark  # type: ignore[attr-defined]
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
            if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
                return None  # a form on the page needs a cookie that only the middleware sets
            for name, value in worn:
                response.headers.setdefault(name, value)
            return page_of(response)  # type: ignore[arg-type]
    except Exception:
        return None
