"""Tables of a Word document as grids with true spans, nested tables in their order.

Columns are grid columns: w:gridSpan counts them, w:gridBefore and w:gridAfter leave some out. A vertical merge is
a chain of cells, w:vMerge without a value going on with the one above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml.etree import _Element

from gongkai.core.report.document import Grid
from gongkai.core.report.readers.docx.collect import Layout
from gongkai.core.report.readers.docx.names import (
    ALTERNATE,
    GONE,
    SDT,
    TBL,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    WRAPPERS,
    P,
    W,
    alternative,
    attribute,
    integer,
    unwrapped,
)
from gongkai.core.report.readers.limits import MAX_TABLE_COLUMNS, check_cells
from gongkai.core.report.readers.nesting import Table, flatten

_SPAN, _V_MERGE, _H_MERGE = W + "gridSpan", W + "vMerge", W + "hMerge"
_BEFORE = W + "gridBefore"


class TableReader:
    """Reads w:tbl elements; `paragraph` gives the text of a w:p."""

    def __init__(self, paragraph: Callable[[_Element], str]) -> None:
        self.changed = False  # some rows or cells were left out as deleted
        self._paragraph = paragraph
        self._cells = 0

    def read(self, element: _Element) -> list[str | Grid]:
        """The table as grids in reading order; the text of cells that only lay tables out comes as strings."""
        return flatten(self._table(element))

    def _table(self, element: _Element) -> Table:
        layout, table = Layout(), Table()
        table.cells = layout.cells
        for tr in self._members(element, TR):
            before, deleted = self._row_start(tr)
            if deleted:
                self.changed = True
                continue
            layout.start_row(before)
            for tc in self._members(tr, TC):
                span, merge, joins_left = self._shape(tc)
                if span == 0:
                    continue
                if joins_left and layout.widen(span):
                    continue
                if not layout.goes_on(span, merge):
                    layout.add(self._text(tc, table), span, merge)
            layout.end_row()
        self._cells += len(table.cells)
        check_cells(self._cells)
        table.nrows, table.ncols = layout.nrows, layout.ncols
        return table

    def _row_start(self, tr: _Element) -> tuple[int, bool]:
        """The first column of a row, and whether the row was deleted with changes tracked."""
        properties = tr.find(TR_PR)
        if properties is None:
            return 0, False
        before = max(0, min(integer(properties.find(_BEFORE)), MAX_TABLE_COLUMNS))
        return before, properties.find(W + "del") is not None

    def _shape(self, tc: _Element) -> tuple[int, str, bool]:
        """Columns covered (0: the cell is deleted), the vertical merge ("", restart, continue), joins the left one."""
        properties = tc.find(TC_PR)
        if properties is None:
            return 1, "", False
        span, merge, joins_left = 1, "", False
        for child in properties:
            tag = child.tag
            if tag == _SPAN:
                span = max(1, min(attribute(child, VAL, 1), MAX_TABLE_COLUMNS + 1))
            elif tag == _V_MERGE:
                merge = "restart" if child.get(VAL) == "restart" else "continue"
            elif tag == _H_MERGE:
                joins_left = child.get(VAL) != "restart"
            elif tag == W + "cellDel":
                self.changed = True
                return 0, "", False
        return span, merge, joins_left

    def _text(self, tc: _Element, table: Table) -> str:
        """The lines of a cell; tables inside it are kept in `table.parts` and read as lines too."""
        parts: list[str | Table] = []
        nested = False
        for child in self._members(tc, P, TBL):
            if child.tag == TBL:
                nested = True
                parts.append(self._table(child))
            elif text := self._paragraph(child):
                parts.append(text)
        if nested:
            table.parts[len(table.cells)] = parts
        return "\n".join(part if isinstance(part, str) else part.text() for part in parts).strip()

    def _members(self, element: _Element, *wanted: str) -> Iterator[_Element]:
        """Children of the wanted kinds, seen through content controls, insertions and alternatives."""
        for child in element:
            tag = child.tag
            if tag in wanted:
                yield child
            elif tag == SDT:
                content = unwrapped(child)
                if content is not None:
                    yield from self._members(content, *wanted)
            elif tag in WRAPPERS:
                yield from self._members(child, *wanted)
            elif tag in GONE:
                self.changed = True
            elif tag == ALTERNATE:
                branch = alternative(child)
                if branch is not None:
                    yield from self._members(branch, *wanted)
