"""Where a report has no numbers: tables that are not there, a file that breaks off, cells that could not be read.

These gaps are told once (GK1004); rules that need their numbers then stay silent.
"""

from __future__ import annotations

from typing import NamedTuple

from gongkai.core.report.forms import TABLES
from gongkai.core.report.model import Report, Status
from gongkai.core.report.operands import status, table_ids

_SECTION = {"t2": 2, "t3": 3, "t4": 4}


class Gaps(NamedTuple):
    """`absent` tables; `tails`: by table the missing cells from where the file breaks off; `unreadable` by table."""

    absent: tuple[str, ...]
    tails: dict[str, list[str]]
    unreadable: dict[str, list[str]]
    cells: frozenset[str]


def gaps(report: Report) -> Gaps:
    """All gaps of a report. A missing cell in the middle of a table is no gap but a mistake in the report (C10)."""
    absent = tuple(table for table in TABLES if not present(report, table))
    tails = {table: tail for table in TABLES if table not in absent and (tail := _tail(report, table))}
    unreadable = {
        table: cells for table in TABLES
        if (cells := [c for c in table_ids(report, table) if status(report, c) is Status.UNREADABLE])
    }
    every = [c for table in absent for c in table_ids(report, table)]
    every += [c for group in (*tails.values(), *unreadable.values()) for c in group]
    # Where some cells of a table could not be read, its missing ones may be the reader's fault too.
    every += [c for table in unreadable for c in table_ids(report, table) if status(report, c) is Status.MISSING]
    return Gaps(absent, tails, unreadable, frozenset(every))


def present(report: Report, table: str) -> bool:
    """At least one cell of the table was found in the file, whatever stands in it."""
    return any(status(report, c) is not Status.MISSING for c in table_ids(report, table))


def _tail(report: Report, table: str) -> list[str]:
    """The missing cells at the end of a table after which the file has nothing more."""
    ids = table_ids(report, table)
    end = len(ids)
    while end and status(report, ids[end - 1]) is Status.MISSING:
        end -= 1
    goes_on = any(present(report, t) for t in TABLES[TABLES.index(table) + 1:]) or any(
        n > _SECTION[table] for n in report.sections
    )
    return [] if goes_on else ids[end:]
