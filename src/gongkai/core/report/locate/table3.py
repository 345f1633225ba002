"""Table 三: which row a line of labels names, and which form the rows together make."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gongkai.core.report.document import GridCell
from gongkai.core.report.forms import FORM_IDS, all_forms, form
from gongkai.core.report.locate.align import Column
from gongkai.core.report.locate.claims import Claims
from gongkai.core.report.locate.labels import Meaning, meaning, spell, spellings
from gongkai.core.report.locate.nearest import Candidate, nearest
from gongkai.core.report.locate.rows import Row
from gongkai.core.report.locate.values import looks_like_data

Texts = list[tuple[GridCell, Meaning | None]]
GROUP = ""   # the key of a row that only names a group of rows


def innermost(row: Row, texts: Texts, columns: Sequence[Column]) -> GridCell:
    """The label beside the numbers: the last text before the columns, or the last that names a row."""
    label = texts[0][0]
    first = columns[0].start if columns else None
    for cell, found in texts:
        if found is not None and (found.row3 is not None or found.group3 is not None):
            label = cell
        elif first is not None:
            label = cell if cell.col < first else label
        elif found is None and not any(other.text and looks_like_data(other.text) for other in _before(cell, row)):
            label = cell
    return label


def _before(cell: GridCell, row: Row) -> list[GridCell]:
    return [other for other in row.cells if other.col < cell.col and other.text.strip()]


def row_key(row: Row, label: GridCell, texts: Texts) -> str | None:
    """The row's key; GROUP for a row that only names a group, None when it stays unknown."""
    found = meaning(label.text)
    if found is not None and found.row3 is not None:
        if len(spell(label.text).core) > 2 or _group(row, label, texts) in (None, candidates()[found.row3].group):
            return found.row3
    elif found is not None and found.group3 is not None:
        return GROUP
    return nearest(spell(label.text), candidates().values(), _group(row, label, texts))


def _group(row: Row, label: GridCell, texts: Texts) -> int | None:
    """The group whose merged cell surely holds this row: it spans down into it, or begins in it."""
    beside = [meaning(cell.text) for cell in row.above] + [found for cell, found in texts if cell is not label]
    groups = [found.group3 for found in beside if found is not None and found.group3]
    return groups[-1] if groups else None


@cache
def candidates() -> dict[str, Candidate]:
    """The rows of all forms by key, with their ordinal and the ordinal of their group."""
    found: dict[str, Candidate] = {}
    for each in all_forms():
        for label in each.t3_rows:
            group = spell(label.path[1]).ordinal if len(label.path) == 3 else None
            found[label.key] = Candidate(label.key, spellings(label), spell(label.text).ordinal, group)
    return found


@cache
def column_keys() -> tuple[str, ...]:
    return tuple(label.key for label in all_forms()[-1].t3_columns)


def form_of(seen: Sequence[str | None]) -> str | None:
    """The form whose rows were seen that the others do not have; three rows of （六） outweigh its one."""
    return next((form_id for form_id in reversed(FORM_IDS) if not _own_rows(form_id).isdisjoint(seen)), None)


@cache
def _own_rows(form_id: str) -> frozenset[str]:
    others = {row.key for other in FORM_IDS if other != form_id for row in form(other).t3_rows}
    return frozenset(row.key for row in form(form_id).t3_rows) - others


def doubt_neighbours(seen: Sequence[str | None], form_id: str | None, claims: Claims) -> None:
    """A row that was there but not understood: what the form has at that place is unreadable, not missing."""
    if form_id is None or None not in seen:
        return
    keys = [row.key for row in form(form_id).t3_rows]
    for at, key in enumerate(seen):
        if key is None:
            before = next((keys.index(k) for k in reversed(seen[:at]) if k in keys), -1)
            after = next((keys.index(k) for k in seen[at:] if k in keys), len(keys))
            for row in keys[before + 1:after]:
                claims.refuse([f"t3.{row}.{column}" for column in column_keys()], None)
