"""One table of a page as a grid: the forming of rows and columns as browsers do it (HTML standard, 4.9.12)."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from gongkai.core.report.document import GridCell
from gongkai.core.report.readers.html.lines import tidy
from gongkai.core.report.readers.limits import check_columns, check_rows
from gongkai.core.report.readers.nesting import Table

_CELLS = frozenset({"td", "th"})
_MAX_COLSPAN = 1000  # the standard's own limits
_MAX_ROWSPAN = 65_534


def read_table(node: LexborNode) -> Table:
    """Cells with their true spans. Tables inside must have been taken out before."""
    table = Table()
    group: int | None = None
    filled: dict[int, int] = {}  # by column: the first row that a cell from above leaves free
    rows = node.css("tr")
    spanning = {cell.mem_id: cell for cell in node.css("[rowspan], [colspan]")}  # few: the others are not asked
    check_rows(len(rows))
    group_start = 0
    for row, tr in enumerate(rows):
        parent = tr.parent
        if parent is not None and parent.mem_id != group:  # spans end with their thead, tbody or tfoot
            _close_group(table, group_start, row)
            group, group_start, filled = parent.mem_id, row, {}
        column = 0
        for cell in tr.iter():
            if cell.tag not in _CELLS:
                continue
            while filled.get(column, 0) > row:
                column += 1
            rowspan, colspan = _spans(cell) if cell.mem_id in spanning else (1, 1)
            width = 1
            while width < colspan and filled.get(column + width, 0) <= row:
                width += 1
            if rowspan > 1:
                for c in range(column, column + width):
                    filled[c] = row + rowspan
            table.cells.append(GridCell(tidy(cell.text()), row, column, rowspan, width))
            column += width
            if column > table.ncols:
                check_columns(column)
                table.ncols = column
    table.nrows = len(rows)
    _close_group(table, group_start, table.nrows)
    return table


def _close_group(table: Table, start: int, end: int) -> None:
    """Cut spans that reach beyond the rows of their group."""
    for cell in reversed(table.cells):
        if cell.row < start:
            break
        if cell.row + cell.rowspan > end:
            cell.rowspan = end - cell.row


def _spans(cell: LexborNode) -> tuple[int, int]:
    attributes = cell.attributes
    rowspan = _number(attributes.get("rowspan"), 1)
    colspan = _number(attributes.get("colspan"), 1)
    return (rowspan if 0 < rowspan <= _MAX_ROWSPAN else _MAX_ROWSPAN), min(max(colspan, 1), _MAX_COLSPAN)


def _number(written: str | None, default: int) -> int:
    if written is None:
        return default
    written = written.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else default
