"""The cells claimed so far, and what must be said about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gongkai.core.report.document import GridCell
from gongkai.core.report.locate.align import Placed
from gongkai.core.report.locate.values import read_value
from gongkai.core.report.model import Cell, Note, Place, Status


@dataclass(slots=True)
class Claims:
    """Each cell of the report once. Two rows that claim one cell with different values make it unreadable."""

    cells: dict[str, Cell] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    disputed: set[str] = field(default_factory=set)

    def place(self, cell_id: str, kind: str, cell: GridCell, header_unit: str | None = None) -> None:
        found = read_value(cell_id, kind, cell, header_unit)
        first = self.cells.get(cell_id)
        if first is None or first.status is Status.BLANK:
            self.cells[cell_id] = found
        elif found.status is not Status.BLANK and (first.status, first.value, first.unit) != (
            found.status, found.value, found.unit
        ):
            self.cells[cell_id] = replace(first, status=Status.UNREADABLE, value=None, unit=None)
            if cell_id not in self.disputed:
                self.disputed.add(cell_id)
                self.notes.append(Note(
                    "cell-claimed-twice",
                    f"“{first.raw}”和“{found.raw}”都写在同一项（{cell_id}）上，无法判断哪个有效，该项按无法识别处理，请核对原表。",
                    found.where,
                ))

    def refuse(self, cell_ids: Iterable[str], where: Place | None) -> None:
        """Something stands there, but it cannot be told which of these cells it belongs to."""
        for cell_id in cell_ids:
            self.cells.setdefault(cell_id, Cell(cell_id, Status.UNREADABLE, where=where))

    def place_row(self, prefix: str, placed: Placed, kinds: dict[str, str] | None = None) -> None:
        for key, cell in placed.items():
            self.place(f"{prefix}.{key}", kinds[key] if kinds else "count", cell)

    def note(self, code: str, message: str, where: Place | None) -> None:
        self.notes.append(Note(code, message, where))
