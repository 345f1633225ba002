"""Disputes that come with a register of applications: rows in the transaction that takes the register over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from gongkai.applications.models import Application, RegisterImport
from gongkai.calendars.queries import calendar_of
from gongkai.core.registers.entry import Dispute as Column
from gongkai.core.registers.entry import Entry
from gongkai.core.workdays import Calendar
from gongkai.disputes.actions import parts
from gongkai.disputes.clock import settle, settle_rehandling
from gongkai.disputes.models import Dispute, Proceeding, Rehandling
from gongkai.disputes.states import STAGES_OF, Against, Stage, State, Track

# Why nothing is to be done anew, where a register says so: it tells neither how nor by which document.
DONE_ELSEWHERE = "台账记载已经重新答复"
_WAIVED = {"done": DONE_ELSEWHERE, "waived": "台账记载不须重新答复"}


@dataclass(slots=True)
class _Case:
    """The instances of one case as a register tells them."""

    application: Application
    columns: list[Column]
    follows: _Case | None
    row: Dispute | None = None

    @property
    def track(self) -> Track:
        return Track(self.columns[0].kind)


def take_in(taken: RegisterImport, pairs: Sequence[tuple[Application, Entry]]) -> None:
    """The disputes of the rows, numbered, each with its proceedings; the event of the import counts the rows.

    What the register says is decided was put away where the register was kept. A suit that came after a
    reconsideration follows the last one before it. A duty to reply anew is opened where the register says that the
    organ has not replied yet, with the law's period from the decision; where it says nothing, none.
    """
    cases = [case for row, entry in pairs for case in _cases(row, entry.disputes)]
    if not cases:
        return
    agency = taken.agency
    numbers = parts.next_numbers(agency, [(case.track, case.columns[0].received.year) for case in cases])
    for case, number in zip(cases, numbers, strict=True):
        case.row = _dispute(case, number, taken.pk, taken.at)
    # A suit refers to a reconsideration, which therefore has to be there first.
    _save(case for case in cases if case.track == Track.RECONSIDERATION)
    suits = [case for case in cases if case.track != Track.RECONSIDERATION]
    for suit in suits:
        if suit.row is not None and suit.follows is not None:
            suit.row.follows = suit.follows.row
    _save(suits)
    calendar = calendar_of(agency)
    told = [(case, at, one) for case in cases for at, one in enumerate(case.columns, 1)]
    rows = Proceeding.objects.bulk_create([_proceeding(*each, calendar) for each in told], batch_size=500)
    Rehandling.objects.bulk_create([
        _duty(case.application, row, calendar)
        for (case, _at, one), row in zip(told, rows, strict=True) if _owed(one)
    ], batch_size=500)


def _cases(application: Application, columns: Iterable[Column]) -> Iterator[_Case]:
    """The cases of an application: an instance that goes on belongs to the one before it."""
    reviewed: _Case | None = None
    begun = 0

    def nth(one: Column) -> int:
        nonlocal begun
        begun += not one.goes_on
        return begun

    for _at, instances in groupby(columns, nth):
        made = list(instances)
        case = _Case(application, made, reviewed if made[0].kind == "after" else None)
        reviewed = case if made[0].kind == "reconsideration" else reviewed
        yield case


def _save(cases: Iterable[_Case]) -> None:
    Dispute.objects.bulk_create([case.row for case in cases if case.row is not None], batch_size=500)


def _owed(one: Column) -> bool:
    return one.redo == "owed" and one.result == "corrected" and one.decided is not None


def _dispute(case: _Case, number: str, imported: int, at: datetime) -> Dispute:
    row, first, last = case.application, case.columns[0], case.columns[-1]
    silent = row.closed_on is None or row.closed_on > first.received
    owed = any(_owed(one) for one in case.columns)  # not put away while something is to be done
    state = State.RECEIVED if last.decided is None else State.DECIDED if owed else State.CLOSED
    return Dispute(
        agency_id=row.agency_id, number=number, track=case.track,
        against=Against.SILENCE if silent else Against.REPLY, state=state,
        closed_on=last.decided if state is State.CLOSED else None, subject=row.subject, application=row,
        identity_id=row.identity_id, party_mask=row.applicant_mask, imported_id=imported, registered_at=at,
    )


def _proceeding(case: _Case, position: int, one: Column, calendar: Calendar) -> Proceeding:
    stage = Stage(one.stage) if one.kind != "reconsideration" else STAGES_OF[Track.RECONSIDERATION][0]
    row = Proceeding(
        dispute=case.row, position=position, stage=stage, received_on=one.received, decided_on=one.decided,
        result="" if one.result == "pending" else one.result, redo_waived=_WAIVED.get(one.redo, ""),
    )
    settle(row, calendar)
    return row


def _duty(application: Application, row: Proceeding, calendar: Calendar) -> Rehandling:
    assert row.decided_on is not None
    duty = Rehandling(dispute=row.dispute, proceeding=row, application=application, from_on=row.decided_on)
    settle_rehandling(duty, calendar)
    return duty
