"""What is not placed: doubtful cells, rows that do not fit their heads, and what is said about them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.report.statutory_grids import document, numbered, relabelled, table2, table3, table4, without_spans

from gongkai.core.report.document import Grid, GridCell, Paragraph
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.locate import Located, locate
from gongkai.core.report.model import Cell, Status

forms = st.sampled_from(FORM_IDS)


def row_cells(located: Located, prefix: str) -> list[Cell]:
    return [cell for cell_id, cell in located.cells.items() if cell_id.startswith(f"{prefix}.")]


def codes(located: Located) -> list[str]:
    return [note.code for note in located.notes]


def table3_of(change: Callable[[GridCell], list[GridCell]], form_id: str = "2021") -> Located:
    """Table 三 with every cell replaced by what `change` makes of it."""
    grid = table3(form_id, numbered(form_id))
    return locate(document(Grid([new for cell in grid.cells for new in change(cell)], grid.nrows, grid.ncols + 2)))


def row_of(text: str, form_id: str = "2021") -> int:
    return next(cell.row for cell in table3(form_id, numbered(form_id)).cells if cell.text == text)


@given(forms, st.data())
@settings(max_examples=60, deadline=None)
def test_a_row_taken_out_is_missing_and_moves_nothing(form_id: str, data: st.DataObject) -> None:
    values = numbered(form_id)
    row = data.draw(st.sampled_from([row.key for row in form(form_id).t3_rows if not row.key.startswith("other")]))
    gone = row_of(next(r.text for r in form(form_id).t3_rows if r.key == row), form_id)
    grid = table3(form_id, values)
    kept = [cell for cell in grid.cells if cell.row != gone or cell.rowspan > 1]
    located = locate(document(Grid(kept, grid.nrows, grid.ncols)))
    for cell_id, cell in located.cells.items():
        if cell_id.startswith(f"t3.{row}."):
            assert cell == Cell(cell_id, Status.MISSING)
        elif cell_id.startswith("t3"):
            assert str(cell.value) == values[cell_id]


@given(forms, st.data(), st.sampled_from(["", " ", "-", "—", "/", "无", "\xa0", "－"]))
@settings(max_examples=60, deadline=None)
def test_a_blanked_cell_is_blank_and_keeps_what_stood_there(form_id: str, data: st.DataObject, mark: str) -> None:
    values = numbered(form_id)
    gone = data.draw(st.sampled_from(sorted(values)))
    with_blank = values | {gone: mark}
    tables = [*table2(form_id, with_blank), table3(form_id, with_blank), table4(with_blank)]
    located = locate(document(*tables))
    assert (located.cells[gone].status, located.cells[gone].value) == (Status.BLANK, None)
    assert located.cells[gone].raw == mark.strip()
    assert {c.id: str(c.value) for c in located.cells.values() if c.id != gone} == {
        k: v for k, v in values.items() if k != gone
    }


@given(forms, st.data(), st.sampled_from(["约3", "3 5", "见附件", "1-2", "十二", "3人次", "[bookmark: a]", "0/1"]))
@settings(max_examples=60, deadline=None)
def test_what_is_no_number_is_unreadable_where_it_stands(form_id: str, data: st.DataObject, raw: str) -> None:
    values = numbered(form_id)
    odd = data.draw(st.sampled_from(sorted(values)))
    written = values | {odd: raw}
    tables = [*table2(form_id, written), table3(form_id, written), table4(written)]
    located = locate(document(*tables))
    assert located.cells[odd] == Cell(odd, Status.UNREADABLE, None, raw)
    assert {c.id: str(c.value) for c in located.cells.values() if c.id != odd} == {
        k: v for k, v in values.items() if k != odd
    }


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_table_of_blanks_is_blank_not_missing(form_id: str) -> None:
    values = dict.fromkeys(numbered(form_id), "")
    located = locate(document(*table2(form_id, values), table3(form_id, values), table4(values)))
    assert {cell.status for cell in located.cells.values()} == {Status.BLANK}
    assert located.forms == {"t2": form_id, "t3": form_id}


def test_a_cell_the_reader_is_not_sure_of_is_unreadable() -> None:
    def doubt(cell: GridCell) -> list[GridCell]:
        sure = not (cell.row == row_of("（一）予以公开") and cell.col >= 3)
        return [GridCell(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan, sure)]

    located = table3_of(doubt)
    assert {cell.status for cell in row_cells(located, "t3.granted")} == {Status.UNREADABLE}
    assert row_cells(located, "t3.granted")[0].raw == numbered("2021")["t3.granted.natural"]
    assert row_cells(located, "t3.partial")[0].status is Status.VALUE


def test_eight_values_under_seven_heads_are_not_placed() -> None:
    target = row_of("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    located = table3_of(lambda c: [c, GridCell("5", target, 10)] if (c.row, c.col) == (target, 9) else [c])
    assert {cell.status for cell in row_cells(located, "t3.partial")} == {Status.UNREADABLE}
    assert codes(located) == ["too-many-values"]


def test_sixteen_values_under_fifteen_heads_are_not_placed() -> None:
    grid = table4(numbered("2021"))
    located = locate(document(Grid([*grid.cells, GridCell("7", 3, 15)], 4, 16)))
    assert {cell.status for cell in located.cells.values()} == {Status.UNREADABLE}
    assert codes(located) == ["too-many-values"]


def test_an_empty_cell_at_the_end_of_a_row_does_no_harm() -> None:
    target = row_of("（一）予以公开")
    located = table3_of(lambda c: [c, GridCell("", target, 10)] if (c.row, c.col) == (target, 9) else [c])
    assert str(located.cells["t3.granted.total"].value) == numbered("2021")["t3.granted.total"]
    assert codes(located) == []


def test_a_row_without_one_of_its_cells_keeps_the_others_in_place() -> None:
    target = row_of("（一）予以公开")
    located = table3_of(lambda c: [] if (c.row, c.col) == (target, 5) else [c])
    values = numbered("2021")
    assert located.cells["t3.granted.research"].status is Status.MISSING
    assert str(located.cells["t3.granted.welfare"].value) == values["t3.granted.welfare"]


@pytest.mark.parametrize("lost", [3, 6, 9])
def test_a_row_that_ends_early_is_not_placed(lost: int) -> None:
    """A cell was left out and those behind it moved up: what is seen is the same whichever it was."""
    target = row_of("（一）予以公开")

    def without(cell: GridCell) -> list[GridCell]:
        if (cell.row, cell.col) == (target, lost):
            return []
        moved = cell.col - (cell.row == target and cell.col > lost)
        return [GridCell(cell.text, cell.row, moved, cell.rowspan, cell.colspan)]

    located = table3_of(without)
    assert {cell.status for cell in row_cells(located, "t3.granted")} == {Status.UNREADABLE}
    assert codes(located) == ["too-few-values"]


def test_the_row_in_which_a_file_breaks_off_keeps_what_it_has() -> None:
    grid = table4(numbered("2021"))
    whole = [cell for cell in grid.cells if not (cell.row == 3 and cell.col > 6)]
    cut = locate(document(Grid(whole, grid.nrows, grid.ncols)))
    assert cut.cells["t4.direct.corrected"].status is Status.VALUE
    assert cut.cells["t4.after.total"].status is Status.MISSING
    goes_on = locate(document(Grid(whole, grid.nrows, grid.ncols), Paragraph("五、存在的主要问题及改进情况")))
    assert {cell.status for cell in goes_on.cells.values()} == {Status.UNREADABLE}


def test_a_short_row_without_spans_is_not_placed() -> None:
    """Plain text has lost one cell of seven: nobody knows which."""
    values = numbered("2021")
    grid = without_spans(table3("2021", values))
    target = next(cell.row for cell in grid.cells if cell.text == "2.重复申请")
    lost = values["t3.unhandled_repeat.legal"]
    kept = [cell for cell in grid.cells if not (cell.row == target and cell.text == lost)]
    for n, cell in enumerate(sorted((c for c in kept if c.row == target), key=lambda c: c.col)):
        cell.col = n
    located = locate(document(Grid(kept, grid.nrows, grid.ncols)))
    assert {cell.status for cell in row_cells(located, "t3.unhandled_repeat")} == {Status.UNREADABLE}
    assert codes(located) == ["too-few-values"]


def test_a_drifting_row_with_an_empty_first_cell_is_not_shifted() -> None:
    """Seven cells one slot to the left, the first of them empty: order and slots disagree, so nothing is placed."""
    target = row_of("（一）予以公开")

    def drift(cell: GridCell) -> list[GridCell]:
        if cell.row != target or cell.rowspan > 1:
            return [cell]
        if cell.col < 3:
            return [GridCell(cell.text, cell.row, 1)]
        return [GridCell("" if cell.col == 3 else cell.text, cell.row, cell.col - 1)]

    located = table3_of(drift)
    assert {cell.status for cell in row_cells(located, "t3.granted")} == {Status.UNREADABLE}


def test_a_drifting_row_with_all_its_values_is_placed_by_order() -> None:
    target = row_of("（一）予以公开")

    def drift(cell: GridCell) -> list[GridCell]:
        if cell.row != target or cell.rowspan > 1:
            return [cell]
        return [GridCell(cell.text, cell.row, 1 if cell.col < 3 else cell.col - 1)]

    located = table3_of(drift)
    assert [str(c.value) for c in row_cells(located, "t3.granted")] == [
        v for k, v in numbered("2021").items() if k.startswith("t3.granted.")
    ]


def test_two_rows_with_one_label_and_different_values() -> None:
    def twice(cell: GridCell) -> list[GridCell]:
        text = "2.重复申请" if cell.text == "3.要求提供公开出版物" else cell.text
        return [GridCell(text, cell.row, cell.col, cell.rowspan, cell.colspan)]

    located = table3_of(twice)
    assert {cell.status for cell in row_cells(located, "t3.unhandled_repeat")} == {Status.UNREADABLE}
    assert {cell.status for cell in row_cells(located, "t3.unhandled_publication")} == {Status.MISSING}
    assert codes(located) == ["cell-claimed-twice"]


def test_the_same_table_twice_is_the_same_table() -> None:
    values = numbered("2021")
    located = locate(document(table3("2021", values), table3("2021", values)))
    assert str(located.cells["t3.closed.total"].value) == values["t3.closed.total"]
    assert codes(located) == []


def test_an_empty_copy_of_the_table_does_not_hide_the_filled_one() -> None:
    values = numbered("2021")
    empty = table3("2021", dict.fromkeys(values, ""))
    for order in ((empty, table3("2021", values)), (table3("2021", values), empty)):
        located = locate(document(*order))
        assert str(located.cells["t3.closed.total"].value) == values["t3.closed.total"]


def test_a_row_label_that_names_nothing() -> None:
    """Its values go nowhere; the row that the form has at this place is unreadable, not missing."""
    located = table3_of(lambda c: [GridCell("某某情形", c.row, c.col, 1, c.colspan)] if c.text == "2.重复申请" else [c])
    assert {cell.status for cell in row_cells(located, "t3.unhandled_repeat")} == {Status.UNREADABLE}
    assert codes(located) == ["row-unknown"]
    assert "某某情形" in located.notes[0].message


def test_a_value_merged_over_two_columns_belongs_to_neither() -> None:
    target = row_of("（一）予以公开")

    def merge(cell: GridCell) -> list[GridCell]:
        if (cell.row, cell.col) == (target, 4):
            return [GridCell("9", target, 4, 1, 2)]
        return [] if (cell.row, cell.col) == (target, 5) else [cell]

    located = table3_of(merge)
    assert located.cells["t3.granted.business"].status is Status.UNREADABLE
    assert located.cells["t3.granted.research"].status is Status.UNREADABLE
    assert located.cells["t3.granted.welfare"].status is Status.VALUE


def test_a_value_merged_over_two_rows_belongs_to_neither() -> None:
    target = row_of("2.重复申请")

    def merge(cell: GridCell) -> list[GridCell]:
        if (cell.row, cell.col) == (target, 3):
            return [GridCell("9", target, 3, 2, 1)]
        return [] if (cell.row, cell.col) == (target + 1, 3) else [cell]

    located = table3_of(merge)
    assert located.cells["t3.unhandled_repeat.natural"].status is Status.UNREADABLE
    assert located.cells["t3.unhandled_publication.natural"].status is Status.UNREADABLE
    assert located.cells["t3.unhandled_publication.total"].status is Status.VALUE


def test_a_head_with_two_unknown_columns_is_not_understood() -> None:
    located = table3_of(lambda c: [GridCell("某某", c.row, c.col)] if c.text in ("商业企业", "科研机构") else [c])
    assert {cell.status for cell in located.cells.values() if cell.id.startswith("t3")} == {Status.UNREADABLE}


def test_one_unknown_head_takes_the_place_that_is_left() -> None:
    located = table3_of(lambda c: [GridCell("个人", c.row, c.col, 2, 1)] if c.text == "自然人" else [c])
    values = numbered("2021")
    assert {k: str(c.value) for k, c in located.cells.items() if k.startswith("t3")} == {
        k: v for k, v in values.items() if k.startswith("t3")
    }


def test_heads_of_table_two_that_could_be_either_are_refused() -> None:
    values = numbered("2019")
    change = {"本年新制作数量": "数量", "本年新公开数量": "数量", "对外公开总数量": "数量"}
    grids = [relabelled(grid, lambda text: change.get(text, text)) for grid in table2("2019", values)]
    located = locate(document(*grids))
    assert {cell.status for cell in row_cells(located, "t2.normative")} == {Status.UNREADABLE}
    assert str(located.cells["t2.licences.items"].value) == values["t2.licences.items"]


def test_a_row_that_its_form_does_not_have() -> None:
    values = numbered("2021")
    procurement = [
        GridCell("信息内容", 0, 0), GridCell("采购项目数量", 0, 1), GridCell("采购总金额", 0, 2),
        GridCell("政府集中采购", 1, 0), GridCell("3", 1, 1), GridCell("5", 1, 2),
    ]
    located = locate(document(*table2("2021", values), Grid(procurement, 2, 3)))
    assert located.forms == {"t2": "2021"}
    assert codes(located) == ["row-outside-form"]
    assert not any("procurement" in cell_id for cell_id in located.cells)


@pytest.mark.parametrize(("raw", "head", "value", "unit"), [
    ("311.97万元", "采购总金额", Decimal("311.97"), "万元"),
    ("7182", "采购总金额", 7182, None),
    ("7182", "采购总金额（元）", 7182, "元"),
    ("1,234.50 元", "采购总金额（万元）", Decimal("1234.50"), "元"),
    ("０", "采购总金额", 0, None),
])
def test_units_of_amounts(raw: str, head: str, value: Decimal | int, unit: str | None) -> None:
    values = numbered("2019") | {"t2.procurement.amount": raw, "t2.procurement.items": "48个"}
    grids = [relabelled(grid, lambda text: head if text == "采购总金额" else text) for grid in table2("2019", values)]
    located = locate(document(*grids))
    amount, items = located.cells["t2.procurement.amount"], located.cells["t2.procurement.items"]
    assert (amount.value, amount.unit, amount.raw) == (value, unit, raw)
    assert (items.value, items.unit, items.raw) == (48, None, "48个")


def test_a_fee_takes_its_unit_from_the_head() -> None:
    values = numbered("2021") | {"t2.fees.amount": "59237.2449"}
    cell = locate(document(*table2("2021", values))).cells["t2.fees.amount"]
    assert (cell.value, cell.unit) == (Decimal("59237.2449"), "万元")


def test_a_change_keeps_its_sign() -> None:
    values = numbered("2019") | {"t2.licences.change": "-8", "t2.fees.change": "+3", "t2.penalties.change": "－12"}
    located = locate(document(*table2("2019", values)))
    assert [located.cells[f"t2.{row}.change"].value for row in ("licences", "fees", "penalties")] == [-8, 3, -12]


@pytest.mark.parametrize(("cells", "status"), [(["550", "", ""], Status.VALUE), (["5", "50", ""], Status.UNREADABLE)])
def test_a_head_merged_over_cells_that_are_not(cells: list[str], status: Status) -> None:
    """Spreadsheets merge the head and leave the row below unmerged: one value under it is its value, two are not."""
    grid = [GridCell("信息内容", 0, 0), GridCell("本年处理决定数量", 0, 1, 1, 3), GridCell("行政许可", 1, 0)]
    grid += [GridCell(text, 1, 1 + n) for n, text in enumerate(cells)]
    located = locate(document(*table2("2021", numbered("2021"))[:1], Grid(grid, 2, 4)))
    assert located.cells["t2.licences.decisions"].status is status
