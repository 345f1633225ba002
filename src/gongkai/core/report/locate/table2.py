"""Table 二 once all its rows are known: which form's columns they stand under, and their cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gongkai.core.report.forms import FORM_IDS, Block, form
from gongkai.core.report.locate.align import align, trouble
from gongkai.core.report.locate.claims import Claims
from gongkai.core.report.locate.headers import columns2
from gongkai.core.report.locate.walk import Row2


def form_of(rows: Sequence[Row2]) -> str | None:
    """The form whose blocks the rows and their heads fit best; None when nothing decides."""
    votes = dict.fromkeys(FORM_IDS, 0)
    for row in rows:
        for form_id in FORM_IDS:
            votes[form_id] += _fits(row, form_id)
    best = max(votes.values())
    winners = [form_id for form_id, count in votes.items() if count == best]
    return winners[0] if best and len(winners) == 1 else None


def _fits(row: Row2, form_id: str) -> int:
    block = _blocks(form_id).get(row.key)
    if block is None:
        return 0
    if not any(row.key in _blocks(other) for other in FORM_IDS if other != form_id):
        return 2  # a row that only this form has
    found = columns2(row.heads, block.columns)
    return 2 if found and len(found) == len(row.heads) == len(block.columns) else 0


def place(rows: Sequence[Row2], form_id: str, claims: Claims) -> None:
    """Put every row's values into `claims`; what does not fit the form is refused with a note."""
    for row in rows:
        block = _blocks(form_id).get(row.key)
        if block is None:
            claims.remarks.add("row-outside-form", "t2", row.label.text, row.label.where)
            continue
        columns = columns2(row.heads, block.columns)
        placed = align(columns, row.cells) if len(columns) == len(row.heads) and columns else None
        ids = [f"t2.{row.key}.{column.key}" for column in block.columns]
        if placed is None:
            if row.cells:
                claims.refuse(ids, row.label.where)
                claims.remarks.add(trouble(columns, row.cells), "t2", row.label.text, row.label.where)
            continue
        kinds = {column.key: column.kind for column in block.columns}
        units = {column.key: column.unit for column in columns}
        for key, cell in placed.items():
            claims.place(f"t2.{row.key}.{key}", kinds[key], cell, row.label.text, units[key])


@cache
def _blocks(form_id: str) -> dict[str, Block]:
    return {label.key: block for block in form(form_id).blocks for label in block.rows}
