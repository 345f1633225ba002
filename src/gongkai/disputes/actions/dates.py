"""Cached due dates follow the calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.calendars.permissions import CalendarPermission
from gongkai.calendars.queries import calendars_of
from gongkai.disputes.actions import parts
from gongkai.disputes.clock import PROCEEDING_FIELDS, REHANDLING_FIELDS, settle, settle_rehandling
from gongkai.disputes.events import DisputeDueMoved
from gongkai.disputes.probes import drifted_proceedings, drifted_rehandlings
from gongkai.ledger.actions import record


@transaction.atomic
def move_dates(*, by: Actor, source: str, at: datetime) -> int:
    """Put every cached date of what still waits for the organ right by the calendars in force; how many due dates
    moved, each with its event. `source` is what changed. Raises Denied."""
    authorise(by, CalendarPermission.ADOPT)
    rows = [*drifted_proceedings(), *drifted_rehandlings()]
    parts.hold_cases({row.dispute_id for row in rows})
    told = []
    calendars = calendars_of({row.dispute.agency_id: row.dispute.agency for row in rows}.values())
    for row in drifted_proceedings():
        before = row.answer_due_on
        settle(row, calendars[row.dispute.agency_id])
        row.save(update_fields=PROCEEDING_FIELDS)
        if before != row.answer_due_on:
            told.append(("answer", row.dispute, before, row.answer_due_on))
    for duty in drifted_rehandlings():
        due = duty.due_on
        settle_rehandling(duty, calendars[duty.dispute.agency_id])
        duty.save(update_fields=REHANDLING_FIELDS)
        if due != duty.due_on:
            told.append(("rehandling", duty.dispute, due, duty.due_on))
    for what, dispute, was, now in told:
        record(
            DisputeDueMoved(what, was, now, source), by=by, at=at, subject_id=dispute.pk,
            agency_id=dispute.agency_id,
        )
    return len(told)
