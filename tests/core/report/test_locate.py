"""Grids of every shape → the same cells under the same ids."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.report.statutory_grids import (
    document,
    numbered,
    stacked,
    table2,
    table3,
    table4,
    without_spans,
)

from gongkai.core.report.document import Grid, GridCell, Paragraph
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.locate import Located, locate
from gongkai.core.report.model import Status

forms = pytest.mark.parametrize("form_id", FORM_IDS)


def all_tables(form_id: str, values: dict[str, str]) -> list[Grid]:
    return [*table2(form_id, values), table3(form_id, values), table4(values)]


def values_of(located: Located) -> dict[str, str]:
    return {cell_id: str(cell.value) for cell_id, cell in located.cells.items() if cell.status is Status.VALUE}


@forms
def test_every_cell_of_a_clean_set_is_found(form_id: str) -> None:
    values = numbered(form_id)
    located = locate(document(*all_tables(form_id, values)))
    assert values_of(located) == values
    assert list(located.cells) == list(form(form_id).cells)
    assert located.forms == {"t2": form_id, "t3": form_id}
    assert located.notes == []
    assert located.begins == {2: 0, 3: len(form(form_id).blocks), 4: len(form(form_id).blocks) + 1}


@forms
def test_one_grid_holding_everything(form_id: str) -> None:
    values = numbered(form_id)
    assert values_of(locate(document(stacked(all_tables(form_id, values))))) == values


@forms
def test_table_two_as_one_grid(form_id: str) -> None:
    values = numbered(form_id)
    located = locate(document(stacked(table2(form_id, values)), table3(form_id, values), table4(values)))
    assert values_of(located) == values


@forms
def test_spans_lost_in_plain_text(form_id: str) -> None:
    values = numbered(form_id)
    located = locate(document(*map(without_spans, all_tables(form_id, values))))
    assert values_of(located) == values
    assert located.forms == {"t2": form_id, "t3": form_id}


@forms
def test_values_are_their_own_places_not_their_column_numbers(form_id: str) -> None:
    """The total first and 其他 last: columns are known by their labels."""
    values = numbered(form_id)
    grid = table3(form_id, values)
    swapped = {3: 9, 9: 3}
    for cell in grid.cells:
        if cell.col in swapped and cell.colspan == 1 and cell.row >= 1:
            cell.col = swapped[cell.col]
    assert values_of(locate(document(grid))) == {k: v for k, v in values.items() if k.startswith("t3")}


@forms
def test_a_page_break_cuts_table_three_and_repeats_its_head(form_id: str) -> None:
    values = numbered(form_id)
    whole = table3(form_id, values)
    for cut in (4, 9, 15, 20, 24):
        first, second = _cut(whole, cut)
        head = [cell for cell in whole.cells if cell.row < 3]
        again = Grid(head + [_moved(cell, 3) for cell in second.cells], second.nrows + 3, 10)
        for rest in (second, again):
            located = locate(document(*table2(form_id, values), first, Paragraph("-3-"), rest, table4(values)))
            assert values_of(located) == values, cut
            assert located.notes == []


@forms
def test_head_repeated_inside_one_grid(form_id: str) -> None:
    values = numbered(form_id)
    whole = table3(form_id, values)
    first, second = _cut(whole, 12)
    head = [cell for cell in whole.cells if cell.row < 3]
    cells = first.cells + [_moved(c, first.nrows) for c in head] + [_moved(c, first.nrows + 3) for c in second.cells]
    assert values_of(locate(document(Grid(cells, whole.nrows + 3, 10)))) == _only("t3", values)


@forms
def test_label_columns_that_are_not_merged(form_id: str) -> None:
    """Every outer label in the first of its rows only, empty cells below, own label in its own column."""
    values = numbered(form_id)
    grid = table3(form_id, values)
    cells = []
    for cell in grid.cells:
        cells.append(GridCell(cell.text, cell.row, cell.col))
        covered = [(r, c) for r in range(cell.rowspan) for c in range(cell.colspan) if r or c]
        cells += [GridCell("", cell.row + r, cell.col + c) for r, c in covered]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    assert values_of(locate(document(Grid(cells, grid.nrows, grid.ncols)))) == _only("t3", values)


@forms
def test_outer_labels_repeated_in_every_row(form_id: str) -> None:
    values = numbered(form_id)
    grid = table3(form_id, values)
    cells = []
    for cell in grid.cells:
        cells += [
            GridCell(cell.text, cell.row + r, cell.col, 1, cell.colspan)
            for r in range(cell.rowspan if cell.row > 2 else 1)
        ]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    assert values_of(locate(document(Grid(cells, grid.nrows, grid.ncols)))) == _only("t3", values)


@forms
def test_group_labels_above_their_items(form_id: str) -> None:
    """（三）不予公开 as a row of its own, the items below in one label column."""
    values = numbered(form_id)
    this = form(form_id)
    cells = [cell for cell in table3(form_id, values).cells if cell.row < 3]
    at, open_groups = 3, ()
    for row in this.t3_rows:
        for depth, label in enumerate(row.path[:-1]):
            if row.path[:depth + 1] != open_groups[:depth + 1]:
                cells.append(GridCell(label, at, 0, 1, 3))
                cells += [GridCell("", at, col) for col in range(3, 10)]
                at += 1
        open_groups = row.path[:-1]
        cells.append(GridCell(row.text, at, 0, 1, 3))
        cells += [GridCell(values[f"t3.{row.key}.{c.key}"], at, 3 + n) for n, c in enumerate(this.t3_columns)]
        at += 1
    located = locate(document(Grid(cells, at, 10)))
    assert values_of(located) == _only("t3", values)
    assert located.notes == []


def test_a_caption_row_and_a_remark_row_inside() -> None:
    values = numbered("2021")
    grid = stacked(table2("2021", values))
    cells = [GridCell("主动公开政府信息情况", 0, 0, 1, grid.ncols)] + [_moved(cell, 1) for cell in grid.cells]
    cells.append(GridCell("注：本表数据由政务公开办公室汇总，截至年底。", grid.nrows + 1, 0, 1, grid.ncols))
    located = locate(document(Grid(cells, grid.nrows + 2, grid.ncols)))
    assert values_of(located) == _only("t2", values)
    assert located.notes == []


def test_block_heads_merged_down_the_left_side() -> None:
    values = numbered("2021")
    cells, at = [], 0
    for block in form("2021").blocks:
        cells.append(GridCell(block.head, at, 0, 1 + len(block.rows), 1))
        cells.append(GridCell("信息内容", at, 1))
        cells += [GridCell(column.text, at, 2 + n) for n, column in enumerate(block.columns)]
        for row in block.rows:
            at += 1
            cells.append(GridCell(row.text, at, 1))
            cells += [GridCell(values[f"t2.{row.key}.{c.key}"], at, 2 + n) for n, c in enumerate(block.columns)]
        at += 1
    assert values_of(locate(document(Grid(cells, at, 5)))) == _only("t2", values)


def test_forms_are_told_table_by_table() -> None:
    new, old = numbered("2021"), numbered("2019")
    located = locate(document(*table2("2021", new), table3("2019", old), table4(new)))
    assert located.forms == {"t2": "2021", "t3": "2019"}
    assert located.cells["t3.other.total"].value == int(old["t3.other.total"])
    assert "t3.other_rest.total" not in located.cells
    assert located.cells["t2.fees.amount"].value == int(new["t2.fees.amount"])


def test_table_three_cut_off_before_its_sixth_item_follows_table_two() -> None:
    values = numbered("2021")
    first, _ = _cut(table3("2021", values), 8)
    located = locate(document(*table2("2021", values), first))
    assert located.forms == {"t2": "2021", "t3": "2021"}
    assert located.cells["t3.other_rest.total"].status is Status.MISSING
    alone = locate(document(first))
    assert alone.forms == {}
    assert alone.cells["t3.new.total"].value == int(values["t3.new.total"])


def test_no_tables_no_cells() -> None:
    other = Grid([GridCell("姓名", 0, 0), GridCell("得分", 0, 1), GridCell("甲", 1, 0), GridCell("9", 1, 1)], 2, 2)
    located = locate(document(Paragraph("一、总体情况"), other))
    assert (located.forms, located.cells, located.grids) == ({}, {}, frozenset())


def _only(table: str, values: dict[str, str]) -> dict[str, str]:
    return {cell_id: value for cell_id, value in values.items() if cell_id.startswith(table)}


def _moved(cell: GridCell, down: int) -> GridCell:
    return GridCell(cell.text, cell.row + down, cell.col, cell.rowspan, cell.colspan, cell.certain, cell.where)


def _cut(grid: Grid, at: int) -> tuple[Grid, Grid]:
    """The grid as two, a merged label cut by the break standing in both."""
    first, second = [], []
    for cell in grid.cells:
        end = cell.row + cell.rowspan
        if cell.row < at:
            first.append(GridCell(cell.text, cell.row, cell.col, min(end, at) - cell.row, cell.colspan))
        if end > at:
            text = cell.text if cell.row >= at else ""
            start = max(cell.row, at)
            second.append(GridCell(text, start - at, cell.col, end - start, cell.colspan))
    return Grid(first, at, grid.ncols), Grid(second, grid.nrows - at, grid.ncols)


def filled(grid: Grid) -> Grid:
    """Every merged label written into each slot that it covered, as spreadsheets and scripts unmerge."""
    slots = {
        (r, c): cell.text for cell in grid.cells
        for r in range(cell.row, cell.row + cell.rowspan) for c in range(cell.col, cell.col + cell.colspan)
    }
    return Grid([GridCell(text, r, c) for (r, c), text in sorted(slots.items())], grid.nrows, grid.ncols)


@forms
def test_labels_written_into_every_slot_they_were_merged_over(form_id: str) -> None:
    values = numbered(form_id)
    assert values_of(locate(document(*map(filled, all_tables(form_id, values))))) == values


@forms
def test_heads_and_values_written_into_every_slot_they_were_merged_over(form_id: str) -> None:
    """Table 二 drawn on one lattice for blocks of two, three and four columns."""
    values = numbered(form_id)
    tables = []
    for grid in table2(form_id, values):
        unit = 12 // grid.ncols
        cells = [replace(cell, col=cell.col * unit, colspan=cell.colspan * unit) for cell in grid.cells]
        tables.append(filled(Grid(cells, grid.nrows, 12)))
    located = locate(document(*tables))
    assert values_of(located) == {cell_id: value for cell_id, value in values.items() if cell_id.startswith("t2")}


def beside(grid: Grid, left: str, right: str, remark: str) -> Grid:
    """The grid between a column of running numbers and one of remarks."""
    cells = [replace(cell, col=cell.col + 1) for cell in grid.cells]
    for r in range(grid.nrows):
        cells += [GridCell(str(r) if r else left, r, 0), GridCell(remark if r else right, r, grid.ncols + 1)]
    return Grid(sorted(cells, key=lambda cell: (cell.row, cell.col)), grid.nrows, grid.ncols + 2)


@forms
@pytest.mark.parametrize("remark", ["", "含下属单位", "7"])
def test_columns_added_beside_the_statutory_ones_hold_no_values(form_id: str, remark: str) -> None:
    values = numbered(form_id)
    tables = [beside(grid, "序 号", "备注", remark) for grid in all_tables(form_id, values)]
    assert values_of(locate(document(*tables))) == values
    assert values_of(locate(document(stacked(tables)))) == values


@forms
def test_a_group_label_merged_one_row_too_far_is_no_value(form_id: str) -> None:
    """The row below gives way to it: its own cells stand one slot further left or right."""
    values = numbered(form_id)
    table = table3(form_id, values)
    [group] = [cell for cell in table.cells if cell.text == "（四）无法提供"]
    group.rowspan += 1
    group.col += 1
    for cell in table.cells:
        if group.row <= cell.row < group.row + 3 and cell is not group and cell.col > 1:
            cell.col += 1
    located = locate(document(*table2(form_id, values), table, table4(values)))
    found = values_of(located)
    assert found.items() <= values.items()
    assert {"t3.unable_creation.natural", "t3.unable_unclear.legal"} <= found.keys()


@forms
def test_a_page_break_through_the_head_of_table_three(form_id: str) -> None:
    """The upper part is a table of its own with fewer columns, and merged labels are cut short."""
    values = numbered(form_id)
    table = table3(form_id, values)
    upper = Grid([
        GridCell("（本列数据的勾稽关系为：第一", 0, 0, 2, 1), GridCell("申请人情况", 0, 1, 1, 3),
        GridCell("自然", 1, 1), GridCell("法人或其他组织", 1, 2), GridCell("总", 1, 3),
    ], 2, 4)
    lower = [replace(cell, row=cell.row - 2) for cell in table.cells if cell.row >= 2]
    lower += [GridCell("", 0, 0, 1, 3), GridCell("", 0, 3), GridCell("", 0, 9)]
    cut = Grid(sorted(lower, key=lambda cell: (cell.row, cell.col)), table.nrows - 2, table.ncols)
    assert values_of(locate(document(*table2(form_id, values), upper, cut, table4(values)))) == values


@forms
@pytest.mark.parametrize("first", [True, False])
def test_a_list_of_applications_beside_the_tables_is_no_part_of_them(form_id: str, first: bool) -> None:
    """Its columns are called like rows of table 三, and its cells hold the words of outcomes."""
    values = numbered(form_id)
    lines = [
        ["序号", "申请人类型", "本年新收", "上年结转", "办理结果", "结转下年"],
        ["1", "商业企业", "是", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""],
        ["2", "自然人", "", "是", "（一）予以公开", ""],
        ["3", "自然人", "是", "", "2.重复申请", ""],
        ["4", "自然人", "是", "", "", "是"],
    ]
    cells = [GridCell(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)]
    listed = Grid(cells, len(lines), len(lines[0]))
    lines = [["序号", "种类", "年度", "金额（万元）", "计入"], ["1", "行政事业性收费", "2023", "31.19", "311.97"]]
    cells = [GridCell(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)]
    fees = Grid(cells, len(lines), len(lines[0]))
    tables = all_tables(form_id, values)
    located = locate(document(*([listed, fees, *tables] if first else [*tables, listed, fees])))
    assert values_of(located) == values
    assert not located.notes
