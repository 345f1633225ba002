"""Reads of what the public sent."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.participation.models import Consultation, Message, MessageQuerySet
from gongkai.participation.states import Kind


def messages(
    actor: Actor, *, kind: str = "", state: str = "", agency: Agency | None = None, consultation: int | None = None,
    overdue_on: date | None = None, text: str = "",
) -> MessageQuerySet:
    """What one may see, by kind, state and due date."""
    found = Message.objects.visible_to(actor).select_related("agency", "section", "publication")
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if agency is not None:
        found = found.filter(agency=agency)
    if consultation is not None:
        found = found.filter(consultation_id=consultation)
    if overdue_on is not None:
        found = found.open().filter(due_on__lt=overdue_on)
    if text:
        found = found.filter(Q(subject__contains=text) | Q(number__contains=text))
    return found


def questions(agency: Agency | None = None, text: str = "") -> MessageQuerySet:
    """Questions and answers that everybody may read, the newest first."""
    found = Message.objects.shown().filter(kind=Kind.QUESTION).select_related("agency", "publication")
    if agency is not None:
        found = found.filter(agency=agency)
    if text:
        found = found.filter(Q(public_question__contains=text) | Q(public_reply__contains=text))
    return found.order_by("-shown_at", "-pk")


def consultations(agency: Agency | None = None) -> QuerySet[Consultation]:
    """Consultations that the public sees, those that end last first."""
    found = Consultation.objects.announced().select_related("agency", "publication", "summary")
    return found.filter(agency=agency) if agency is not None else found


def outcomes_of(consultation: Consultation) -> dict[str, int]:
    """How the comments were taken, for the summary: outcome → how many; open ones under ""."""
    rows = consultation.comments.exclude(state="closed").order_by().values_list("outcome").annotate(n=Count("pk"))
    return dict(rows)
