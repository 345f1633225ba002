"""Records as the lines of a package: what a rule looks at stays, everything that names or dates somebody goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from gongkai.compilations.packages.shape import (
    APPLICATIONS,
    DISPUTES,
    DOCUMENTS,
    ENTRIES,
    GIVEN,
    GIVEN_NAMES,
    POWERS,
)

Line = tuple[str, ...]
_FLAGS = {"new", "carried_in", "carried_out"}


class Counted(Protocol):
    """A record with the cells it stands in (no sums) and the facts that counted it."""

    @property
    def source(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def lines(records: Iterable[Counted], year: int) -> dict[str, Counter[Line]]:
    """{file: {line: how often}}. Equal lines are counted, not kept: the memory it takes does not grow with them."""
    found: dict[str, Counter[Line]] = {}
    for record in records:
        for name, line in _of(record, year):
            found.setdefault(name, Counter())[line] += 1
    return found


def _of(record: Counted, year: int) -> Iterator[tuple[str, Line]]:
    match str(record.source):
        case "application":
            yield from ((APPLICATIONS, line) for line in _applications(record.cells))
        case "dispute":
            yield from ((DISPUTES, (row, column)) for row, column in _split(record.cells))
        case "document":
            yield from ((DOCUMENTS, (row, " ".join(columns))) for row, columns in _rows(record.cells).items())
        case "entry":
            for row, columns in _rows(record.cells).items():
                amount = str(record.facts.get("amount", "0")) if "amount" in columns else ""
                yield ENTRIES, (row, " ".join(columns), amount)
        case "poweritem" | "power":
            for row, columns in _rows(record.cells).items():
                change = "change" in columns
                yield POWERS, (
                    row, _one("items" in columns), _one(change and _in(record.facts, "from_on", year)),
                    _one(change and _in(record.facts, "to_on", year)),
                )
        case source:
            values = record.facts.get("values", {})
            for cell in record.cells:
                yield GIVEN, (GIVEN_NAMES[source], record.label, cell, str(values[cell]))


def _applications(cells: Iterable[str]) -> Iterator[Line]:
    """One line for each kind of applicant and outcome: nearly always one. After an erratum of some cells a record may
    stand in two outcomes, as the report itself says."""
    by_column: dict[str, list[str]] = {}
    for row, column in _split(cells):
        by_column.setdefault(column, []).append(row)
    for column, rows in sorted(by_column.items()):
        outcomes = sorted(row for row in rows if row not in _FLAGS)
        yield (
            column, _one("new" in rows), _one("carried_in" in rows), outcomes[0] if outcomes else "",
            _one("carried_out" in rows),
        )
        for more in outcomes[1:]:
            yield column, "", "", more, ""


def _rows(cells: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row, column in _split(cells):
        found.setdefault(row, []).append(column)
    return {row: sorted(columns) for row, columns in sorted(found.items())}


def _split(cells: Iterable[str]) -> list[tuple[str, str]]:
    return [(row, column) for _table, row, column in (cell.split(".") for cell in cells)]


def _one(yes: bool) -> str:
    return "1" if yes else ""


def _in(facts: Mapping[str, Any], day: str, year: int) -> bool:
    return day in facts and date.fromisoformat(str(facts[day])).year == year
