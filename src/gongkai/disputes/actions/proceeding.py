"""The course of a case: answered, decided, appealed, put away; and what of it was registered wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications.order import today_at
from gongkai.calendars.queries import calendar_of
from gongkai.core.errors import Refused
from gongkai.disputes import rules
from gongkai.disputes.actions import parts
from gongkai.disputes.clock import settle, settle_rehandling
from gongkai.disputes.events import (
    DisputeAmended,
    DisputeAnswered,
    DisputeAppealed,
    DisputeClosed,
    DisputeDecided,
    DisputeReopened,
)
from gongkai.disputes.models import Dispute, Proceeding, Rehandling
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import Act, Result, State
from gongkai.ledger.actions import record

_LATER_UPHELD = "后一审理程序的结果为维持，原决定不再执行"
_LATER_CORRECTED = "由后一审理程序的决定、裁判代替"


@transaction.atomic
def answer(*, by: Actor, dispute: Dispute, on: date, at: datetime, seen: int | None = None) -> Dispute:
    """The organ handed in its answer with the evidence (复议法 Art. 48, 行政诉讼法 Art. 67).

    Raises Refused: future-date, too-early, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, dispute)
    now, state = parts.taken(dispute, Act.ANSWER, seen=seen)
    last = parts.last_of(now)
    last.answered_on = on
    rules.course(parts.course_of(last), today_at(at))
    last.save(update_fields=["answered_on"])
    parts.put(now, state)
    record(
        DisputeAnswered(last.stage, on, parts.late_by(now, last.answer_due_on, on)), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def decide(
    *, by: Actor, dispute: Dispute, result: str, ending: str = "", on: date, served_on: date | None = None,
    decision_number: str = "", reasons: str = "", redo: bool = True, redo_reason: str = "",
    redo_days: int | None = None, redo_working: bool = True, redo_from: date | None = None, at: datetime,
    seen: int | None = None,
) -> Dispute:
    """The reviewing body or the court has decided: `on` the day of the decision, `served_on` the day it came here.

    A corrected result leaves the duty to reply anew (Rehandling), in `redo_days` of the decision's own, counted from
    `redo_from`, which is the day of service unless it is said; with `redo` False nothing is owed and `redo_reason`
    says why. A later decision that upholds, or corrects anew, takes the place of what an earlier one laid on the
    organ. Raises Refused: result, ending, redo-reason, redo-days, future-date, too-early, answered-late, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, dispute)
    now, state = parts.taken(dispute, Act.DECIDE, seen=seen)
    found, special = rules.result(result, ending)
    owed = rules.owes(found, special)
    waived = rules.redo(owed=owed, wanted=redo, why=redo_reason, days=redo_days)
    last = parts.last_of(now)
    last.result, last.ending, last.decided_on, last.served_on = found, special, on, served_on
    last.decision_number = rules.text("文号", decision_number, rules.NUMBER_MOST)
    last.reasons, last.redo_waived = rules.words("理由要点", reasons), waived
    rules.course(parts.course_of(last), today_at(at))
    if redo_from is not None:
        rules.redo_from(redo_from, on)
    last.save()
    if found is not Result.OTHER:
        parts.lift_open(now, on, _LATER_UPHELD if found is Result.UPHELD else _LATER_CORRECTED)
    duty = parts.open_duty(
        now, last, days=redo_days, working=redo_working, from_on=redo_from,
    ) if owed and redo else None
    parts.put(now, state)
    record(
        DisputeDecided(
            last.stage, found, special, on, last.decision_number, duty.due_on if duty else None,
            parts.for_ledger(now, waived),
        ),
        by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def appeal(
    *, by: Actor, dispute: Dispute, stage: str, received_on: date, body: str = "", case_number: str = "",
    filed_on: date | None = None, accepted_on: date | None = None, ours: bool = False, simple: bool = False,
    at: datetime, seen: int | None = None,
) -> Dispute:
    """The suit goes on: an appeal, a retrial, the first instance once more after a remand. `ours`: the organ went to
    court, so that no answer is awaited from it.

    What an earlier decision laid on the organ stands until a later one overturns it, or somebody lifts it. Raises
    Refused: stage, future-date, too-early, words-too-long, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, dispute)
    now, _state = parts.taken(dispute, Act.APPEAL, seen=seen)
    last = parts.last_of(now)
    row = Proceeding(
        dispute=now, position=last.position + 1, stage=rules.next_stage(now.track, last.stage, stage),
        body=rules.text("复议机关、法院", body, rules.BODY_MOST),
        case_number=rules.text("案号", case_number, rules.NUMBER_MOST), filed_on=filed_on, accepted_on=accepted_on,
        received_on=received_on, simple=simple, ours=ours,
    )
    rules.course(parts.course_of(row), today_at(at), after=last.decided_on)
    settle(row, calendar_of(now.agency))
    row.save()
    now.closed_on = None
    parts.put(now, parts.state_by(row))
    record(
        DisputeAppealed(row.stage, received_on, ours, row.answer_due_on), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def amend(
    *, by: Actor, proceeding: Proceeding, reason: str, at: datetime, seen: int | None = None, **facts: Any,
) -> Proceeding:
    """Put right what was registered of a proceeding: its days, body, numbers, result; `seen` is the dispute's revision.

    Clocks, the state of the case and the duty to reply anew follow: a result that is no longer 纠正 lifts it, one that
    becomes it opens one, with the law's period. Raises Refused: amend-field, words-missing, nothing-changed,
    reopen-first, what `decide` refuses, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, proceeding)
    if unknown := facts.keys() - _FIELDS:
        raise Refused("amend-field", "这一项不在这里更正：%(fields)s；没有保存", fields="、".join(sorted(unknown)))
    now, _state = parts.taken(proceeding.dispute, Act.AMEND, seen=seen)
    row = Proceeding.objects.get(pk=proceeding.pk, dispute=now)
    why = parts.for_ledger(now, rules.reason("更正的理由", reason))
    was = parts.course_of(row)
    changed = {name: value for name, value in _cleaned(facts).items() if value != getattr(row, name)}
    if not changed:
        raise Refused("nothing-changed", "没有改动任何一项，没有保存")
    before = {name: _told(name, getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    _agree(now, row, today_at(at))
    settle(row, calendar_of(now.agency))
    row.save()
    _duty_follows(now, row, was, today_at(at), why)
    parts.put(now, _state_after(now))
    record(
        DisputeAmended(
            tuple(changed), tuple(before.values()), tuple(_told(name, value) for name, value in changed.items()), why,
        ),
        by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return row


@transaction.atomic
def close(*, by: Actor, dispute: Dispute, on: date, at: datetime, seen: int | None = None) -> Dispute:
    """Put the decided case away. Raises Refused: rehandling-open, future-date, too-early, not-now, changed-meanwhile;
    Denied."""
    authorise(by, P.HANDLE, dispute)
    now, state = parts.taken(dispute, Act.CLOSE, seen=seen)
    last = parts.last_of(now)
    assert last.decided_on is not None  # the table leads here from decided cases alone
    rules.closed(on, last.decided_on, today_at(at), len(parts.open_duties(now)))
    now.closed_on = on
    parts.put(now, state)
    record(DisputeClosed(on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def reopen(*, by: Actor, dispute: Dispute, reason: str, at: datetime, seen: int | None = None) -> Dispute:
    """Take a case out again that was put away too early. Raises Refused: words-missing, not-now, changed-meanwhile;
    Denied."""
    authorise(by, P.HANDLE, dispute)
    now, state = parts.taken(dispute, Act.REOPEN, seen=seen)
    why = parts.for_ledger(now, rules.reason("恢复办理的理由", reason))
    now.closed_on = None
    parts.put(now, state)
    record(DisputeReopened(why), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


_DAYS = ("filed_on", "accepted_on", "received_on", "answered_on", "decided_on", "served_on")
_LINES = {
    "body": ("复议机关、法院", rules.BODY_MOST), "case_number": ("案号", rules.NUMBER_MOST),
    "decision_number": ("文号", rules.NUMBER_MOST),
}
_FIELDS = frozenset({*_DAYS, *_LINES, "reasons", "result", "ending", "simple", "ours"})


def _cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(facts)
    for name, (label, most) in _LINES.items():
        if name in found:
            found[name] = rules.text(label, found[name], most)
    if "reasons" in found:
        found["reasons"] = rules.words("理由要点", found["reasons"])
    return found


def _agree(now: Dispute, row: Proceeding, today: date) -> None:
    """The corrected proceeding agrees with itself and with those before and after it."""
    if row.result:
        rules.result(row.result, row.ending)
    else:
        row.ending = ""
    if not rules.owes(row.result, row.ending):
        row.redo_waived = ""
    earlier = now.proceedings.filter(position__lt=row.position).order_by("-position").first()
    later = now.proceedings.filter(position__gt=row.position).order_by("position").first()
    floor = earlier.decided_on if earlier is not None else None
    if earlier is None and now.application is not None:
        floor = now.application.received_on or now.application.arrived_on
    rules.course(parts.course_of(row), today, after=floor, before=later.received_on if later is not None else None)


def _duty_follows(now: Dispute, row: Proceeding, was: rules.Course, today: date, why: str) -> None:
    """The duty to reply anew agrees with the corrected decision."""
    owed = rules.owes(row.result, row.ending)
    duty = Rehandling.objects.filter(proceeding=row).first()
    if duty is None:
        if owed and not row.redo_waived and not rules.owes(was.result, was.ending):
            parts.open_duty(now, row)
        return
    if duty.done_on is not None:
        return
    if not owed:
        if duty.lifted_on is None:
            parts.lift_open(now, today, f"更正登记：{why}")
        return
    if not rules.owes(was.result, was.ending):  # lifted when it was corrected away, and owed again
        duty.lifted_on, duty.lifted_reason = None, ""
    if duty.from_on == (was.served_on or was.decided_on) and row.decided_on is not None:
        duty.from_on = row.served_on or row.decided_on
    settle_rehandling(duty, calendar_of(now.agency))
    duty.save()


def _state_after(now: Dispute) -> State:
    state = parts.state_by(parts.last_of(now))
    if now.state != State.CLOSED:
        return state
    if state != State.DECIDED:
        raise Refused("reopen-first", "案件已经了结，请先恢复办理，再更正结果；没有保存")
    return State.CLOSED


def _told(name: str, value: Any) -> str:
    """A field as the ledger holds it: days and outcomes; of other texts that they were changed."""
    if name == "reasons":
        return "…"
    if value is None or value == "":
        return ""
    return ("是" if value else "否") if isinstance(value, bool) else str(value)
