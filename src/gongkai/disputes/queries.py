"""Reads of disputes, each with a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.applications.models import Application
from gongkai.disputes import figures
from gongkai.disputes.models import Dispute, DisputeQuerySet, Proceeding, Rehandling
from gongkai.disputes.states import OPEN, State, Track
from gongkai.publications.models import Publication


@dataclass(frozen=True, slots=True)
class Filters:
    """The list's filters as they stand in the address. `year` with `result`: what table 四 counts in that year, where
    `result` is one of its columns; `year` alone: every case that the year counts."""

    text: str = ""
    track: str = ""
    state: str = ""
    result: str = ""          # upheld, corrected, other, pending
    year: int | None = None
    agency_id: int | None = None
    handler_id: int | None = None


def dispute(actor: Actor, key: int) -> Dispute:
    """One case with what its page needs. Raises Dispute.DoesNotExist for what this person does not see."""
    return Dispute.objects.visible_to(actor).select_related(
        "agency", "application__agency", "publication__latest", "follows", "identity", "handler", "imported",
    ).get(pk=key)


def disputes(actor: Actor, filters: Filters | None = None) -> DisputeQuerySet:
    """The list, the newest first."""
    asked = filters or Filters()
    rows = Dispute.objects.visible_to(actor).select_related("agency", "handler")
    for field in ("track", "state", "agency_id", "handler_id"):
        value = getattr(asked, field)
        if value:
            rows = rows.filter(**{field: value})
    if asked.year is not None:
        seen = Proceeding.objects.visible_to(actor)
        if asked.agency_id:
            seen = seen.filter(dispute__agency=asked.agency_id)
        rows = rows.filter(counted_in(seen, asked.year, asked.track, asked.result))
    elif asked.result:
        rows = rows.filter(standing_as(asked.result))
    return searched(rows, asked.text) if asked.text else rows


def searched(rows: DisputeQuerySet, words: str) -> DisputeQuerySet:
    """Rows with these words in a number of the case, of the court, of the decision, in the body or the subject."""
    inside = Proceeding.objects.filter(dispute=OuterRef("pk")).filter(
        Q(case_number__contains=words) | Q(decision_number__contains=words) | Q(body__contains=words)
    )
    return rows.filter(
        Q(number__icontains=words) | Q(subject__contains=words) | Q(application__number=words) | Exists(inside)
    )


def counted_in(scope: QuerySet[Proceeding], year: int, track: str = "", result: str = "") -> Q:
    """Cases of a scope that table 四 of a year counts, of a track and with a result where these are named."""
    found = Q(pk__in=[])
    for one in [Track(track)] if track else list(Track):
        listed = (
            figures.cell(scope, year, one, result) if result
            else figures.proceedings(scope, year, one).filter(figures.counts_in(year))
        )
        found |= Q(pk__in=listed.order_by().values("dispute"))
    return found


def standing_as(result: str) -> Q:
    """Cases whose last proceeding has this result now; "pending" where it has none."""
    if result == figures.PENDING:
        return Q(state__in=[State.RECEIVED, State.ANSWERED])
    later = Proceeding.objects.filter(dispute=OuterRef("dispute"), position__gt=OuterRef("position"))
    last = Proceeding.objects.filter(dispute=OuterRef("pk"), result=result).filter(~Exists(later))
    return Q(Exists(last)) & ~Q(state=State.CANCELLED)


def of_application(actor: Actor, application: Application) -> DisputeQuerySet:
    """The cases over an application, in the order in which they came."""
    return Dispute.objects.visible_to(actor).filter(application=application).order_by("registered_at", "pk")


def of_publication(actor: Actor, publication: Publication) -> DisputeQuerySet:
    """The cases over a publication, in the order in which they came."""
    return Dispute.objects.visible_to(actor).filter(publication=publication).order_by("registered_at", "pk")


def reconsiderations(actor: Actor, agency_id: int, application: Application | None = None) -> DisputeQuerySet:
    """What a suit after reconsideration may follow: an agency's reconsiderations, over an application where one is
    named."""
    rows = Dispute.objects.visible_to(actor).counted().filter(agency=agency_id, track=Track.RECONSIDERATION)
    return rows.filter(application=application) if application is not None else rows


def open_rehandlings(actor: Actor, *, overdue_on: date | None = None) -> Any:
    """What organs in one's reach still have to reply anew, the earliest first; only the overdue on a day."""
    rows = Rehandling.objects.visible_to(actor).open().filter(dispute__state__in=OPEN)
    if overdue_on is not None:
        rows = rows.filter(due_on__lt=overdue_on)
    return rows.select_related("dispute__agency", "application", "proceeding").order_by("due_on", "pk")
