"""Times as the office writes them in lists, 2026-03-05 14:20, and what stays on one line in a sentence."""

from __future__ import annotations

import re
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# A date, a number with its unit, the number of a document, the article in brackets.
_WHOLE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d+ (?:个工作日|[个件份页元条天])|〔\d{4}〕\d+号|（第[一二三四五六七八九十]+条）",
)


@register.filter
def moment(value: datetime | str | None) -> str:
    """A time in the office's zone; the ledger keeps ISO text, models keep datetimes."""
    if not value:
        return ""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


@register.filter
def whole(sentence: object) -> SafeString:
    """A sentence in which no line ends inside a date, between a number and its unit, or inside a document's number."""
    kept = _WHOLE.sub(r'<span class="nowrap">\g<0></span>', str(conditional_escape(sentence)))
    return mark_safe(kept)  # noqa: S308 - escaped above
