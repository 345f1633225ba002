"""The register as a spreadsheet again: the same columns that are imported, nothing of the applicant but the kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from gongkai.applications import following
from gongkai.applications.models import Application, ApplicationQuerySet
from gongkai.applications.states import STATE_NAMES, State
from gongkai.core.deadlines import Channel
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.registers.columns import is_ours
from gongkai.core.registers.entry import Dispute, Entry
from gongkai.core.registers.write import write_csv, write_xlsx

MOST = 200_000
_BATCH = 2000
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}


def written(rows: ApplicationQuerySet, to: str) -> bytes:
    """The rows as .xlsx or .csv. Raises KeyError for another format."""
    return {"xlsx": write_xlsx, "csv": write_csv}[to](entries(rows))


def entries(rows: ApplicationQuerySet) -> Iterator[Entry]:
    """Rows as entries; a split application stands there in its pieces."""
    here, number = rows.counted().iterator(chunk_size=_BATCH), 2
    while batch := list(islice(here, _BATCH)):
        disputes = following.disputes_of(batch)
        for row in batch:
            yield entry(row, number, disputes.get(row.pk, ()))
            number += 1


def entry(row: Application, number: int, disputes: tuple[Dispute, ...]) -> Entry:
    """One row. The applicant's own text stays inside: what was registered here shows its subject, from which the
    applicant was removed; what was imported shows what the imported register showed."""
    return Entry(
        row=number, number=row.number, received=row.received_on or row.arrived_on,
        channel=Channel(row.channel) if row.channel else None,
        applicant_kind=ApplicantKind(row.applicant_kind) if row.applicant_kind else None,
        content=row.content if row.imported_id else row.subject, correction_asked=row.correction_asked_on,
        corrected=row.corrected_on, extended=row.extended_days or None, closed=row.closed_on,
        outcome=row.answer_kind if row.closed_on and row.answer_kind else None, reply_number=row.reply_number,
        disputes=disputes, note=row.note,
        extra={
            **_own(row.extra.get("columns", {})), "办理状态": STATE_NAMES[State(row.state)],
            "答复期限": row.due_on.isoformat() if row.due_on else "",
        },
    )


def _own(columns: Mapping[str, str]) -> dict[str, str]:
    """The office's own columns; one that came in under what is a heading of the register by now says so."""
    return {f"原填{title}" if is_ours(title) else title: text for title, text in columns.items()}
