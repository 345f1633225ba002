"""Members added up cell by cell, with who contributes what, and a reported sum held against it.

A blank, missing or unreadable cell contributes nothing and is counted as such: a total that lacks a member is
never passed off as complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongkai.core.report import conversion
from gongkai.core.report.forms import CellSpec
from gongkai.core.report.model import Cell, Number, Report, Status
from gongkai.core.report.words import cell_name


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one member gives to a cell; amounts in 万元. `value` is None unless `status` is `value`."""

    member: str
    status: Status
    value: Number | None
    raw: str | None


@dataclass(frozen=True, slots=True)
class RolledCell:
    """A sum with its parts. `total` is None when no member has a number. `other_form` names the members whose form
    has no such cell; `derived` is True where three rows of a member were added up into one."""

    id: str
    total: Number | None
    contributions: tuple[Contribution, ...]
    other_form: tuple[str, ...] = ()
    derived: bool = False

    def count(self, status: Status) -> int:
        """How many members have this status here."""
        return sum(1 for c in self.contributions if c.status is status)

    @property
    def complete(self) -> bool:
        """Every member gave a number."""
        return not self.other_form and all(c.status is Status.VALUE for c in self.contributions)


@dataclass(frozen=True, slots=True)
class Rollup:
    """The sum of members. `missing` are expected members without a report; `mixed` tells that members follow
    different forms, so that 其他处理 is also given as one row (t3.other)."""

    year: int | None
    members: tuple[str, ...]
    missing: tuple[str, ...]
    mixed: bool
    cells: dict[str, RolledCell]

    def total(self, cell_id: str) -> Number | None:
        """The sum at a cell, None where no member has a number or no form the cell."""
        return self.cells[cell_id].total if cell_id in self.cells else None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "year": self.year, "members": list(self.members), "missing": list(self.missing), "mixed": self.mixed,
            "cells": {
                cell.id: {
                    "total": cell.total, "complete": cell.complete, "derived": cell.derived,
                    "blank": cell.count(Status.BLANK), "absent": cell.count(Status.MISSING),
                    "unreadable": cell.count(Status.UNREADABLE), "other_form": list(cell.other_form),
                    "contributions": [
                        {"member": c.member, "status": c.status.value, "value": c.value, "raw": c.raw}
                        for c in cell.contributions
                    ],
                }
                for cell in self.cells.values()
            },
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of a reported consolidated report that is not the sum of the members. `uncertain` counts members
    without a number there, missing members included: the difference may be theirs."""

    cell: str
    message: str
    reported: Number
    total: Number | None
    uncertain: int


def roll_up(reports: Iterable[Report], *, expected: Sequence[str] = (), one_row: bool = False) -> Rollup:
    """Add up reports of one year. `expected` names the members that should be in; with `one_row` 其他处理 is given as
    one row even where no member has it so, to be held against a report that does.

    Raises ValueError when the reports are of different years, or two are of the same agency.
    """
    named = [(report.agency or report.source or f"第{n}份", report) for n, report in enumerate(reports, start=1)]
    named.sort(key=lambda pair: pair[0])
    members = tuple(name for name, _ in named)
    years = {report.year for _, report in named if report.year is not None}
    if len(years) > 1:
        raise ValueError(f"reports of different years: {sorted(years)}")
    if len(set(members)) != len(members):
        raise ValueError(f"more than one report of {next(m for m in members if members.count(m) > 1)}")
    specs = conversion.united((report.forms for _, report in named), one_row=one_row)
    mixed = any(len({r.forms.get(t) for _, r in named if t in r.forms}) > 1 for t in ("t2", "t3"))
    return Rollup(
        year=years.pop() if years else None, members=members,
        missing=tuple(name for name in expected if name not in members), mixed=mixed,
        cells={cell_id: _rolled(spec, named) for cell_id, spec in specs.items()},
    )


def hold_against(rollup: Rollup, reported: Report) -> list[Difference]:
    """Where a reported consolidated report differs from the sum of the members.

    其他处理 is compared as one row where the roll-up has it so: the one row of a member cannot be split.
    """
    found = []
    one_row = conversion.ONE_ROW[0] in rollup.cells
    named = replace(reported, forms=reported.forms | {"t3": "2019"}) if one_row else reported
    for cell in conversion.comparable(reported, one_row=one_row):
        total = rollup.total(cell.id)
        if cell.value is None or cell.value == total:
            continue
        rolled = rollup.cells.get(cell.id)
        uncertain = len(rollup.missing)
        if rolled is not None:
            uncertain += len(rolled.other_form) + sum(1 for c in rolled.contributions if c.value is None)
        sums = "各成员均无此数" if total is None else f"各成员合计为 {total}"
        doubt = f"（另有 {uncertain} 个成员没有这个数）" if uncertain else ""
        found.append(Difference(
            cell.id, f"{cell_name(named, cell.id)}填 {cell.value}，{sums}{doubt}", cell.value, total, uncertain,
        ))
    return found


def _rolled(spec: CellSpec, named: Sequence[tuple[str, Report]]) -> RolledCell:
    contributions, other_form, derived = [], [], False
    for name, report in named:
        if spec.id in conversion.ONE_ROW and "t3" in report.forms:
            cell = conversion.one_row_cell(report, spec.id)
            derived = derived or not conversion.has_one_row(report)
        elif spec.id in conversion.specs(report):
            cell = conversion.in_wan(report.cells.get(spec.id) or Cell(spec.id, Status.MISSING), spec)
        elif spec.table in report.forms:
            other_form.append(name)
            continue
        else:
            cell = Cell(spec.id, Status.MISSING)
        contributions.append(Contribution(name, cell.status, cell.value, cell.raw))
    numbers = [c.value for c in contributions if c.value is not None]
    return RolledCell(spec.id, sum(numbers) if numbers else None, tuple(contributions), tuple(other_form), derived)

