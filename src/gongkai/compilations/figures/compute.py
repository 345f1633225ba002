"""Every cell of a form at once, in as few queries as there are kinds of question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.applications import figures as of_applications
from gongkai.compilations.figures.lists import COLUMNS, applications, plain, proceedings, source_of
from gongkai.compilations.models import Source
from gongkai.compilations.reach import Reach
from gongkai.core.report.forms import form
from gongkai.core.report.model import Number
from gongkai.disputes import figures as of_disputes
from gongkai.disputes.states import Track
from gongkai.statutory_registers import figures as of_registers

_CLOSED = "closed"
_NOT_OUTCOMES = ("new", "carried_in", _CLOSED, "carried_out")


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell's number. `records` is the length of its list, 0 for what was typed in; amounts are in the unit that the
    form prints (万元, or 元 where it prints none)."""

    cell: str
    value: Number
    records: int
    source: Source


def compute(reach: Reach, form_id: str, entered: Mapping[str, Number] | None = None) -> dict[str, Figure]:
    """Every cell of a form, in printed order. `entered` {cell: value} stands in the place of the records: for a cell
    of table 二, and for tables 三 and 四 whole (a table of which any cell is entered counts no records at all).

    Sums are always made of their parts, so that C1 to C4 hold by construction wherever records are counted.
    """
    made = form(form_id)
    # A number typed for a cell that this form has not (the form of another year) stands nowhere here.
    given = {cell: value for cell, value in (entered or {}).items() if cell in made.cells}
    cells: dict[str, Figure] = {}
    cells |= _table_two(reach, form_id, given)
    by_hand = {cell.split(".")[0] for cell in given}
    cells |= typed(form_id, "t3", given) if "t3" in by_hand else _table_three(reach, form_id)
    cells |= typed(form_id, "t4", given) if "t4" in by_hand else _table_four(reach)
    return {cell: cells[cell] for cell in made.cells}


def _table_two(reach: Reach, form_id: str, given: Mapping[str, Number]) -> dict[str, Figure]:
    found = {
        cell: Figure(cell, _exact(tally.value), tally.records, source_of(cell))
        for cell, tally in of_registers.tally_two(reach.rows(), reach.year, form_id, once=not reach.single).items()
    }
    typed_in = {cell: value for cell, value in given.items() if cell in found}
    return found | {cell: Figure(cell, value, 0, Source.HAND) for cell, value in typed_in.items()}


def _exact(value: Number) -> Number:
    return plain(value) if isinstance(value, Decimal) else value


def _table_three(reach: Reach, form_id: str) -> dict[str, Figure]:
    counts = of_applications.table_three(applications(reach), reach.year, form_id)
    rows = [label.key for label in form(form_id).t3_rows]
    outcomes = [row for row in rows if row not in _NOT_OUTCOMES]
    base = {(row, column): counts.get((row, column), 0) for row in rows for column in COLUMNS}
    for column in COLUMNS:
        base[_CLOSED, column] = sum(base[row, column] for row in outcomes)
    return _summed("t3", rows, COLUMNS, base, Source.APPLICATION)


def _table_four(reach: Reach) -> dict[str, Figure]:
    counts = of_disputes.table_four(proceedings(reach), reach.year)
    rows = [track.value for track in Track]
    return _summed("t4", rows, of_disputes.RESULTS, counts, Source.DISPUTE)


def _summed(
    table: str, rows: list[str], columns: tuple[str, ...], base: Mapping[tuple[str, str], int], source: Source,
) -> dict[str, Figure]:
    cells: dict[str, Figure] = {}
    for row in rows:
        for column in columns:
            number = base.get((row, column), 0)
            cells[f"{table}.{row}.{column}"] = Figure(f"{table}.{row}.{column}", number, number, source)
        total = sum(base.get((row, column), 0) for column in columns)
        cells[f"{table}.{row}.total"] = Figure(f"{table}.{row}.total", total, total, source)
    return cells


def typed(form_id: str, table: str, given: Mapping[str, Number]) -> dict[str, Figure]:
    """A table typed in whole ("t3", "t4"): what was left out is zero, and the sums are made here."""
    made = form(form_id)
    values: dict[str, Number] = {spec.id: given.get(spec.id, 0) for spec in made.table(table)}
    for rule in ("C3", "C2", "C4"):  # C3 before C2, so that 总计 of （七） is a sum of sums
        for identity in made.identities:
            if identity.rule == rule and identity.table == table:
                values[identity.left[0]] = sum(values[cell] for cell in identity.right)
    return {cell: Figure(cell, value, 0, Source.HAND) for cell, value in values.items()}


__all__ = ["Figure", "compute", "plain", "typed"]
