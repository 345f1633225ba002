"""By when a message is answered. The Regulations name no day for most of these: settings with their defaults [?]."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar_of
from gongkai.participation.states import Kind


def due_on(agency: Agency, kind: str, received_on: date, closes_on: date | None = None) -> date:
    """The last day for the reply. Questions: five working days (检查指标: simple enquiries); suggestions and
    corrections: as applications, twenty; comments: from the end of the consultation."""
    days = {
        Kind.QUESTION: settings.GONGKAI_QUESTION_DAYS, Kind.COMMENT: settings.GONGKAI_COMMENT_DAYS,
        Kind.SUGGESTION: settings.GONGKAI_SUGGESTION_DAYS, Kind.CORRECTION: settings.GONGKAI_RECTIFICATION_DAYS,
    }[Kind(kind)]
    start = max(received_on, closes_on) if closes_on is not None else received_on
    return calendar_of(agency).add(start, days)
