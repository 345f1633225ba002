"""Bringing cells of different forms and units together: what can be derived, and nothing else.

The three rows of 其他处理 of 2021 add up to the one row of 2019; the one row can never be split again. Amounts are
compared and added in 万元.
"""

from __future__ import annotations

from decimal import Decimal

from gongkai.core.report.forms import CellSpec, cell_specs, form
from gongkai.core.report.model import Cell, Report, Status

OTHER_PARTS = ("other_uncorrected", "other_unpaid", "other_rest")
ONE_ROW = tuple(f"t3.other.{column.key}" for column in form("2019").t3_columns)
_WORST_FIRST = (Status.UNREADABLE, Status.MISSING, Status.BLANK)


def specs(report: Report) -> dict[str, CellSpec]:
    """The cells that the report's own tables have, by their forms."""
    return cell_specs(tuple(sorted(report.forms.items())))


def has_one_row(report: Report) -> bool:
    """Its table 三 has 其他处理 as one row."""
    return report.forms.get("t3") == "2019"


def one_row(report: Report, cell_id: str) -> Cell:
    """A cell of the one row 其他处理, added up where the report has three. A part without a number leaves the whole
    without one, with the worst status of the parts."""
    if has_one_row(report):
        return report.cells.get(cell_id) or Cell(cell_id, Status.MISSING)
    column = cell_id.split(".")[2]
    parts = [report.cells.get(f"t3.{row}.{column}") or Cell(row, Status.MISSING) for row in OTHER_PARTS]
    statuses = {part.status for part in parts}
    for status in _WORST_FIRST:
        if status in statuses:
            return Cell(cell_id, status)
    value = sum(part.value or 0 for part in parts)
    return Cell(cell_id, Status.VALUE, value, "＋".join(part.raw or "" for part in parts))


def in_wan(cell: Cell, spec: CellSpec) -> Cell:
    """An amount in 万元; one that is not zero and has no unit is unreadable as an amount. Counts pass unchanged."""
    if spec.kind != "amount" or cell.value is None:
        return cell
    unit = cell.unit or spec.unit
    if unit is None and cell.value != 0:
        return Cell(cell.id, Status.UNREADABLE, None, cell.raw, None, cell.where)
    value = Decimal(cell.value) / 10_000 if unit == "元" else cell.value
    return Cell(cell.id, cell.status, value, cell.raw, "万元", cell.where)
