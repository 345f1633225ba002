"""Bringing cells of different forms and units together: what can be derived, and nothing else.

The three rows of 其他处理 of 2021 add up to the one row of 2019; the one row can never be split again. Amounts are
compared and added in 万元.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from gongkai.core.report.forms import FORM_IDS, CellSpec, cell_specs, form
from gongkai.core.report.model import Cell, Report, Status

OTHER_PARTS = ("other_uncorrected", "other_unpaid", "other_rest")
ONE_ROW = tuple(f"t3.other.{column.key}" for column in form("2019").t3_columns)
_PARTS = frozenset(f"t3.{row}.{column.key}" for row in OTHER_PARTS for column in form("2021").t3_columns)
_WAN = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10_000)}
_WORST_FIRST = (Status.UNREADABLE, Status.MISSING, Status.BLANK)


def specs(report: Report) -> dict[str, CellSpec]:
    """The cells that the report's own tables have, by their forms."""
    return cell_specs(tuple(sorted(report.forms.items())))


def united(members: Iterable[Mapping[str, str]], *, one_row: bool = False) -> dict[str, CellSpec]:
    """The cells that any of several reports has, given the forms of each, in printed order, older forms first.

    其他处理 stands there as one row where a member uses one; `one_row` asks for it in any case.
    """
    found: dict[str, CellSpec] = {}
    for forms in members:
        found |= cell_specs(tuple(sorted(forms.items())))
        if one_row:
            found |= {cell_id: form("2019").cells[cell_id] for cell_id in ONE_ROW}
    order = dict.fromkeys(cell_id for form_id in FORM_IDS for cell_id in form(form_id).cells)
    return {cell_id: found[cell_id] for cell_id in order if cell_id in found}


def comparable(report: Report, *, one_row: bool) -> Iterator[Cell]:
    """The report's cells as they can be held against a sum: amounts in 万元, and with `one_row` the three rows of
    其他处理 added up into one."""
    for cell_id, spec in specs(report).items():
        if not (one_row and (cell_id in _PARTS or cell_id in ONE_ROW)):
            yield in_wan(report.cells.get(cell_id) or Cell(cell_id, Status.MISSING), spec)
    if one_row and "t3" in report.forms:
        yield from (one_row_cell(report, cell_id) for cell_id in ONE_ROW)


def has_one_row(report: Report) -> bool:
    """Its table 三 has 其他处理 as one row."""
    return report.forms.get("t3") == "2019"


def one_row_cell(report: Report, cell_id: str) -> Cell:
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
    factor = _WAN.get(cell.unit or spec.unit or "")
    if factor is None and cell.value != 0:
        return Cell(cell.id, Status.UNREADABLE, None, cell.raw, None, cell.where)
    value = cell.value if factor in {None, 1} else cell.value * factor
    return Cell(cell.id, cell.status, value, cell.raw, "万元", cell.where)
