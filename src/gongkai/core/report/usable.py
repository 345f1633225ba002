"""Whether a report that could be opened can stand as it was read, or what a person must settle first."""

from __future__ import annotations

from gongkai.core.errors import ReadError
from gongkai.core.report.model import Note, Report, Status

_NO_NUMBERS = frozenset({"labels-detached", "no-tables"})
_OPEN = frozenset({"no-year", "no-agency"})


def obstacle(report: Report) -> ReadError | None:
    """Why nothing can be done with the report as it is, in the words for a refused file; None for a usable one.

    Either none of its numbers could be placed, or it names neither its organ nor its year. What was read stays in
    the report.
    """
    if not any(cell.status is Status.VALUE for cell in report.cells.values()):
        for note in report.notes:
            if note.code in _NO_NUMBERS:
                return ReadError(note.code, note.message)
    if report.year is None and report.agency is None:
        return ReadError(
            "no-identity",
            "文件里既没有写明报告机关，也没有写明年度，读出的内容不知归属；内容已照样读出，请在标题中写明后重新提交。",
        )
    return None


def to_settle(report: Report) -> list[Note]:
    """What a person must still fill in: the year or the organ that the file does not name."""
    return [note for note in report.notes if note.code in _OPEN]
