"""Reads of what the public sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency, Section
from gongkai.participation.models import Consultation, Message, MessageQuerySet
from gongkai.participation.states import Kind

ORGANS = 300  # that a filter offers


def messages(
    actor: Actor, *, kind: str = "", state: str = "", agency: Agency | None = None, consultation: int | None = None,
    section: Section | None = None, year: int | None = None, overdue_on: date | None = None, text: str = "",
) -> MessageQuerySet:
    """What one may see, by kind, state and due date."""
    found = Message.objects.visible_to(actor).select_related("agency", "section", "publication")
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if agency is not None:
        found = found.filter(agency=agency)
    if section is not None:
        found = found.filter(section=section)
    if year is not None:
        found = found.filter(received_at__year=year)
    if consultation is not None:
        found = found.filter(consultation_id=consultation)
    if overdue_on is not None:
        found = found.open().filter(due_on__lt=overdue_on)
    if text:
        found = found.filter(Q(subject__contains=text) | Q(number__contains=text))
    return found


def message(actor: Actor, key: int) -> Message:
    """One message with what its page needs. Raises Message.DoesNotExist for what this person does not see."""
    return Message.objects.visible_to(actor).select_related(
        "agency", "section", "identity", "publication", "consultation__publication", "leads_to", "drafted_by",
        "replied_by",
    ).get(pk=key)


def questions(agency: Agency | None = None, text: str = "") -> MessageQuerySet:
    """Questions and answers that everybody may read, the newest first."""
    found = Message.objects.shown().filter(kind=Kind.QUESTION).select_related("agency", "publication")
    if agency is not None:
        found = found.filter(agency=agency)
    if text:
        found = found.filter(Q(public_question__contains=text) | Q(public_reply__contains=text))
    return found.order_by("-shown_at", "-pk")


def answering() -> QuerySet[Agency]:
    """Organs of which there are public questions and answers, by name; few by their nature."""
    return Agency.objects.filter(
        pk__in=Message.objects.shown().filter(kind=Kind.QUESTION).order_by().values("agency_id"),
    ).order_by("path")[:ORGANS]


def shown_comments(consultation: Consultation) -> MessageQuerySet:
    """Comments on a draft with their replies that everybody may read, the newest first."""
    return Message.objects.shown().filter(consultation=consultation).order_by("-shown_at", "-pk")


def consultations(agency: Agency | None = None) -> QuerySet[Consultation]:
    """Consultations that the public sees, those that end last first."""
    found = Consultation.objects.announced().select_related("agency", "publication", "summary")
    return found.filter(agency=agency) if agency is not None else found


def comments_of(consultations: Iterable[Consultation]) -> dict[int, int]:
    """How many comments each of a page of consultations has: consultation → number."""
    keys = [one.pk for one in consultations]
    rows = Message.objects.filter(consultation_id__in=keys).order_by().values_list("consultation_id")
    return dict.fromkeys(keys, 0) | dict(rows.annotate(n=Count("pk")))


def outcomes_of(consultation: Consultation) -> dict[str, int]:
    """How the comments were taken, for the summary: outcome → how many; open ones under ""."""
    rows = consultation.comments.exclude(state="closed").order_by().values_list("outcome").annotate(n=Count("pk"))
    return dict(rows)
