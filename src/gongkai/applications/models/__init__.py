"""Columns and constraints; what may be done stands in rules and actions."""

from __future__ import annotations

from gongkai.applications.models.application import Application, ApplicationQuerySet, Delivery, Purpose, Wanted
from gongkai.applications.models.handling import (
    Attachment,
    Consultation,
    Contact,
    Extension,
    Opinion,
    PublicationDraft,
    Reminder,
    Use,
)
from gongkai.applications.models.notices import CalendarFeed, Digest
from gongkai.applications.models.register import RegisterImport, RegisterSeries
from gongkai.applications.models.reply import ReplyDraft, Review, ReviewKind, Service, ServiceWay, Verdict
from gongkai.applications.models.similar import Gram

__all__ = [
    "Application", "ApplicationQuerySet", "Attachment", "CalendarFeed", "Consultation", "Contact", "Delivery", "Digest",
    "Extension", "Gram", "Opinion", "PublicationDraft", "Purpose", "RegisterImport", "RegisterSeries", "Reminder",
    "ReplyDraft", "Review", "ReviewKind", "Service", "ServiceWay", "Use", "Verdict", "Wanted",
]
