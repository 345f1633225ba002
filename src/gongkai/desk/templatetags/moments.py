"""Times as the office writes them in lists: 2026-03-05 14:20."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def moment(value: datetime | str | None) -> str:
    """A time in the office's zone; the ledger keeps ISO text, models keep datetimes."""
    if not value:
        return ""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
