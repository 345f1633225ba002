"""Disputes that come with a register of applications: rows in the transaction that takes the register over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongkai.applications.models import Application, RegisterImport
from gongkai.calendars.queries import calendar_of
from gongkai.core.registers.entry import Dispute as Column
from gongkai.core.registers.entry import Entry
from gongkai.core.workdays import Calendar
from gongkai.disputes.actions import parts
from gongkai.disputes.clock import settle
from gongkai.disputes.models import Dispute, Proceeding
from gongkai.disputes.states import STAGES_OF, Against, State, Track


def take_in(taken: RegisterImport, pairs: Sequence[tuple[Application, Entry]]) -> None:
    """The disputes of the rows, numbered, each with one proceeding; the event of the import counts the rows.

    What the register says is decided was put away where the register was kept. A suit that came after a
    reconsideration follows the one in the same row. Nothing is to be done anew: a register does not tell whether it
    was.
    """
    columns = [(row, one) for row, entry in pairs for one in entry.disputes]
    if not columns:
        return
    agency = taken.agency
    numbers = parts.next_numbers(agency, [(Track(one.kind), one.received.year) for _row, one in columns])
    made = [
        _dispute(row, one, number, taken.pk, taken.at)
        for (row, one), number in zip(columns, numbers, strict=True)
    ]
    # A suit refers to a reconsideration, which therefore has to be there first.
    before = [dispute for dispute in made if dispute.track == Track.RECONSIDERATION]
    Dispute.objects.bulk_create(before, batch_size=500)
    reviewed = {dispute.application_id: dispute for dispute in before}
    suits = [dispute for dispute in made if dispute.track != Track.RECONSIDERATION]
    for suit in suits:
        if suit.track == Track.AFTER:
            suit.follows = reviewed.get(suit.application_id)
    Dispute.objects.bulk_create(suits, batch_size=500)
    calendar = calendar_of(agency)
    Proceeding.objects.bulk_create([
        _proceeding(dispute, one, calendar) for dispute, (_row, one) in zip(made, columns, strict=True)
    ], batch_size=500)


def _dispute(row: Application, one: Column, number: str, imported: int, at: datetime) -> Dispute:
    silent = row.closed_on is None or row.closed_on > one.received
    return Dispute(
        agency_id=row.agency_id, number=number, track=one.kind, against=Against.SILENCE if silent else Against.REPLY,
        state=State.CLOSED if one.decided else State.RECEIVED, closed_on=one.decided, subject=row.subject,
        application=row, identity_id=row.identity_id, party_mask=row.applicant_mask, imported_id=imported,
        registered_at=at,
    )


def _proceeding(dispute: Dispute, one: Column, calendar: Calendar) -> Proceeding:
    row = Proceeding(
        dispute=dispute, position=1, stage=STAGES_OF[Track(one.kind)][0], received_on=one.received,
        decided_on=one.decided, result="" if one.result == "pending" else one.result,
    )
    settle(row, calendar)
    return row
