"""What is owed to whom, what a batch would hold, and the totals that are compared each quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.handover.models import Batch, BatchItem, Receiver
from gongkai.handover.periods import Period, ended, period_of
from gongkai.handover.permissions import HandoverPermission as P
from gongkai.publications.models import Publication

MOST_PERIODS = 60  # an office that starts late sees the oldest first
LINES_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Owed:
    """A period that is over and for which a receiver has no batch yet."""

    receiver: Receiver
    period: Period


@dataclass(frozen=True, slots=True)
class Line:
    """What a batch would hold: a publication with what happened to it."""

    publication: Publication
    change: str


def owed(receivers: QuerySet[Receiver], today: date) -> list[Owed]:
    """Every period that is over without a batch, the oldest first."""
    active = list(receivers.filter(active=True).select_related("agency"))
    made = set(
        Batch.objects.filter(receiver__in=active, supplement=0).values_list("receiver_id", "first_on", "last_on")
    )
    found = [
        Owed(receiver, period)
        for receiver in active
        for period in list(ended(receiver.frequency, receiver.since, today))[-MOST_PERIODS:]
        if (receiver.pk, period.first, period.last) not in made
    ]
    return sorted(found, key=lambda one: (one.period.last, one.receiver.pk))


def waiting(actor: Actor, today: date) -> tuple[int, int]:
    """For who hands over: how many periods wait for their batch, and how many of them are overdue."""
    if not may(actor, P.HAND_OVER):
        return 0, 0
    found = owed(Receiver.objects.filter(within(actor, P.HAND_OVER, "agency__path")), today)
    return len(found), sum(overdue(one, today) for one in found)


def overdue(one: Owed, today: date) -> bool:
    """Whether the batch should have been made by now: a period's batch is made in the period that follows."""
    after = period_of(one.period.last + timedelta(days=1), one.receiver.frequency)
    return after.last < today


def by_change(batch: Batch) -> dict[str, int]:
    """How many lines of a batch are new, changed and withdrawn, with nothing left out."""
    found = dict(batch.items.order_by().values_list("change").annotate(n=Count("pk")))
    return {change.value: found.get(change, 0) for change in BatchItem.Change}


def lines(receiver: Receiver, through: date) -> list[Line]:
    """What the receiver does not have yet, of all that was published by the end of a day.

    New: published and never handed over. Changed: the edition that stands is not the one that was handed over.
    Withdrawn: handed over and since taken down; the receiver is told. Everything as it stands now, so that nothing
    falls between two periods and nothing that was taken down is handed out.
    """
    last = BatchItem.objects.filter(
        batch__receiver=receiver, publication=OuterRef("pk"),
    ).order_by("-batch_id")
    light = Publication.objects.select_related("current").defer("current__body", "current__text", "current__screening")
    had = light.filter(agency=receiver.agency_id).annotate(
        handed=Exists(last), handed_edition=Subquery(last.values("edition_id")[:1]),
        handed_as=Subquery(last.values("change")[:1]),
    )
    standing = had.published().filter(published_on__lte=through)
    new = standing.filter(handed=False)
    changed = standing.filter(handed=True).exclude(handed_edition=F("current_id"), handed_as__in=["new", "changed"])
    gone = had.filter(handed=True, withdrawn_at__isnull=False).exclude(handed_as="withdrawn")
    found = [
        *(Line(one, BatchItem.Change.NEW) for one in new.order_by("published_on", "pk")[:LINES_MOST]),
        *(Line(one, BatchItem.Change.CHANGED) for one in changed.order_by("published_on", "pk")[:LINES_MOST]),
        *(Line(one, BatchItem.Change.WITHDRAWN) for one in gone.order_by("published_on", "pk")[:LINES_MOST]),
    ]
    return found[:LINES_MOST]


def quarters(actor: Actor, year: int) -> list[dict[str, object]]:
    """Items by receiver and quarter, for the comparison of totals with the receiver."""
    rows = Batch.objects.visible_to(actor).filter(first_on__year=year).values(
        "receiver_id", "receiver__name", "receiver__agency__name",
    )
    return list(rows.annotate(**{
        f"q{n}": Sum("items_count", filter=Q(first_on__month__gte=3 * n - 2, first_on__month__lte=3 * n), default=0)
        for n in (1, 2, 3, 4)
    }).order_by("receiver__agency__name", "receiver__name"))
