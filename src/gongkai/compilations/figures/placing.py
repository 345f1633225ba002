"""In which cells a record stands, from its own facts: the same rules as the lists, asked from the other side.

`lists` asks the database for the records of a cell; this module says for one record its cells, without sums. A property
test holds the two equal. Nothing here asks a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.applications.figures import reading
from gongkai.applications.states import State
from gongkai.compilations.models import Source
from gongkai.core.law.answers import ANSWERS, report_row
from gongkai.core.law.applicants import ApplicantKind
from gongkai.disputes.figures import PENDING
from gongkai.disputes.states import State as DisputeState
from gongkai.statutory_registers import figures as of_registers
from gongkai.statutory_registers.registers import Ending

Facts = Mapping[str, Any]


def cells_of(source: str, facts: Facts, year: int, form_id: str) -> tuple[str, ...]:
    """The cells in which a record with these facts (`records.LOOKUPS`) stands in a year's form, without sums.

    A member's report and a number typed in are no records of ours: they have none. Raises KeyError for another form.
    """
    placing = {
        Source.APPLICATION: _application, Source.DISPUTE: _proceeding, Source.DOCUMENT: _document,
        Source.ENTRY: _entry, Source.POWER: _power,
    }.get(Source(source))
    return () if placing is None else tuple(placing(facts, date(year, 1, 1), date(year, 12, 31), form_id))


def _application(facts: Facts, first: date, last: date, form_id: str) -> list[str]:
    received, closed, kind = facts["received_on"], facts["closed_on"], facts["applicant_kind"]
    if received is None or received > last or facts["state"] == State.SPLIT or kind not in set(ApplicantKind):
        return []
    if closed is not None and (closed < received or closed < first or facts["answer_kind"] not in ANSWERS):
        return []
    rows = ["new" if received >= first else "carried_in"]
    rows.append(
        "carried_out" if closed is None or closed > last else report_row(facts["answer_kind"], form_id, reading())
    )
    return [f"t3.{row}.{kind}" for row in rows]


def _proceeding(facts: Facts, first: date, last: date, form_id: str) -> list[str]:  # noqa: ARG001
    """Whether a later proceeding of the case takes its place is not among its facts: `records` asks only for those
    that count."""
    received, decided = facts["received_on"], facts["decided_on"]
    if received > last or facts["state"] == DisputeState.CANCELLED:
        return []
    if decided is None or decided > last:
        return [f"t4.{facts['track']}.{PENDING}"]
    return [f"t4.{facts['track']}.{facts['result']}"] if decided >= first else []


def _document(facts: Facts, first: date, last: date, form_id: str) -> list[str]:
    row = of_registers.DOCUMENT_ROWS.get(facts["kind"])
    if row is None:
        return []
    made, ended, expires, shown = (facts[key] for key in ("made_on", "ended_on", "expires_on", "disclosed_on"))
    found = [f"{row}.made"] if first <= made <= last else []
    if form_id == "2019":
        if shown is not None and shown <= last:
            found += [f"{row}.disclosed"] * (shown >= first) + [f"{row}.total"]
        return found
    if facts["ending"] == Ending.REPEALED and ended is not None and first <= ended <= last:
        found.append(f"{row}.repealed")
    if made <= last and (ended is None or ended > last) and (expires is None or expires > last):
        found.append(f"{row}.in_force")
    return found


def _entry(facts: Facts, first: date, last: date, form_id: str) -> list[str]:
    if facts["cancelled_on"] is not None or not first <= facts["on"] <= last:
        return []
    return list(of_registers.entry_cells(facts["register"], form_id))


def _power(facts: Facts, first: date, last: date, form_id: str) -> list[str]:
    """An item that came or went stands in the change; which of the two, `from_on` and `to_on` say."""
    row = of_registers.STOCK_ROWS.get(facts["register"]) if form_id == "2019" else None
    if row is None:
        return []
    since, until = facts["from_on"], facts["to_on"]
    found = [f"{row}.items"] if since < first and (until is None or until >= first) else []
    if first <= since <= last or (until is not None and first <= until <= last):
        found.append(f"{row}.change")
    return found
