"""A register spreadsheet on its way in: every row read and judged before anything is written.

Looking writes nothing and takes as long as it takes; the action that takes over what was looked at is short.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.applications.states import State
from gongkai.calendars.queries import calendar_of, conventions
from gongkai.core.deadlines import Channel, Facts
from gongkai.core.deadlines.reply import reply_day
from gongkai.core.registers import identity
from gongkai.core.registers.entry import Entry, Problem
from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read
from gongkai.core.workdays import Calendar

LONGEST_REPLY_NUMBER = 200
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read: the entries that can be taken over, and what there is to say about the rows.

    `notes` speaks of the sheet as a whole, `alerts` of what would be counted wrongly. Nothing is written yet.
    """

    agency: Agency
    name: str
    sha256: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[Problem, ...]:
        """What keeps rows out, in the order of the rows."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What should be mended later or is worth knowing; the rows come in."""
        return tuple(problem for problem in self.problems if problem.severity != "error")

    @property
    def refused_rows(self) -> int:
        """How many rows stay out."""
        return len({(problem.sheet, problem.row) for problem in self.refused})


def look(agency: Agency, data: bytes, name: str, *, today: date) -> Looked:
    """Read and judge a register file for `agency`. Raises ReadError for a file that is none."""
    sheet = read(data, name)
    calendar, taken = calendar_of(agency), conventions()
    found = parse(sheet, today, lambda entry: reply_day(facts_of(entry), calendar, taken)[0])
    there = numbers_there(agency, (entry.number for entry in found.entries))
    clashes = tuple(_clash(entry) for entry in found.entries if entry.number in there)
    clashes += tuple(
        Problem(entry.row, entry.number, "reply_number", "text-too-long", "答复文号超过 %(most)s 个字；请删减。",
                {"most": LONGEST_REPLY_NUMBER}, sheet=entry.sheet)
        for entry in found.entries if len(entry.reply_number) > LONGEST_REPLY_NUMBER
    )
    out = {(problem.sheet, problem.row) for problem in clashes}
    places = {(row.sheet, row.number): at for at, row in enumerate(sheet.rows)}
    entries, sealed = identity.without([one for one in found.entries if (one.sheet, one.row) not in out])
    return Looked(
        agency, name, hashlib.sha256(data).hexdigest(), entries,
        tuple(sorted((*found.problems, *clashes), key=lambda one: places[one.sheet, one.row])),
        (*sheet.notes, *sealed), sheet.alerts,
    )


def numbers_there(agency: Agency, numbers: Iterable[str]) -> set[str]:
    """Which of these numbers the agency's register holds already."""
    asked, there = list(numbers), set()
    rows = Application.objects.filter(agency=agency)
    for at in range(0, len(asked), _CHUNK):
        there |= set(rows.filter(number__in=asked[at:at + _CHUNK]).values_list("number", flat=True))
    return there


def facts_of(entry: Entry) -> Facts:
    """The clock's facts of an entry. Its 收到日期 is the statutory day of receipt, whatever the channel."""
    return Facts(
        arrived=entry.received, channel=entry.channel or Channel.IN_PERSON, confirmed=entry.received,
        correction_asked=entry.correction_asked, corrected=entry.corrected, extended=entry.extended or 0,
        served=entry.closed,
    )


def rows_of(looked: Looked, *, imported_id: int) -> Iterator[Application]:
    """The rows to be written, with their clocks."""
    calendar = calendar_of(looked.agency)
    for entry in looked.entries:
        yield _row(entry, looked.agency, calendar, imported_id)


def _row(entry: Entry, agency: Agency, calendar: Calendar, imported_id: int) -> Application:
    due_on, due_status = reply_day(facts_of(entry), calendar, conventions())
    content = entry.content or "（台账没有记载申请内容）"
    extra: dict[str, Any] = {}
    if entry.extra:
        extra["columns"] = dict(entry.extra)
    return Application(
        agency=agency, number=entry.number, state=_state(entry), channel=entry.channel or "",
        applicant_kind=entry.applicant_kind or "", subject=" ".join(content.split())[:300], content=content,
        submitted_at=datetime.combine(entry.received, time(), tzinfo=UTC), arrived_on=entry.received,
        confirmed_on=entry.received, received_on=entry.received, correction_asked_on=entry.correction_asked,
        corrected_on=entry.corrected, extended_days=entry.extended or 0, answer_kind=entry.outcome or "",
        reply_number=entry.reply_number, closed_on=entry.closed, due_on=due_on, due_status=due_status,
        note=entry.note, extra=extra, imported_id=imported_id,
    )


def _state(entry: Entry) -> State:
    """Where an entry stands. What a register says is closed was filed where the register was kept."""
    if entry.closed is not None:
        return State.ARCHIVED
    if entry.correction_asked is not None and entry.corrected is None:
        return State.CORRECTION
    return State.REGISTERED


def _clash(entry: Entry) -> Problem:
    return Problem(
        entry.row, entry.number, "number", "number-taken",
        "登记号 %(number)s 已在台账中；这一行没有导入，原有记录没有改动。", {"number": entry.number}, sheet=entry.sheet,
    )
