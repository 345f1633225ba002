"""Columns that offices add beside the statutory ones: 序号, 备注 and the like. Nothing in them is a value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gongkai.core.report.document import GridCell
from gongkai.core.report.locate.labels import meaning
from gongkai.core.report.locate.rows import Row
from gongkai.core.text.fold import fold

_HEADS = frozenset({"序号", "编号", "备注", "说明", "备注说明", "填报说明", "填表说明", "情况说明"})
_LONGEST = max(map(len, _HEADS)) * 2   # with spaces between


class Asides:
    """The slots of one grid that stand under such a head, until a statutory label stands over them again."""

    def __init__(self) -> None:
        self._slots: set[int] = set()

    def without(self, row: Row) -> Row:
        """The row without the cells of added columns; the same object where there are none."""
        heads = [cell for cell in row.cells if not cell.text.isascii() and _is_head(cell.text)]
        if heads and len(row.cells) > len(heads):
            self._slots.update(slot for cell in heads for slot in range(cell.col, cell.col + cell.colspan))
        if not self._slots:
            return row
        for cell in row.cells:
            if cell.text and self._holds(cell) and meaning(cell.text) is not None:
                self._slots.difference_update(range(cell.col, cell.col + cell.colspan))
        return Row(self._kept(row.cells), self._kept(row.above))

    def _kept(self, cells: Sequence[GridCell]) -> list[GridCell]:
        return [cell for cell in cells if not self._inside(cell)]

    def _inside(self, cell: GridCell) -> bool:
        return all(slot in self._slots for slot in range(cell.col, cell.col + cell.colspan))

    def _holds(self, cell: GridCell) -> bool:
        return any(slot in self._slots for slot in range(cell.col, cell.col + cell.colspan))


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST and _names_aside(text)


@lru_cache(maxsize=4096)
def _names_aside(text: str) -> bool:
    return fold(text) in _HEADS
