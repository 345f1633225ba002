"""A cell of a grid as a cell of the report: what stands there, and whether it may be called a number."""

from __future__ import annotations

from gongkai.core.report.document import GridCell
from gongkai.core.report.model import Cell, Place, Status
from gongkai.core.text.numerals import is_blank, parse_numeral

MONEY = frozenset({"万元", "亿元", "元"})


def looks_like_data(text: str) -> bool:
    """True for a number or a mark for nothing: what may stand under a column head."""
    return text.isdecimal() or is_blank(text) or parse_numeral(text) is not None


def read_value(cell_id: str, cell: GridCell, where: Place | None, amount: bool, header_unit: str | None) -> Cell:
    """The report's cell for what stands in `cell`. Counts drop unit words, amounts keep theirs or else the header's."""
    raw = cell.text.strip()
    if not cell.certain:
        return Cell(cell_id, Status.UNREADABLE, None, raw, None, where)
    unit = header_unit if amount else None
    if is_blank(cell.text):
        return Cell(cell_id, Status.BLANK, None, raw, unit, where)
    numeral = parse_numeral(cell.text)
    if numeral is None:
        return Cell(cell_id, Status.UNREADABLE, None, raw, None, where)
    if amount and numeral.unit in MONEY:
        unit = numeral.unit
    return Cell(cell_id, Status.VALUE, numeral.value, raw, unit, where)
