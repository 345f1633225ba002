"""A roll-up as a Report, so that the statutory tables can be drawn of it.

The sums of agencies on different forms live in the cells of both; the form drawn is the one of the year, and cells
that only the other form has are left out of the drawing (their contributors still open by address).
"""

from __future__ import annotations

from decimal import Decimal

from gongkai.annual_reports.readings import exact
from gongkai.annual_reports.totals import RollUp
from gongkai.core.report.forms import cell_specs, form_for_year
from gongkai.core.report.model import Cell, Report, Status


def rolled_report(rollup: RollUp) -> Report:
    """The sums as cells: a sum of nothing is missing, never zero."""
    form = form_for_year(rollup.year).id
    forms = {"t2": form, "t3": form}
    cells = {}
    for cell_id, spec in cell_specs(tuple(sorted(forms.items()))).items():
        rolled = rollup.cells.get(cell_id)
        if rolled is None or rolled.total is None:
            cells[cell_id] = Cell(cell_id, Status.MISSING)
            continue
        unit = "万元" if spec.kind == "amount" else None
        cells[cell_id] = Cell(cell_id, Status.VALUE, exact(Decimal(rolled.total)), None, unit)
    return Report(form=form, forms=forms, agency=rollup.root.name, year=rollup.year, cells=cells)
