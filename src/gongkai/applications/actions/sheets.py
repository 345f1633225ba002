"""Acts on the register as a whole: taking over a spreadsheet, noting an export, moving dates with the calendar."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.applications import following, moves, registering
from gongkai.applications.events.register import DueMoved, RegisterExported, RegisterImported
from gongkai.applications.models import Application, RegisterImport
from gongkai.applications.permissions import ApplicationPermission
from gongkai.calendars import actions as calendars
from gongkai.calendars.models import Arrangement
from gongkai.calendars.permissions import CalendarPermission
from gongkai.core.errors import Refused
from gongkai.infra import locks
from gongkai.infra.tasks import queue
from gongkai.ledger.actions import record
from gongkai.publications import actions as publications
from gongkai.publications.actions.parts import hold_in_work

_BATCH = 1000


@transaction.atomic
def take_over(*, by: Actor, looked: registering.Looked, at: datetime, skip_refused: bool = False) -> RegisterImport:
    """Write what was looked at into the register, all of it or nothing.

    Rows that were refused stop it unless `skip_refused`. Raises Refused: rows-refused, nothing-to-import,
    numbers-taken where somebody has registered one of the numbers since; Denied.
    """
    agency = looked.agency
    authorise(by, ApplicationPermission.IMPORT, agency)
    if looked.refused and not skip_refused:
        raise Refused(
            "rows-refused", "有 %(count)s 行不能导入，什么都没有写入；请改正表格，或者选择跳过这些行",
            count=looked.refused_rows,
        )
    if not looked.entries:
        raise Refused("nothing-to-import", "表里没有可以导入的行")
    locks.serialise(f"register-{agency.pk}")
    if there := registering.numbers_there(agency, (entry.number for entry in looked.entries)):
        raise Refused(
            "numbers-taken", "检查之后有人登记了其中 %(count)s 个登记号，什么都没有写入；请重新检查后再导入",
            count=len(there),
        )
    taken = RegisterImport.objects.create(
        agency=agency, name=looked.name[:200], sha256=looked.sha256, rows=len(looked.entries),
        refused=looked.refused_rows, at=at, by_id=by.user_id,
    )
    rows, entries = registering.rows_of(looked, imported_id=taken.pk), iter(looked.entries)
    while batch := list(islice(rows, _BATCH)):
        Application.objects.bulk_create(batch)
        following.imported(taken, list(zip(batch, islice(entries, len(batch)), strict=True)))
    from gongkai.applications.tasks import index_import

    queue(index_import, taken.pk)
    record(
        RegisterImported(looked.sha256, len(looked.entries), looked.refused_rows), by=by, at=at, subject_id=taken.pk,
        agency_id=agency.pk,
    )
    return taken


@transaction.atomic
def note_export(*, by: Actor, agency: Agency | None, rows: int, form: str, at: datetime) -> None:
    """Note that a register left the system. `agency` is None for a list over several. Raises Denied."""
    authorise(by, ApplicationPermission.EXPORT, agency)
    record(RegisterExported(rows, form), by=by, at=at, agency_id=agency.pk if agency else None)


@transaction.atomic
def adopt_year(
    *, by: Actor, text: str | bytes, at: datetime, region: str | None = None,
) -> tuple[Arrangement, int]:
    """Put a year's arrangement in force and move the dates of the cases and publications that it touches, each with
    its event.

    Returns the arrangement and how many dates moved. Raises what calendars.adopt refuses; Denied.
    """
    authorise(by, CalendarPermission.ADOPT)
    # Before the first event: whoever waits for the ledger holds no case that is still needed here.
    moves.hold_open()
    hold_in_work()
    following.hold()
    arrangement = calendars.adopt(by=by, text=text, at=at, region=region)
    moved = move_dates(by=by, source=arrangement.notice, at=at)
    moved += publications.move_dates(by=by, source=arrangement.notice, at=at)
    return arrangement, moved + following.move_dates(by=by, source=arrangement.notice, at=at)


@transaction.atomic
def move_dates(*, by: Actor, source: str, at: datetime) -> int:
    """Put every cached date of an open case right by the calendars in force, each with its event; how many moved.

    `source` is what changed: a notice, or an agency's region. Raises Denied.
    """
    authorise(by, CalendarPermission.ADOPT)
    # All are locked, looked at again and saved before the first event: see hold_open.
    moved = moves.held(moves.after_adoption())
    for move in moved:
        move.application.revision += 1
        move.application.save(update_fields=[*moves.FIELDS, "revision"])
    for move in moved:
        record(
            DueMoved(move.before, move.after, source), by=by, at=at, subject_id=move.application.pk,
            agency_id=move.application.agency_id,
        )
    return len(moved)
