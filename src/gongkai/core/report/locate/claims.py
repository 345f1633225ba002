"""The cells claimed so far. A cell that two rows claim with different values is nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gongkai.core.report.document import GridCell
from gongkai.core.report.locate.remarks import Remarks
from gongkai.core.report.locate.values import read_value
from gongkai.core.report.model import Cell, Place, Status


@dataclass(slots=True)
class Claims:
    """Each cell of the report once, and the rows in trouble."""

    cells: dict[str, Cell] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)

    def place(self, cell_id: str, kind: str, cell: GridCell, label: str, header_unit: str | None = None) -> None:
        """Claim `cell_id` for what stands in `cell`; a blank gives way to anything. `label` names the row."""
        found = read_value(cell_id, kind, cell, header_unit)
        first = self.cells.get(cell_id)
        if first is None or first.status is Status.BLANK:
            self.cells[cell_id] = found
        elif found.status is not Status.BLANK and (first.status, first.value, first.unit) != (
            found.status, found.value, found.unit
        ):
            self.cells[cell_id] = replace(first, status=Status.UNREADABLE, value=None, unit=None)
            self.remarks.add("cell-claimed-twice", cell_id[:2], label, found.where)

    def refuse(self, cell_ids: Iterable[str], where: Place | None) -> None:
        """Something stands there, but it cannot be told which of these cells it belongs to."""
        for cell_id in cell_ids:
            self.cells.setdefault(cell_id, Cell(cell_id, Status.UNREADABLE, where=where))
