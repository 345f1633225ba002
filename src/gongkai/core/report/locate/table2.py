"""Table 二 once all its rows are known: which form's columns they stand under, and their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gongkai.core.report.document import GridCell
from gongkai.core.report.forms import FORM_IDS, Block, form
from gongkai.core.report.locate.align import Column, align, falls_short, trouble
from gongkai.core.report.locate.claims import Claims, place_of
from gongkai.core.report.locate.headers import assign
from gongkai.core.report.locate.labels import spell, spellings
from gongkai.core.report.locate.nearest import Candidate


@dataclass(slots=True)
class Row2:
    """A row of table 二 with the heads above it; which form's columns those are is decided over the whole table."""

    key: str
    label: GridCell
    heads: tuple[GridCell, ...]
    cells: list[GridCell]
    table: int | None
    breaks_off: bool = False   # nothing follows it in the document


def form_of(rows: Sequence[Row2]) -> str | None:
    """The form whose blocks the rows and their heads fit best; None when nothing decides."""
    votes = {form_id: sum(_fits(row, form_id) for row in rows) for form_id in FORM_IDS}
    best = max(votes.values())
    winners = [form_id for form_id, count in votes.items() if count == best]
    return winners[0] if best and len(winners) == 1 else None


def _fits(row: Row2, form_id: str) -> bool:
    block = _blocks(form_id).get(row.key)
    if block is None or row.key in _own_rows(form_id):
        return block is not None
    keys = _keys(tuple([cell.text for cell in row.heads]), form_id, row.key)
    return len(keys) == len(block.columns) and None not in keys


def place(rows: Sequence[Row2], form_id: str, claims: Claims) -> None:
    """Put every row's values into `claims`; what does not fit the form is refused with a remark."""
    for row in rows:
        where = place_of(row.label, row.table)
        block = _blocks(form_id).get(row.key)
        if block is None:
            claims.remarks.add("row-outside-form", "t2", row.label.text, where)
            continue
        columns = _columns(row, form_id, block)
        placed = align(columns, row.cells) if columns else None
        if placed is not None and (row.breaks_off or not falls_short(columns, placed)):
            claims.place(f"t2.{row.key}", placed, row.label, row.table, _amounts(form_id, row.key))
        elif row.cells:
            claims.refuse([f"t2.{row.key}.{column.key}" for column in block.columns], where)
            claims.remarks.add(trouble(columns, row.cells), "t2", row.label.text, where)


def _columns(row: Row2, form_id: str, block: Block) -> list[Column]:
    """The columns above the row, none if one of the heads is not understood."""
    keys = _keys(tuple([cell.text for cell in row.heads]), form_id, row.key)
    ranks = {column.key: rank for rank, column in enumerate(block.columns)}
    columns = [
        Column(key, ranks[key], cell.col, cell.col + cell.colspan, spell(cell.text).unit)
        for cell, key in zip(row.heads, keys, strict=True) if key is not None
    ]
    return columns if len(columns) == len(keys) else []


@lru_cache(maxsize=2048)
def _keys(heads: tuple[str, ...], form_id: str, row: str) -> list[str | None]:
    return assign(heads, _blocks(form_id)[row].columns)


@cache
def _amounts(form_id: str, row: str) -> frozenset[str]:
    return frozenset(column.key for column in _blocks(form_id)[row].columns if column.kind == "amount")


@cache
def _own_rows(form_id: str) -> frozenset[str]:
    """Rows that only this form has."""
    return frozenset(_blocks(form_id)).difference(*[_blocks(other) for other in FORM_IDS if other != form_id])


@cache
def _blocks(form_id: str) -> dict[str, Block]:
    return {label.key: block for block in form(form_id).blocks for label in block.rows}


@cache
def row_candidates() -> tuple[Candidate, ...]:
    """The rows of table 二 of all forms, for labels that are misspelt."""
    found = {
        label.key: Candidate(label.key, spellings(label))
        for form_id in FORM_IDS for block in form(form_id).blocks for label in block.rows
    }
    return tuple(found.values())
