"""A cell of a grid as a cell of the report: what stands there, and whether it may be called a number."""

from __future__ import annotations

from gongkai.core.report.document import GridCell
from gongkai.core.report.model import Cell, Status
from gongkai.core.text.numerals import is_blank, parse_numeral

MONEY = frozenset({"万元", "亿元", "元"})


def looks_like_data(text: str) -> bool:
    """True for a number or a mark for nothing: what may stand under a column head."""
    return (text.isascii() and text.isdigit()) or is_blank(text) or parse_numeral(text) is not None


def read_value(cell_id: str, kind: str, cell: GridCell, header_unit: str | None) -> Cell:
    """The report's cell for what stands in `cell`. Counts drop unit words, amounts keep theirs or else the header's."""
    text = cell.text
    if not cell.certain:
        return Cell(cell_id, Status.UNREADABLE, None, text.strip(), None, cell.where)
    amount = kind == "amount"
    if text.isascii() and text.isdigit():
        return Cell(cell_id, Status.VALUE, int(text), text, header_unit if amount else None, cell.where)
    raw = text.strip()
    if is_blank(text):
        return Cell(cell_id, Status.BLANK, None, raw, header_unit if amount else None, cell.where)
    numeral = parse_numeral(text)
    if numeral is None:
        return Cell(cell_id, Status.UNREADABLE, None, raw, None, cell.where)
    written = numeral.unit if numeral.unit in MONEY else None
    return Cell(cell_id, Status.VALUE, numeral.value, raw, (written or header_unit) if amount else None, cell.where)
