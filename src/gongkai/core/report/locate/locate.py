"""The statutory tables of a document: their forms, every cell of those forms, and what could not be placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.core.report.document import Document, Grid
from gongkai.core.report.forms import FORM_IDS, cell_specs, form
from gongkai.core.report.locate.claims import Claims
from gongkai.core.report.locate.table2 import form_of, place
from gongkai.core.report.locate.walk import Walk
from gongkai.core.report.model import Cell, Note, Status


@dataclass(slots=True)
class Located:
    """`forms` holds the tables that were found; `cells` every cell of their forms, in the form's order.

    A table that was not found at all is taken to follow the form of the other one, so that its cells are listed
    as missing. `grids` are the indexes in Document.blocks of the grids that are statutory tables; `begins` says at
    which of them the table of a section (2, 3, 4) begins.
    """

    forms: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    grids: frozenset[int] = frozenset()
    begins: dict[int, int] = field(default_factory=dict)


def locate(document: Document) -> Located:
    """Find the statutory tables and read their cells. Never raises for what stands in the document."""
    walk = Walk()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            walk.grid(number, block)
    return _located(walk)


def _located(walk: Walk) -> Located:
    claims = walk.claims
    form2 = form_of(walk.rows2)
    form3 = _form_of_table3(walk.seen3)
    if walk.seen3 and form3 is None:
        form3 = form2
    if form2 or form3:
        place(walk.rows2, form2 or form3 or "", claims)
    forms = {"t2": form2} if form2 else {}
    if form3:
        forms["t3"] = form3
    if not (form2 or walk.seen3 or walk.seen4):
        return Located(notes=list(claims.remarks.notes()))
    _doubt_neighbours(walk.seen3, form3, claims)
    chosen = {"t2": form2 or form3, "t3": form3 or form2}
    specs = cell_specs(tuple((table, form_id) for table, form_id in chosen.items() if form_id))
    cells = {cell_id: claims.cells.get(cell_id) or Cell(cell_id, Status.MISSING) for cell_id in specs}
    left_out = [i for i, cell in claims.cells.items() if i not in specs and cell.status is not Status.BLANK]
    if left_out and form3:
        claims.remarks.add("row-outside-form", "t3", "（六）其他处理", claims.cells[left_out[0]].where)
    elif not form3:
        cells |= {cell_id: claims.cells[cell_id] for cell_id in left_out}
    return Located(forms, cells, list(claims.remarks.notes()), frozenset(walk.used), walk.begins)


def _form_of_table3(seen: Sequence[str | None]) -> str | None:
    """The form whose rows were seen that the others do not have; three rows of （六） outweigh its one."""
    for form_id in reversed(FORM_IDS):
        others = {row.key for other in FORM_IDS if other != form_id for row in form(other).t3_rows}
        if any(row.key in seen for row in form(form_id).t3_rows if row.key not in others):
            return form_id
    return None


def _doubt_neighbours(seen: Sequence[str | None], form_id: str | None, claims: Claims) -> None:
    """A row that was there but not understood: the rows that the form has at that place are unreadable, not missing."""
    if form_id is None or None not in seen:
        return
    keys = [row.key for row in form(form_id).t3_rows]
    columns = [column.key for column in form(form_id).t3_columns]
    for i, key in enumerate(seen):
        if key is not None:
            continue
        before = next((keys.index(k) for k in reversed(seen[:i]) if k in keys), -1)
        after = next((keys.index(k) for k in seen[i:] if k in keys), len(keys))
        for row in keys[before + 1:after]:
            claims.refuse([f"t3.{row}.{column}" for column in columns], None)
