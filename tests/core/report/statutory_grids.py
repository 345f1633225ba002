"""The statutory tables as grids with the spans that a word processor writes, for tests of `locate` and its callers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.core.report.document import Block, Document, Grid, GridCell, Paragraph
from gongkai.core.report.forms import form

Values = Mapping[str, str]
LABEL_SLOTS = 3   # table 三: three columns of labels left of the numbers


def numbered(form_id: str) -> dict[str, str]:
    """A different number for every cell of a form, so that any mix-up shows."""
    return {cell_id: str(100 + n) for n, cell_id in enumerate(form(form_id).cells)}


def document(*blocks: Block, kind: str = "docx") -> Document:
    return Document(kind, list(blocks))


def report_document(form_id: str, values: Values, title: str = "某县财政局2023年政府信息公开工作年度报告") -> Document:
    """Title, six headings with a sentence each, and the tables where the form has them."""
    heads = [f"{n}、{head}" for n, head in zip("一二三四五六", form(form_id).sections, strict=True)]
    blocks: list[Block] = [Paragraph(title)]
    for n, head in enumerate(heads):
        blocks += [Paragraph(head), Paragraph(f"本部分说明第{n + 1}方面的工作。")]
        if n == 1:
            blocks += table2(form_id, values)
        if n == 2:
            blocks.append(table3(form_id, values))
        if n == 3:
            blocks.append(table4(values))
    return document(*blocks)


def table2(form_id: str, values: Values) -> list[Grid]:
    """One grid a block: head over all columns, 信息内容 with the column labels, the rows."""
    grids = []
    for block in form(form_id).blocks:
        width = len(block.columns) + 1
        cells = [GridCell(block.head, 0, 0, 1, width), GridCell("信息内容", 1, 0)]
        cells += [GridCell(column.text, 1, 1 + n) for n, column in enumerate(block.columns)]
        for r, row in enumerate(block.rows, 2):
            cells.append(GridCell(row.text, r, 0))
            cells += [
                GridCell(values[f"t2.{row.key}.{column.key}"], r, 1 + n) for n, column in enumerate(block.columns)
            ]
        grids.append(Grid(cells, 2 + len(block.rows), width))
    return grids


def table3(form_id: str, values: Values) -> Grid:
    """Three head rows, then every row with its outer labels merged downwards and its own label filling the rest."""
    this = form(form_id)
    cells = [
        GridCell(this.t3_corner, 0, 0, 3, LABEL_SLOTS), GridCell("申请人情况", 0, 3, 1, 7),
        GridCell("自然人", 1, 3, 2, 1), GridCell("法人或其他组织", 1, 4, 1, 5), GridCell("总计", 1, 9, 2, 1),
    ]
    cells += [GridCell(column.text, 2, 4 + n) for n, column in enumerate(this.t3_columns[1:6])]
    paths = [row.path for row in this.t3_rows]
    for r, row in enumerate(this.t3_rows, 3):
        for depth, label in enumerate(row.path):
            outer = row.path[:depth + 1]
            same = [p for p in paths if p[:depth + 1] == outer]
            if depth == len(row.path) - 1:
                cells.append(GridCell(label, r, depth, 1, LABEL_SLOTS - depth))
            elif row.path == same[0]:
                cells.append(GridCell(label, r, depth, len(same), 1))
        cells += [GridCell(values[f"t3.{row.key}.{c.key}"], r, 3 + n) for n, c in enumerate(this.t3_columns)]
    return Grid(cells, 3 + len(this.t3_rows), 10)


def table4(values: Values) -> Grid:
    """行政复议 over five columns, 行政诉讼 over ten in two groups, one row of values."""
    this = form("2021")
    columns = this.t4_columns
    cells = [GridCell("行政复议", 0, 0, 1, 5), GridCell("行政诉讼", 0, 5, 1, 10)]
    cells += [GridCell(column.text, 1, n, 2, 1) for n, column in enumerate(columns)]
    cells += [GridCell(group.text, 1, 5 + 5 * n, 1, 5) for n, group in enumerate(this.t4_groups[1:])]
    cells += [GridCell(column.text, 2, 5 + n) for n, column in enumerate(columns * 2)]
    ids = [f"t4.{group.key}.{column.key}" for group in this.t4_groups for column in columns]
    cells += [GridCell(values[cell_id], 3, n) for n, cell_id in enumerate(ids)]
    return Grid(cells, 4, 15)


def stacked(grids: list[Grid]) -> Grid:
    """The same grids as one, one below the other, the last column of each stretched to the common width."""
    width = max(grid.ncols for grid in grids)
    cells, top = [], 0
    for grid in grids:
        for cell in grid.cells:
            reach = cell.colspan + (width - grid.ncols if cell.col + cell.colspan == grid.ncols else 0)
            cells.append(GridCell(cell.text, cell.row + top, cell.col, cell.rowspan, reach, cell.certain, cell.where))
        top += grid.nrows
    return Grid(cells, top, width)


def relabelled(grid: Grid, change: Callable[[str], str]) -> Grid:
    """The grid with every label passed through `change`; numbers stay."""
    return Grid(
        [
            GridCell(c.text if c.text.isdigit() else change(c.text), c.row, c.col, c.rowspan, c.colspan, c.certain)
            for c in grid.cells
        ],
        grid.nrows, grid.ncols,
    )


def without_spans(grid: Grid) -> Grid:
    """What plain text keeps of a grid: the cells of each row pushed to the left, every span lost."""
    at: dict[int, int] = {}
    cells = []
    for cell in grid.cells:
        cells.append(GridCell(cell.text, cell.row, at.get(cell.row, 0)))
        at[cell.row] = at.get(cell.row, 0) + 1
    return Grid(cells, grid.nrows, max(at.values()))
