"""The cells claimed so far. A cell that two rows claim with different values is nobody's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from gongkai.core.report.document import GridCell
from gongkai.core.report.locate.align import Column
from gongkai.core.report.locate.remarks import Remarks
from gongkai.core.report.locate.values import read_value
from gongkai.core.report.model import Cell, Place, Status


def place_of(cell: GridCell, table: int | None) -> Place | None:
    """Where a cell stands: what its reader said, else its slot in the table of that ordinal."""
    if cell.where is not None or table is None:
        return cell.where
    return Place(table, cell.row + 1, cell.col + 1)


@dataclass(slots=True)
class Claims:
    """Each cell of the report once, and the rows in trouble."""

    cells: dict[str, Cell] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)

    def place(
        self, prefix: str, placed: Iterable[tuple[Column, GridCell]], label: GridCell, table: int | None,
        amounts: Collection[str] = (),
    ) -> None:
        """Claim PREFIX.COLUMN for each cell of a row; a blank gives way to anything.

        `label` names the row, `table` the grid's ordinal where its cells carry no place of their own; `amounts` are
        the columns that hold money.
        """
        cells, value = self.cells, Status.VALUE
        for column, cell in placed:
            key, text, where = column.key, cell.text, cell.where
            cell_id = f"{prefix}.{key}"
            if where is None and table is not None:  # place_of, without a call for each of two hundred cells
                where = Place(table, cell.row + 1, cell.col + 1)
            if text.isdecimal() and cell.certain and cell_id not in cells and key not in amounts:
                cells[cell_id] = Cell(cell_id, value, int(text), text, None, where)
            else:
                self._claim(read_value(cell_id, cell, where, key in amounts, column.unit), label.text)

    def _claim(self, found: Cell, label: str) -> None:
        first = self.cells.get(found.id)
        if first is None or first.status is Status.BLANK:
            self.cells[found.id] = found
        elif found.status is not Status.BLANK and (first.status, first.value, first.unit) != (
            found.status, found.value, found.unit
        ):
            self.cells[found.id] = first._replace(status=Status.UNREADABLE, value=None, unit=None)
            self.remarks.add("cell-claimed-twice", found.id[:2], label, found.where)

    def refuse(self, cell_ids: Iterable[str], where: Place | None) -> None:
        """Something stands there, but it cannot be told which of these cells it belongs to."""
        for cell_id in cell_ids:
            self.cells.setdefault(cell_id, Cell(cell_id, Status.UNREADABLE, where=where))
