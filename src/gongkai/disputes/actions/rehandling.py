"""What a correcting decision lays on the organ: to reply anew, in time. The application counts as it did."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications.order import today_at
from gongkai.calendars.queries import calendar_of
from gongkai.core.errors import Refused
from gongkai.disputes import rules
from gongkai.disputes.actions import parts
from gongkai.disputes.clock import settle_rehandling
from gongkai.disputes.events import DisputeAmended, RehandlingFulfilled, RehandlingLifted
from gongkai.disputes.models import Dispute, Rehandling
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import Act, State
from gongkai.ledger.actions import record


@transaction.atomic
def fulfil(
    *, by: Actor, rehandling: Rehandling, answer_kind: str, reply_number: str = "", on: date, at: datetime,
    seen: int | None = None,
) -> Rehandling:
    """The organ has replied anew on a day, in a kind of answer. `seen` is the dispute's revision.

    Raises Refused: answer-kind, future-date, too-early, already-done, already-lifted, not-now, changed-meanwhile;
    Denied.
    """
    authorise(by, P.HANDLE, rehandling)
    now, state, duty = _held(rehandling, seen)
    rules.fulfilled(answer_kind, on, _decided_on(duty), today_at(at))
    duty.done_on, duty.answer_kind = on, answer_kind
    duty.reply_number = rules.text("重新答复文号", reply_number, rules.REPLY_NUMBER_MOST)
    duty.save(update_fields=["done_on", "answer_kind", "reply_number"])
    parts.put(now, state)
    record(
        RehandlingFulfilled(answer_kind, duty.reply_number, on, parts.late_by(now, duty.due_on, on)), by=by, at=at,
        subject_id=now.pk, agency_id=now.agency_id,
    )
    return duty


@transaction.atomic
def lift(
    *, by: Actor, rehandling: Rehandling, reason: str, at: datetime, on: date | None = None, seen: int | None = None,
) -> Rehandling:
    """Nothing is to be done anew any longer: a later decision set the earlier one aside, the applicant gave up.

    Raises Refused: words-missing, words-too-long, future-date, too-early, already-done, already-lifted, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, rehandling)
    now, state, duty = _held(rehandling, seen)
    said = rules.reason("解除的理由", reason)
    day = on or today_at(at)
    rules.lifted(day, _decided_on(duty), today_at(at))
    duty.lifted_on, duty.lifted_reason = day, said
    duty.save(update_fields=["lifted_on", "lifted_reason"])
    parts.put(now, state)
    record(
        RehandlingLifted(day, parts.for_ledger(now, said)), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return duty


@transaction.atomic
def amend_period(
    *, by: Actor, rehandling: Rehandling, days: int | None, working: bool, from_on: date, reason: str, at: datetime,
    seen: int | None = None,
) -> Rehandling:
    """Put right the period that the decision named, or the day from which it runs: a judgment that the other side
    did not appeal binds from the end of the time for that. `days` None: the decision names none.

    Raises Refused: redo-days, too-early, words-missing, nothing-changed, already-done, already-lifted, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, rehandling)
    now, state, duty = _held(rehandling, seen)
    why = parts.for_ledger(now, rules.reason("更正的理由", reason))
    if days is not None:
        rules.period(days)
    rules.redo_from(from_on, _decided_on(duty))
    before = (duty.days, duty.working, duty.from_on)
    after = (days, working or days is None, from_on)
    if before == after:
        raise Refused("nothing-changed", "没有改动任何一项，没有保存")
    duty.days, duty.working, duty.from_on = after
    settle_rehandling(duty, calendar_of(now.agency))
    duty.save()
    parts.put(now, state)
    told = [
        (name, _told(old), _told(new))
        for name, old, new in zip(("days", "working", "from_on"), before, after, strict=True) if old != new
    ]
    fields, olds, news = (tuple(column) for column in zip(*told, strict=True))
    record(
        DisputeAmended(fields, olds, news, why),
        by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return duty


def _decided_on(duty: Rehandling) -> date:
    """The day of the decision that laid it on the organ: an organ may obey before the decision binds."""
    decided = duty.proceeding.decided_on
    assert decided is not None  # a decision opens it and cannot be emptied while it stands
    return decided


def _told(value: object) -> str:
    if value is None:
        return ""
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _held(rehandling: Rehandling, seen: int | None) -> tuple[Dispute, State, Rehandling]:
    """The duty as it is now, under the lock of its case."""
    now, state = parts.taken(rehandling.dispute, Act.REHANDLE, seen=seen)
    duty = Rehandling.objects.select_related("proceeding").get(pk=rehandling.pk, dispute=now)
    if duty.done_on is not None:
        raise Refused("already-done", "已于%(on)s重新答复，没有再登记", on=duty.done_on)
    if duty.lifted_on is not None:
        raise Refused("already-lifted", "这项重新答复已于%(on)s解除，没有登记", on=duty.lifted_on)
    return now, state, duty
