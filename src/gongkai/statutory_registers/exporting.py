"""A register as a table, in the columns of the import, so that what goes out can come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.core.tables import Cell
from gongkai.statutory_registers.importing import DOCUMENT_COLUMNS, ENTRY_COLUMNS
from gongkai.statutory_registers.models import Document, Entry
from gongkai.statutory_registers.registers import DOCUMENT_NAMES, SHOWN_NAMES, DocumentKind, Ending, Shown

HEADINGS = {"document": DOCUMENT_COLUMNS, "entry": ENTRY_COLUMNS}


def document_rows(documents: Iterable[Document]) -> Iterator[list[Cell]]:
    """Rows in the order of DOCUMENT_COLUMNS."""
    for one in documents:
        yield [
            DOCUMENT_NAMES[DocumentKind(one.kind)], one.title, one.number, one.made_on, one.effective_on,
            one.expires_on, one.ended_on if one.ending == Ending.REPEALED else None,
            one.ended_on if one.ending == Ending.LAPSED else None, one.filing_number, one.disclosed_on,
            one.unpublished_reason,
        ]


def entry_rows(entries: Iterable[Entry]) -> Iterator[list[Cell]]:
    """Rows in the order of ENTRY_COLUMNS."""
    for one in entries:
        yield [
            one.on, one.subject, one.number, one.amount, SHOWN_NAMES[Shown(one.shown)], one.shown_on,
            one.shown_reason,
        ]
