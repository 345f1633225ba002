"""The records of a year with the facts that counted them and the cells in which they stand.

One pass over each table for a whole report: signing freezes what comes out of it, the published package is made of it.
The facts are what a rule looks at and no more: days, kinds, amounts. Nobody's name, no text of an applicant's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.applications.figures import placed
from gongkai.applications.models import Application
from gongkai.compilations.figures.placing import cells_of
from gongkai.compilations.models import Source
from gongkai.compilations.reach import Reach
from gongkai.core.report.forms import form
from gongkai.disputes import figures as of_disputes
from gongkai.disputes.models import Proceeding
from gongkai.statutory_registers import figures as of_registers
from gongkai.statutory_registers.models import Document, Entry, PowerItem

_CHUNK = 2000
# What is read of a record: key → lookup. "agency" is its key; "label" what people call the record.
LOOKUPS: dict[Source, dict[str, str]] = {
    Source.APPLICATION: {
        "label": "number", "agency": "agency_id", "received_on": "received_on", "closed_on": "closed_on",
        "applicant_kind": "applicant_kind", "answer_kind": "answer_kind", "state": "state",
    },
    Source.DISPUTE: {
        "label": "dispute__number", "agency": "dispute__agency_id", "dispute": "dispute_id",
        "application": "dispute__application__number", "track": "dispute__track", "stage": "stage",
        "received_on": "received_on", "decided_on": "decided_on", "result": "result", "state": "dispute__state",
    },
    Source.DOCUMENT: {
        "label": "number", "title": "title", "agency": "agency_id", "kind": "kind", "made_on": "made_on",
        "ending": "ending", "ended_on": "ended_on", "expires_on": "expires_on", "disclosed_on": "disclosed_on",
    },
    Source.ENTRY: {
        "label": "number", "title": "subject", "agency": "agency_id", "register": "register", "on": "on",
        "amount": "amount", "cancelled_on": "cancelled_on",
    },
    Source.POWER: {
        "label": "name", "agency": "agency_id", "register": "register", "from_on": "from_on", "to_on": "to_on",
    },
}
MODELS: dict[Source, Any] = {
    Source.APPLICATION: Application, Source.DISPUTE: Proceeding, Source.DOCUMENT: Document, Source.ENTRY: Entry,
    Source.POWER: PowerItem,
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a year counts it. `cells` are those without parts (`parts.base_cells`); `facts` are ready for
    JSON: days as 2026-03-04, amounts as text in 元, nothing where nothing is known."""

    source: Source
    key: int
    label: str
    cells: tuple[str, ...]
    facts: Mapping[str, Any]


def counted(reach: Reach, form_id: str, without: Collection[str] = ()) -> Iterator[Record]:
    """Every record of a reach that stands in a cell of a form, each once, by source and key.

    `without` are cells and tables ("t2.fees.amount", "t3") whose number was typed in and counts no records. Reads in
    portions: the memory it takes does not grow with the register. Raises KeyError for another form.
    """
    cells = form(form_id).cells
    left_out = {cell for cell in cells if cell in without or cell.split(".")[0] in without}
    for source, rows in _rows(reach, form_id).items():
        for key, facts in read(source, rows.order_by("pk")):
            stands = tuple(c for c in cells_of(source, facts, reach.year, form_id) if c not in left_out)
            if stands:
                yield Record(source, key, label_of(facts), stands, plain_facts(facts))


def read(source: Source, rows: QuerySet[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(key, facts) of records, in the order of `rows`."""
    keys = LOOKUPS[source]
    for key, *values in rows.values_list("pk", *keys.values()).iterator(chunk_size=_CHUNK):
        yield key, dict(zip(keys, values, strict=True))


def label_of(facts: Mapping[str, Any]) -> str:
    """What people call a record: its number, or its title where it has none."""
    return str(facts.get("label") or facts.get("title") or "")[:200]


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON keeps them; what is unknown is left out."""
    return {
        key: value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else value
        for key, value in facts.items() if key not in {"label", "title"} and value is not None and value != ""
    }


def _rows(reach: Reach, form_id: str) -> dict[Source, QuerySet[Any]]:
    """What may stand in a cell at all, by source."""
    first, last = date(reach.year, 1, 1), date(reach.year, 12, 31)
    proceedings = Proceeding.objects.filter(reach.rows("dispute__agency"))
    found: dict[Source, QuerySet[Any]] = {
        Source.APPLICATION: placed(Application.objects.filter(reach.rows()).counted()).filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=first), received_on__lte=last,
        ),
        Source.DISPUTE: of_disputes.all_proceedings(proceedings, reach.year).filter(of_disputes.counts_in(reach.year)),
        Source.DOCUMENT: of_registers.documents(reach.rows(), once=not reach.single),
        Source.ENTRY: Entry.objects.filter(reach.rows(), cancelled_on__isnull=True).of_year(reach.year),
    }
    if form_id == "2019":
        found[Source.POWER] = PowerItem.objects.filter(reach.rows())
    return found


__all__ = ["LOOKUPS", "MODELS", "Record", "counted", "label_of", "plain_facts", "read"]
