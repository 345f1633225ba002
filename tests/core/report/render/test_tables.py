"""The drawn tables cover their rectangle exactly, hold every cell once and carry findings at their cells."""

from __future__ import annotations

import pytest

from gongkai.core.report.forms import form
from gongkai.core.report.model import Cell, Finding, Report, Severity, Status
from gongkai.core.report.render.tables import cell_title, statutory_tables
from gongkai.core.report.samples import sample


@pytest.mark.parametrize("year", [2020, 2023])
def test_slots_cover_each_table_once(year: int) -> None:
    for table in statutory_tables(sample(1, year=year)):
        taken = [
            (r, c) for s in table.slots()
            for r in range(s.row, s.row + s.rowspan) for c in range(s.col, s.col + s.colspan)
        ]
        assert len(taken) == len(set(taken)) == len(table.rows) * table.ncols
        assert len(table.widths) == table.ncols


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_every_cell_of_the_form_is_drawn_in_printed_order(form_id: str) -> None:
    tables = statutory_tables(sample(1, form_id=form_id))
    drawn = [slot.cell.id for table in tables for slot in table.slots() if slot.cell]
    assert drawn == list(form(form_id).cells)


def test_the_result_label_spans_all_results_and_their_total() -> None:
    spans = {
        form_id: {s.text: s.rowspan for s in statutory_tables(sample(1, form_id=form_id))[1].slots()}
        for form_id in ("2019", "2021")
    }
    assert spans["2019"]["三、本年度办理结果"] == 20
    assert spans["2021"]["三、本年度办理结果"] == 22
    assert spans["2021"]["（三）不予公开"] == 8
    assert spans["2021"]["（六）其他处理"] == 3
    assert spans["2019"]["（六）其他处理"] == 1


def test_findings_stand_at_their_cells() -> None:
    report = sample(1)
    finding = Finding("row-sum", "C2", Severity.ERROR, "…", cells=("t3.new.total", "t3.new.natural"))
    marked = {s.cell.id: s.marks for t in statutory_tables(report, [finding]) for s in t.slots() if s.cell and s.marks}
    assert {cell_id: [(m.number, m.main) for m in marks] for cell_id, marks in marked.items()} == {
        "t3.new.total": [(1, True)], "t3.new.natural": [(1, False)],
    }


def test_cells_show_what_was_written() -> None:
    report = sample(1, year=2020)
    report.cells["t3.new.natural"] = Cell("t3.new.natural", Status.BLANK, raw="/")
    report.cells["t3.new.legal"] = Cell("t3.new.legal", Status.UNREADABLE, raw="十 二")
    del report.cells["t3.new.other"]
    report.cells["t2.procurement.amount"] = Cell("t2.procurement.amount", Status.VALUE, 7, None, "万元")
    slots = {s.cell.id: s for t in statutory_tables(report) for s in t.slots() if s.cell}
    assert slots["t3.new.natural"].text == "/"
    assert slots["t3.new.legal"].text == "十 二"
    assert slots["t3.new.other"].cell == Cell("t3.new.other", Status.MISSING)
    assert slots["t2.procurement.amount"].text == "7万元"
    assert slots["t3.granted.natural"].title == "（一）予以公开 · 自然人"


def test_only_tables_that_were_found_are_drawn_each_in_its_own_form() -> None:
    mixed, old = sample(1, form_id="2021"), sample(1, form_id="2019")
    mixed.forms = {"t2": "2021", "t3": "2019"}
    mixed.cells = {i: c for i, c in mixed.cells.items() if i.startswith("t2.")} | {
        i: c for i, c in old.cells.items() if i.startswith("t3.")
    }
    assert [(t.key, len(t.rows)) for t in statutory_tables(mixed)] == [("t2", 14), ("t3", 26)]


def test_an_empty_report_is_drawn_in_the_form_of_its_year() -> None:
    tables = statutory_tables(Report(year=2020))
    assert [len(t.rows) for t in tables] == [18, 26, 4]
    assert {s.cell.status for t in tables for s in t.slots() if s.cell} == {Status.MISSING}


def test_cell_titles() -> None:
    assert cell_title("t4.after.pending") == "复议后起诉 · 尚未审结"
    assert cell_title("t2.procurement.items") == "政府集中采购 · 采购项目数量"
    assert cell_title("t2.normative.made", "2019") == "规范性文件 · 本年新制作数量"
    assert cell_title("t9.no.cell") == "t9.no.cell"
