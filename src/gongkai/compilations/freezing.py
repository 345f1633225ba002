"""What is frozen at a signing: one row for every record, in a fixed order, and a digest over all of it.

The lists are those of `figures.records`, each record once. Beside records stand the numbers typed in (one row each),
and in a consolidated report the members whose numbers come from a file or were typed in. `gongkai doctor` computes the
digest again from what the database holds.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from cryptography.hazmat.primitives import hashes

from gongkai.annual_reports.models import Scope
from gongkai.annual_reports.readings import exact
from gongkai.compilations.figures.parts import base_cells
from gongkai.compilations.figures.records import Record, counted
from gongkai.compilations.members import from_files
from gongkai.compilations.membership import How, Membership, key_of, membership
from gongkai.compilations.models import Compilation, Counted, Signing, Source
from gongkai.compilations.reach import Reach, reach
from gongkai.core.report.forms import form
from gongkai.core.report.model import Number

# In this order rows stand in the digest: a later kind of source goes to the end.
ORDER = {
    source: place for place, source in enumerate((
        Source.APPLICATION, Source.DISPUTE, Source.DOCUMENT, Source.ENTRY, Source.POWER, Source.HAND, Source.MEMBER,
        Source.FILE,
    ))
}
_CHUNK = 2000
_WAN = 10_000


def place(row: Record | Counted) -> tuple[int, int]:
    """Where a row stands among the others."""
    return (ORDER[row.source], row.key) if isinstance(row, Record) else (ORDER[Source(row.source)], row.record)


def rows(compilation: Compilation) -> Iterator[Record]:
    """Everything that stands in a cell of the report now, in order, each once; in constant memory."""
    if compilation.scope == Scope.CONSOLIDATED:
        return _of_members(compilation)
    return _of_own(compilation)


def kept(signing: Signing) -> Iterator[Record]:
    """The same as it was frozen."""
    for source in ORDER:
        frozen = signing.counted.filter(source=source).order_by("record")
        for row in frozen.values_list("record", "label", "cells", "facts").iterator(chunk_size=_CHUNK):
            yield Record(source, row[0], row[1], tuple(row[2]), row[3])


def blended(before: Iterable[Record], now: Iterable[Record], cells: Collection[str]) -> Iterator[Record]:
    """The lists of before, with those of now for some cells: what an erratum of these cells freezes."""
    mended = frozenset(cells)
    for old, new in pairs(before, now):
        stays = tuple(c for c in old.cells if c not in mended) if old else ()
        comes = tuple(c for c in new.cells if c in mended) if new else ()
        if stays or comes:
            told = new if comes or old is None else old
            assert told is not None
            yield Record(told.source, told.key, told.label, tuple(sorted({*stays, *comes})), told.facts)


def pairs(before: Iterable[Record], now: Iterable[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    """The same record in two ordered lists, None where a list has it not."""
    first = ((place(row), 0, row) for row in before)
    second = ((place(row), 1, row) for row in now)
    merged = heapq.merge(first, second, key=lambda one: one[:2])
    for _at, found in groupby(merged, key=lambda one: one[0]):
        sides = {side: row for _place, side, row in found}
        yield sides.get(0), sides.get(1)


@dataclass(slots=True)
class Tally:
    """What rows add up to, cell by cell, as they pass: a signing whose lists are not its numbers is not made."""

    form_id: str
    year: int
    values: dict[str, Number] = field(default_factory=dict)
    rows: int = 0

    def add(self, row: Record) -> None:
        """Count a row."""
        self.rows += 1
        for cell in row.cells:
            self.values[cell] = self.values.get(cell, 0) + gives(self.form_id, self.year, row, cell)

    def differing(self, cells: Mapping[str, Number]) -> list[str]:
        """The cells without parts whose number is not that of the rows."""
        return [c for c in base_cells(self.form_id) if c in cells and self.values.get(c, 0) != cells[c]]


def gives(form_id: str, year: int, row: Record, cell: str) -> Number:
    """What a row gives to a cell in which it stands: one, or its amount, or a step up or down, or what it says."""
    said = row.facts.get("values")
    if said is not None:
        return exact(Decimal(said[cell]))
    spec = form(form_id).cells[cell]
    if spec.kind == "amount":
        return Decimal(row.facts.get("amount", "0")) / (_WAN if spec.unit == "万元" else 1)
    if spec.kind == "change":
        return _within(row.facts, "from_on", year) - _within(row.facts, "to_on", year)
    return 1


def _within(facts: Mapping[str, Any], day: str, year: int) -> int:
    return int(day in facts and date.fromisoformat(facts[day]).year == year)


class Digest:
    """SM3 over a signing and its rows, one line of canonical JSON each."""

    def __init__(self, signing: Signing, sha256: str) -> None:
        """`sha256` is that of the stored file of the version."""
        of = signing.compilation
        self._hash = hashes.Hash(hashes.SM3())
        self._line({
            "agency": of.agency_id, "year": of.year, "scope": of.scope, "form": of.form, "number": signing.number,
            "kind": signing.kind, "reason": signing.reason, "signed_on": signing.signed_on.isoformat(),
            "cells": signing.cells, "prose": signing.prose, "changes": signing.changes, "file": sha256,
        })

    def add(self, row: Record) -> None:
        """The next row."""
        self._line([row.source, row.key, row.label, list(row.cells), dict(row.facts)])

    def value(self) -> str:
        """The digest of all of it, in hex."""
        return self._hash.finalize().hex()

    def _line(self, what: Any) -> None:
        text = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self._hash.update(text.encode() + b"\n")


def digest_of(signing: Signing) -> str:
    """The digest of a signing as the database holds it now."""
    digest = Digest(signing, signing.version.file.sha256)
    for row in kept(signing):
        digest.add(row)
    return digest.value()


def _of_own(compilation: Compilation) -> Iterator[Record]:
    found = reach(compilation.agency, compilation.year, compilation.scope)
    given = list(compilation.entered.filter(withdrawn_at__isnull=True).values_list("cell", flat=True))
    yield from counted(found, compilation.form, {key_of(cell) for cell in given})
    yield from _hand(compilation)


def _hand(compilation: Compilation) -> Iterator[Record]:
    """Numbers typed in, one row each, with their source."""
    for row in compilation.entered.filter(withdrawn_at__isnull=True).order_by("pk"):
        facts = {"agency": compilation.agency_id, "values": {row.cell: str(exact(row.value))}}
        yield Record(Source.HAND, row.pk, row.source[:200], (row.cell,), facts)


def _of_members(compilation: Compilation) -> Iterator[Record]:
    who, form_id = membership(compilation.agency, compilation.year), compilation.form
    given = compilation.entered.filter(withdrawn_at__isnull=True).values_list("cell", flat=True)
    closed = {key_of(cell) for cell in given}
    yield from _records(who, form_id, closed)
    yield from _hand(compilation)
    yield from _typed(who, form_id, closed)
    yield from _files(who, form_id, closed)


def _records(who: Membership, form_id: str, closed: set[str]) -> Iterator[Record]:
    """Records of everybody whose records count; where numbers typed in below replace some of them for some cells, the
    cells are read apart and a record that stands in several is put together again."""
    keys = list(dict.fromkeys(map(key_of, form(form_id).cells)))
    alike: dict[frozenset[int], set[str]] = {}
    for key in keys:
        if key not in closed:
            alike.setdefault(who.counted(key).agencies, set()).add(key)
    streams = [
        counted(
            Reach(who.reach.agency, who.year, who.reach.scope, agencies, who.reach.heirs_of), form_id,
            [key for key in keys if key not in its],
        )
        for agencies, its in alike.items()
    ]
    for _at, found in groupby(heapq.merge(*streams, key=place), key=place):
        first, *others = found
        cells = tuple(sorted({*first.cells, *(c for one in others for c in one.cells)})) if others else first.cells
        yield Record(first.source, first.key, first.label, cells, first.facts)


def _typed(who: Membership, form_id: str, closed: set[str]) -> Iterator[Record]:
    """Reports below with numbers typed in, by the key of the compilation."""
    base = set(base_cells(form_id))
    for one in sorted(who.typed, key=lambda typed: typed.compilation.pk):
        values = {c: str(exact(v)) for c, v in one.cells.items() if c in base and key_of(c) not in closed}
        if values:
            name = next(m.agency.name for m in who.members if m.agency.pk == one.compilation.agency_id)
            yield Record(
                Source.MEMBER, one.compilation.pk, name[:200], tuple(sorted(values)),
                {"agency": one.compilation.agency_id, "values": values},
            )


def _files(who: Membership, form_id: str, closed: set[str]) -> Iterator[Record]:
    """Members whose numbers come from a file, by the key of their report; the facts name its version."""
    values: dict[int, dict[str, str]] = {}
    reports = {m.agency.pk: m.report for m in who.of(How.FILE) if m.report is not None}
    for cell in base_cells(form_id) if reports else ():
        if key_of(cell) not in closed:
            for one in from_files(who, form_id, cell):
                if one.value is not None:
                    values.setdefault(one.agency.pk, {})[cell] = str(one.value)
    for agency, report in sorted(reports.items(), key=lambda one: one[1].pk):
        given = values.get(agency)
        if given:
            facts = {"agency": agency, "version": report.current_id, "values": given}
            yield Record(Source.FILE, report.pk, report.agency.name[:200], tuple(sorted(given)), facts)
