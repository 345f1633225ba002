"""What `gongkai doctor` recomputes here: due dates from the facts, the state of a case from its last proceeding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.calendars.queries import calendars_of
from gongkai.core.workdays import Calendar
from gongkai.disputes.clock import PROCEEDING_FIELDS, REHANDLING_FIELDS, settle, settle_rehandling
from gongkai.disputes.models import Dispute, Proceeding, Rehandling
from gongkai.disputes.states import OPEN, State
from gongkai.infra.health import THOROUGH, Probe

Row = TypeVar("Row", Proceeding, Rehandling)
_BATCH = 500


def drifted_proceedings() -> list[Proceeding]:
    """Undecided proceedings of open cases whose cached dates are not what their facts give."""
    rows = Proceeding.objects.filter(decided_on__isnull=True, dispute__state__in=OPEN).order_by("pk")
    return list(_drifted(rows, settle, PROCEEDING_FIELDS))


def drifted_rehandlings() -> list[Rehandling]:
    """Duties still to be met whose cached due date is not what their facts give."""
    rows = Rehandling.objects.open().exclude(dispute__state=State.CANCELLED).order_by("pk")
    return list(_drifted(rows, settle_rehandling, REHANDLING_FIELDS))


def misstated() -> QuerySet[Dispute]:
    """Cases whose state is not what their last proceeding says."""
    rows = Proceeding.objects.filter(dispute=OuterRef("pk"))
    later = Proceeding.objects.filter(dispute=OuterRef("dispute"), position__gt=OuterRef("position"))
    last = rows.filter(~Exists(later))
    decided, undecided = Q(decided_on__isnull=False), Q(decided_on__isnull=True)
    answered = Q(answered_on__isnull=False) | Q(ours=True)
    fits = {
        State.RECEIVED: last.filter(undecided).exclude(answered), State.ANSWERED: last.filter(undecided & answered),
        State.DECIDED: last.filter(decided), State.CLOSED: last.filter(decided), State.CANCELLED: rows,
    }
    wrong = Q(pk__in=[])
    for state, fitting in fits.items():
        wrong |= Q(~Exists(fitting), state=state)
    return Dispute.objects.filter(wrong).order_by("pk")


def due_dates() -> Probe:
    """The due dates in lists are those of the clock."""
    wrong = [row.dispute for row in (*drifted_proceedings(), *drifted_rehandlings())]
    if wrong:
        said = f"{len(wrong)} 个复议、诉讼期限与登记的事实不符，首件 {wrong[0].number}，请重新计算"
        return Probe("dispute dates", False, said)
    count = Dispute.objects.open().count()
    return Probe("dispute dates", True, f"{count} 件在办复议、诉讼案件的期限与登记的事实一致")


def states() -> Probe:
    """Each case stands where its last proceeding says."""
    wrong = misstated()
    first = wrong.first()
    if first is not None:
        said = f"{wrong.count()} 件复议、诉讼案件的状态与审理程序不符，首件 {first.number}"
        return Probe("dispute states", False, said)
    return Probe("dispute states", True, f"{Dispute.objects.count()} 件复议、诉讼案件的状态与审理程序一致")


def _drifted(
    rows: QuerySet[Any], settled: Callable[[Any, Calendar], None], fields: Sequence[str],
) -> Iterable[Any]:
    """Rows as they are kept, of those whose fields come out otherwise."""
    batch: list[Any] = []
    for row in rows.select_related("dispute__agency").iterator(chunk_size=_BATCH):
        batch.append(row)
        if len(batch) == _BATCH:
            yield from _wrong(batch, settled, fields)
            batch = []
    yield from _wrong(batch, settled, fields)


def _wrong(batch: list[Any], settled: Callable[[Any, Calendar], None], fields: Sequence[str]) -> Iterable[Any]:
    calendars = calendars_of({row.dispute.agency_id: row.dispute.agency for row in batch}.values())
    for row in batch:
        before = {field: getattr(row, field) for field in fields}
        settled(row, calendars[row.dispute.agency_id])
        if any(before[field] != getattr(row, field) for field in fields):
            for field, value in before.items():
                setattr(row, field, value)
            yield row


THOROUGH.append(due_dates)
THOROUGH.append(states)
