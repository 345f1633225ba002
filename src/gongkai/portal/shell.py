"""Pages of which only some holes differ: the rest is drawn once, until something public changes.

A template is drawn with marks where its holes are, and kept in pieces; a page is the pieces with its own words between
them. For the pages that everybody opens. Where somebody is signed in the template is drawn as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gongkai.portal.keeping import Key, remembered

_MARK = re.compile("\ue000(\\w+)\ue001")


def page(
    request: HttpRequest, template: str, key: Key, context: Mapping[str, Any], holes: Mapping[str, SafeString],
) -> HttpResponse:
    """The page. `context` depends on nothing but `key` and what is public; `holes` are drawn and escaped already.

    The template finds each hole in `hole`, and the address of the page in `full_path`.
    """
    path = mark_safe(escape(request.get_full_path()))  # noqa: S308 - escaped
    filled = {**holes, "path": path}
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return HttpResponse(render_to_string(template, {**context, "hole": filled, "full_path": path}, request))

    def draw() -> list[str]:
        marks = {name: mark_safe(f"\ue000{name}\ue001") for name in filled}  # noqa: S308 - no words of others
        drawn = render_to_string(template, {**context, "hole": marks, "full_path": marks["path"]}, request)
        return _MARK.split(drawn)

    display = getattr(request, "display", None)
    host = request.get_host()
    shell = remembered(
        request, ("shell", template, get_language(), display.code if display else "", host, request.scheme, *key), draw,
    )
    return HttpResponse("".join(
        filled[piece] if n % 2 else piece for n, piece in enumerate(shell)
    ))
