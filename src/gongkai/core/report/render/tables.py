"""The statutory tables as they are printed: heads, labels and cells with their spans, findings at their cells.

One drawing of the form for everybody: the writers of .docx, .xlsx and .html, the terminal, and the pages of the
platform all walk these rows, so that a cell stands at the same place everywhere.

A table is a rectangle of `ncols` columns. A row lists only the slots that begin in it, in order, as HTML does;
`row` and `col` (0-based) give the top left corner for formats that need coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from gongkai.core.report.forms import FORM_IDS, Form, form, form_for_year
from gongkai.core.report.model import Cell, Finding, Report, Status
from gongkai.core.report.render.labels import cell_title
from gongkai.core.text.numerals import is_blank, parse_numeral

_WHOLE_TABLE = 60  # a finding with more cells than this is about the form, and would only cover the table with marks

SlotKind = Literal["head", "corner", "label", "cell"]


class Mark(NamedTuple):
    """A finding at a cell. `number` is its 1-based place in the list of findings; `main` where it should be mended."""

    number: int
    finding: Finding
    main: bool


class SlotView(NamedTuple):
    """A place of a drawn table: a column head, the corner, a row label, or a cell of the form.

    `text` is what to show. For kind "cell" `cell` is set (status missing where the report lacks it) and `marks`
    holds its findings; `title` names it in words ("（一）予以公开 · 自然人") for readers who do not see the grid.
    """

    kind: SlotKind
    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    cell: Cell | None = None
    marks: tuple[Mark, ...] = ()
    title: str = ""

    @property
    def reads_left(self) -> bool:
        """Numbered reasons and labels that fill their row are set to the left; all else stands in the middle."""
        return self.kind == "label" and (self.colspan >= 2 or self.text[:1].isdigit())


class TableView(NamedTuple):
    """One of the three tables. `widths` are relative column widths; the first `header_rows` rows repeat on a new page
    (table 二 has heads in its middle and therefore none that repeat)."""

    key: str
    number: int
    heading: str
    rows: tuple[tuple[SlotView, ...], ...]
    ncols: int
    widths: tuple[float, ...]
    header_rows: int

    def slots(self) -> Iterable[SlotView]:
        """Every slot in reading order."""
        for row in self.rows:
            yield from row


def statutory_tables(report: Report, findings: Sequence[Finding] = ()) -> list[TableView]:
    """The tables that the report has, in printed order, each in the form that it really follows.

    A report of which nothing was found is drawn empty in the form of its year, so that a person can fill it in.
    """
    marks = _marks(findings)
    forms = report.forms or ({} if report.cells else dict.fromkeys(("t2", "t3"), _form_id(report)))
    tables = []
    if "t2" in forms:
        tables.append(_table_2(form(forms["t2"]), report, marks))
    if "t3" in forms:
        tables.append(_table_3(form(forms["t3"]), report, marks))
    if not report.cells or any(cell_id.startswith("t4.") for cell_id in report.cells):
        tables.append(_table_4(form(FORM_IDS[-1]), report, marks))
    return tables


def cell_text(cell: Cell, header_unit: str | None = None) -> str:
    """What to print at a cell so that reading it gives the cell again.

    Normally what was written there. A value that was corrected later, or never written, is printed from the number;
    an unreadable cell that looks like a number gets a mark of doubt, so that printing does not turn doubt into fact.
    `header_unit` is the unit that the column head already gives.
    """
    raw = cell.raw or ""
    if cell.status is Status.VALUE:
        said = parse_numeral(raw)
        if said is not None and said.value == cell.value and (said.unit or header_unit) == (cell.unit or header_unit):
            return raw
        number = f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value)
        return number if cell.unit == header_unit else f"{number}{cell.unit or ''}"
    if cell.status is Status.UNREADABLE:
        return f"？{raw}" if is_blank(raw) or parse_numeral(raw) else raw
    return raw if is_blank(raw) else ""


def _form_id(report: Report) -> str:
    return report.form if report.form in FORM_IDS else form_for_year(report.year or 9999).id


def _marks(findings: Sequence[Finding]) -> dict[str, tuple[Mark, ...]]:
    marks: dict[str, tuple[Mark, ...]] = {}
    for number, finding in enumerate(findings, start=1):
        if len(finding.cells) > _WHOLE_TABLE:
            continue
        for i, cell_id in enumerate(finding.cells):
            marks[cell_id] = (*marks.get(cell_id, ()), Mark(number, finding, main=i == 0))
    return marks


class _Sheet:
    """A table being drawn: slots are put at their coordinates and handed out row by row."""

    def __init__(self, report: Report, marks: dict[str, tuple[Mark, ...]], form_id: str) -> None:
        self._report, self._marks, self._form_id = report, marks, form_id
        self._rows: dict[int, list[SlotView]] = {}

    def put(self, kind: SlotKind, text: str, row: int, col: int, rowspan: int = 1, colspan: int = 1) -> None:
        self._rows.setdefault(row, []).append(SlotView(kind, text, row, col, rowspan, colspan))

    def cell(self, cell_id: str, row: int, col: int, colspan: int = 1) -> None:
        cell = self._report.cells.get(cell_id) or Cell(cell_id, Status.MISSING)
        self._rows.setdefault(row, []).append(SlotView(
            "cell", cell_text(cell, form(self._form_id).cells[cell_id].unit), row, col, 1, colspan, cell,
            self._marks.get(cell_id, ()), cell_title(cell_id, self._form_id),
        ))

    def view(self, key: str, number: int, heading: str, widths: Sequence[float], header_rows: int) -> TableView:
        rows = tuple(
            tuple(sorted(self._rows.get(r, ()), key=lambda slot: slot.col)) for r in range(max(self._rows) + 1)
        )
        return TableView(key, number, heading, rows, len(widths), tuple(widths), header_rows)


def _table_2(chosen: Form, report: Report, marks: dict[str, tuple[Mark, ...]]) -> TableView:
    sheet, row = _Sheet(report, marks, chosen.id), 0
    for block in chosen.blocks:
        # Every block fills the same four columns; the last head of a narrow block takes what is left.
        spans = [1] * (len(block.columns) - 1) + [4 - len(block.columns)]
        sheet.put("head", block.head, row, 0, colspan=4)
        sheet.put("head", "信息内容", row + 1, 0)
        for i, column in enumerate(block.columns):
            sheet.put("head", column.text, row + 1, 1 + i, colspan=spans[i])
        row += 2
        for label in block.rows:
            sheet.put("label", label.text, row, 0)
            for i, column in enumerate(block.columns):
                sheet.cell(f"t2.{label.key}.{column.key}", row, 1 + i, colspan=spans[i])
            row += 1
    return sheet.view("t2", 2, f"二、{chosen.sections[1]}", (34, 22, 22, 22), 0)


def _table_3(chosen: Form, report: Report, marks: dict[str, tuple[Mark, ...]]) -> TableView:
    sheet = _Sheet(report, marks, chosen.id)
    sheet.put("corner", chosen.t3_corner, 0, 0, rowspan=3, colspan=3)
    _heads(sheet, [label.path for label in chosen.t3_columns], "申请人情况")
    paths = [row.path for row in chosen.t3_rows]
    for i, label in enumerate(chosen.t3_rows):
        depth = len(label.path)
        for level, text in enumerate(label.path):
            before = paths[i - 1][: level + 1] if i else ()
            if level < depth - 1 and before == label.path[: level + 1]:
                continue  # covered by the label that spans down from above
            span = 1
            if level < depth - 1:
                span = sum(1 for path in paths if path[: level + 1] == label.path[: level + 1])
            sheet.put("label", text, 3 + i, level, rowspan=span, colspan=4 - depth if level == depth - 1 else 1)
        for j, column in enumerate(chosen.t3_columns):
            sheet.cell(f"t3.{label.key}.{column.key}", 3 + i, 3 + j)
    return sheet.view("t3", 3, f"三、{chosen.sections[2]}", (6, 9, 29, 8, 8, 8, 8, 8, 8, 8), 3)


def _heads(sheet: _Sheet, paths: Sequence[tuple[str, ...]], top: str) -> None:
    """The three levels of heads over table 三: 申请人情况 over all, 法人或其他组织 over its five kinds."""
    sheet.put("head", top, 0, 3, colspan=len(paths))
    organisations = [i for i, path in enumerate(paths) if path[0] != top]
    for i, path in enumerate(paths):
        if i not in organisations:
            sheet.put("head", path[-1], 1, 3 + i, rowspan=2)
    sheet.put("head", paths[organisations[0]][0], 1, 3 + organisations[0], colspan=len(organisations))
    for i in organisations:
        sheet.put("head", paths[i][-1], 2, 3 + i)


def _table_4(chosen: Form, report: Report, marks: dict[str, tuple[Mark, ...]]) -> TableView:
    sheet, width = _Sheet(report, marks, chosen.id), len(chosen.t4_columns)
    outer = [group.path[0] for group in chosen.t4_groups]
    for g, group in enumerate(chosen.t4_groups):
        col, deep = g * width, len(group.path) > 1
        if g == 0 or outer[g - 1] != outer[g]:
            sheet.put("head", outer[g], 0, col, colspan=width * outer.count(outer[g]))
        if deep:
            sheet.put("head", group.text, 1, col, colspan=width)
        for i, column in enumerate(chosen.t4_columns):
            sheet.put("head", column.text, 2 if deep else 1, col + i, rowspan=1 if deep else 2)
            sheet.cell(f"t4.{group.key}.{column.key}", 3, col + i)
    return sheet.view("t4", 4, f"四、{chosen.sections[3]}", (1,) * (width * len(outer)), 3)
