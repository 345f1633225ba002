"""Numbers typed in where the office keeps no register here: a cell of table 二, or tables 三 and 四 whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.compilations import rules
from gongkai.compilations.actions.parts import editing, put, replaced
from gongkai.compilations.events import CellsEntered, EntryWithdrawn
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import authorise
from gongkai.compilations.states import Act
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form
from gongkai.ledger.actions import record


@transaction.atomic
def enter_cell(
    *, by: Actor, compilation: Compilation, cell: str, value: Decimal, source: str, at: datetime,
    seen: int | None = None,
) -> Compilation:
    """Let a cell of table 二 hold a number typed in, with its source; an earlier one is replaced and stays on record.

    Raises Refused: unknown-cell, whole-table, source-needed, not-a-count…, from-a-file, changed-meanwhile, not-now;
    Denied.
    """
    authorise(by, P.COMPILE, compilation, compilation.scope)
    now, state = editing(compilation, Act.EDIT, at=at, seen=seen)
    given, said = rules.one_cell(form(now.form), cell, value), rules.source(source)
    replaced(now, given, said, by, at)
    put(now, state)
    record(
        CellsEntered(cell, _told(given), said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def enter_table(
    *, by: Actor, compilation: Compilation, table: str, values: Mapping[str, Decimal], source: str, at: datetime,
    seen: int | None = None,
) -> Compilation:
    """Let table "t3" or "t4" hold the numbers typed in, all of it: what is left out is zero, sums are made.

    Raises Refused: not-a-table, unknown-cell, nothing-entered, source-needed, not-a-count…, from-a-file,
    changed-meanwhile, not-now; Denied.
    """
    authorise(by, P.COMPILE, compilation, compilation.scope)
    now, state = editing(compilation, Act.EDIT, at=at, seen=seen)
    given, said = rules.whole_table(form(now.form), table, values), rules.source(source)
    replaced(now, given, said, by, at)
    put(now, state)
    record(
        CellsEntered(table, _told(given), said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def withdraw_entry(
    *, by: Actor, compilation: Compilation, cell: str, at: datetime, seen: int | None = None,
) -> Compilation:
    """Let the records count again: for a cell of table 二, or for a whole table ("t3", "t4", or any cell of it).

    Raises Refused: nothing-entered, from-a-file, changed-meanwhile, not-now; Denied.
    """
    authorise(by, P.COMPILE, compilation, compilation.scope)
    now, state = editing(compilation, Act.EDIT, at=at, seen=seen)
    table = cell.split(".")[0]
    rows = now.entered.filter(withdrawn_at__isnull=True)
    mine = rows.filter(cell__startswith=f"{table}.") if table in rules.TABLES else rows.filter(cell=cell)
    gone = mine.update(withdrawn_at=at)
    if not gone:
        raise Refused("nothing-entered", "这里没有手工填报的数，本来就按记录计数")
    put(now, state)
    record(
        EntryWithdrawn(table if table in rules.TABLES else cell, gone), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


def _told(given: Mapping[str, Decimal]) -> tuple[str, ...]:
    """What the ledger keeps: numbers, without the zeros of a table."""
    return tuple(f"{cell}={value.normalize():f}" for cell, value in given.items() if value or len(given) == 1)
