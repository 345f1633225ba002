"""The statutory tables of a document: their forms, every cell of those forms, and what could not be placed."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.core.report.document import Document, Grid
from gongkai.core.report.forms import cell_specs
from gongkai.core.report.locate import table2, table3
from gongkai.core.report.locate.claims import Claims
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
            walk.grid(number, block, last=number == len(document.blocks) - 1)
    return _located(walk)


def _located(walk: Walk) -> Located:
    claims = walk.claims
    form2 = table2.form_of(walk.rows2)
    form3 = (table3.form_of(walk.seen3) or form2) if walk.seen3 else None
    if not (form2 or walk.seen3 or walk.seen4):
        return Located(notes=list(claims.remarks.notes()))
    any_form = form2 or form3
    if any_form:
        table2.place(walk.rows2, any_form, claims)
    table3.doubt_neighbours(walk.seen3, form3, claims)
    forms = {table: form_id for table, form_id in (("t2", form2), ("t3", form3)) if form_id}
    wanted = {"t2": any_form, "t3": form3 or form2}
    specs = cell_specs(tuple([(table, form_id) for table, form_id in wanted.items() if form_id]))
    cells = {cell_id: claims.cells.get(cell_id) or Cell(cell_id, Status.MISSING) for cell_id in specs}
    _left_over(claims, cells, form3)
    return Located(forms, cells, list(claims.remarks.notes()), frozenset(walk.used), walk.begins)


def _left_over(claims: Claims, cells: dict[str, Cell], form3: str | None) -> None:
    """Rows of table 三 that its form does not have are told; without a form they are kept."""
    others = claims.cells.keys() - cells.keys()
    filled = [cell for cell_id in others if (cell := claims.cells[cell_id]).status is not Status.BLANK]
    if filled and form3:
        claims.remarks.add("row-outside-form", "t3", "（六）其他处理", filled[0].where)
    elif not form3:
        cells.update({cell_id: cell for cell_id, cell in claims.cells.items() if cell_id in others})
