"""A roll-up as a Report, so that the statutory tables can be drawn of it.

One drawing cannot hold the cells of two forms: where members use both, table 二 is drawn in the form of the year and
其他处理 of table 三 as the one row into which every member's figures go. `undrawn` are the sums that have no place
there; the page lists them below.
"""

from __future__ import annotations

from gongkai.annual_reports.rules import RolledCell
from gongkai.annual_reports.totals import RollUp
from gongkai.core.report.forms import cell_specs, form_for_year
from gongkai.core.report.model import Cell, Report, Status


def rolled_report(rollup: RollUp) -> Report:
    """The sums as cells: a sum of nothing is missing, never zero."""
    of_the_year = form_for_year(rollup.year).id
    used = {table: forms or [of_the_year] for table, forms in rollup.forms.items()}
    forms = {"t2": of_the_year if of_the_year in used["t2"] else used["t2"][0], "t3": used["t3"][0]}
    cells = {}
    for cell_id, spec in cell_specs(tuple(sorted(forms.items()))).items():
        rolled = rollup.cells.get(cell_id)
        if rolled is None or rolled.total is None:
            cells[cell_id] = Cell(cell_id, Status.MISSING)
            continue
        unit = "万元" if spec.kind == "amount" else None
        cells[cell_id] = Cell(cell_id, Status.VALUE, rolled.total, None, unit)
    return Report(form=forms["t3"], forms=forms, agency=rollup.root.name, year=rollup.year, cells=cells)


def undrawn(rollup: RollUp, drawn: Report) -> list[RolledCell]:
    """Sums of members whose form has cells that the drawing has not."""
    return [cell for cell in rollup.cells.values() if cell.cell not in drawn.cells]
