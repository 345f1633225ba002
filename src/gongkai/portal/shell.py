"""Pages of which only some holes differ: the rest is drawn once, until something public changes.

A template is drawn with marks where its holes are, and kept in pieces; a page is the pieces with its own words between
them. For the pages that everybody opens. Where somebody is signed in the template is drawn as it is.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gongkai.portal.keeping import Key, remembered

_OPEN, _CLOSE = f"\ue000{secrets.token_hex(8)}", "\ue001"  # what nobody can have written
_MARK = re.compile(f"{_OPEN}(\\w+){_CLOSE}")


def part(
    request: HttpRequest, template: str, key: Key, context: Mapping[str, Any], holes: Mapping[str, str],
) -> SafeString:
    """A part of pages, whoever looks: its template sees `context`, which depends on nothing but `key`, and the holes,
    which are drawn and escaped already."""
    pieces = remembered(
        request, ("part", template, get_language(), *key), lambda: _pieces(template, context, holes, None),
    )
    return _filled(pieces, holes)


def page(
    request: HttpRequest, template: str, key: Key, context: Mapping[str, Any], holes: Mapping[str, str],
) -> HttpResponse:
    """The page. `context` depends on nothing but `key` and what is public; `holes` are drawn and escaped already.

    The template finds each hole in `hole`, and the address of the page in `full_path`.
    """
    path = escape(request.get_full_path())
    filled = {**holes, "path": path}
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        safe = {name: mark_safe(text) for name, text in filled.items()}  # noqa: S308 - escaped
        return HttpResponse(render_to_string(template, {**context, "hole": safe, "full_path": path}, request))
    display = getattr(request, "display", None)
    host = request.get_host()
    shell = remembered(
        request, ("shell", template, get_language(), display.code if display else "", host, request.scheme, *key),
        lambda: _pieces(template, context, filled, request),
    )
    return HttpResponse(_filled(shell, filled))


def _pieces(
    template: str, context: Mapping[str, Any], holes: Mapping[str, str], request: HttpRequest | None,
) -> list[str]:
    """What stands between the holes, and at every second place the name of a hole."""
    marks = {name: mark_safe(f"{_OPEN}{name}{_CLOSE}") for name in holes}  # noqa: S308 - no words of others
    return _MARK.split(render_to_string(template, {**context, "full_path": marks.get("path"), "hole": marks}, request))


def _filled(pieces: list[str], holes: Mapping[str, str]) -> SafeString:
    return mark_safe("".join([  # noqa: S308 - holes are escaped by whoever made them
        holes[piece] if n % 2 else piece for n, piece in enumerate(pieces)
    ]))
