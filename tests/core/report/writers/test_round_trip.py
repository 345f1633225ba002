"""What is written can be read back: the same cells in every format, whatever stands in them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.report.forms import form
from gongkai.core.report.model import Cell, Number, Report, Status
from gongkai.core.report.read import read_report
from gongkai.core.report.readers import own_csv, own_json
from gongkai.core.report.render.tables import statutory_tables
from gongkai.core.report.samples import sample
from gongkai.core.report.samples.generate import cell as filled
from gongkai.core.report.writers import write

PRINTED = ["docx", "html", "xlsx"]


def seen(report: Report) -> dict[str, tuple[Number | None, Status, str | None]]:
    """What must survive printing. A cell that is missing can only be printed as an empty one."""
    return {
        cell_id: (c.value, Status.BLANK if c.status is Status.MISSING else c.status, c.unit)
        for cell_id, c in report.cells.items()
    }


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[Cell]]:
    """A form, and cells of it that hold anything that a cell can hold."""
    form_id = draw(st.sampled_from(["2019", "2021"]))
    specs = form(form_id).cells
    cells = []
    for cell_id in draw(st.lists(st.sampled_from(list(specs)), max_size=12, unique=True)):
        spec = specs[cell_id]
        amounts = st.decimals(Decimal("0.0001"), 10**8, places=4) | st.integers(0, 10**9)
        numbers = amounts if spec.kind == "amount" else st.integers(-(10**6) if spec.kind == "change" else 0, 10**9)
        kind = draw(st.sampled_from(["number", "blank", "unreadable"]))
        if kind == "number":
            cells.append(filled(spec, draw(numbers)))
        elif kind == "blank":
            raw = draw(st.sampled_from(["", "/", "—", "无"]))
            cells.append(Cell(cell_id, Status.BLANK, raw=raw, unit=spec.unit))
        else:
            raw = draw(st.sampled_from(["十余件", "=1+1", "1.2.3", "3件4件"]))
            cells.append(Cell(cell_id, Status.UNREADABLE, raw=raw, unit=spec.unit))
    return form_id, cells


def changed(change: tuple[str, list[Cell]]) -> Report:
    form_id, cells = change
    report = sample(7, form_id=form_id, year=2020 if form_id == "2019" else 2023)
    report.cells |= {cell.id: cell for cell in cells}
    return report


@pytest.mark.parametrize("to", PRINTED)
@settings(deadline=None, max_examples=25)
@given(change=changes())
def test_printed_reports_read_back_to_the_same_cells(to: str, change: tuple[str, list[Cell]]) -> None:
    report = changed(change)
    again = read_report(write(report, to), name=f"report.{to}")
    assert {i: (c.value, c.status) for i, c in again.cells.items()} == {
        i: (value, status) for i, (value, status, _) in seen(report).items()
    }
    amounts = [i for i in report.cells if i.endswith(".amount") and report.cells[i].status is Status.VALUE]
    assert [again.cells[i].unit for i in amounts] == [report.cells[i].unit for i in amounts]


@pytest.mark.parametrize("to", PRINTED)
@pytest.mark.parametrize("year", [2020, 2023])
def test_printed_reports_keep_their_prose(to: str, year: int) -> None:
    report = sample(3, year=year, size="large")
    again = read_report(write(report, to))
    assert (again.form, again.agency, again.year, again.title) == (report.form, report.agency, year, report.title)
    assert (again.signature, again.signed_on) == (report.signature, report.signed_on)
    assert again.preamble == report.preamble
    assert {n: (s.heading, s.text) for n, s in again.sections.items()} == {
        n: (s.heading, s.text) for n, s in report.sections.items()
    }


@settings(deadline=None)
@given(change=changes(), raw=st.text(max_size=8), missing=st.sampled_from(["t3.new.total", "t4.after.total"]))
def test_csv_and_json_keep_cells_exactly(change: tuple[str, list[Cell]], raw: str, missing: str) -> None:
    report = changed(change)
    text = raw.encode("utf-8", "ignore").decode()  # a lone surrogate has no bytes in any file
    report.cells["t3.granted.natural"] = Cell("t3.granted.natural", Status.UNREADABLE, raw=text)
    report.cells[missing] = Cell(missing, Status.MISSING)
    assert own_csv.read(write(report, "csv")).cells == report.cells
    assert own_json.read(write(report, "json")).cells == report.cells


def test_a_number_in_doubt_is_not_printed_as_a_number() -> None:
    report = sample(3)
    report.cells["t3.new.natural"] = Cell("t3.new.natural", Status.UNREADABLE, raw="5")
    report.cells["t3.new.legal"] = Cell("t3.new.legal", Status.UNREADABLE, raw="")
    again = read_report(write(report, "docx"))
    assert again.cells["t3.new.natural"].status is Status.UNREADABLE
    assert again.cells["t3.new.legal"].status is Status.UNREADABLE


def test_a_corrected_value_is_printed_not_what_stood_there_before() -> None:
    report = sample(3, year=2020)
    report.cells["t3.new.natural"] = Cell("t3.new.natural", Status.VALUE, 12, raw="/")
    amount = report.cells["t2.procurement.amount"]
    report.cells[amount.id] = amount._replace(value=Decimal("8.5"), raw="8.5", unit="元")
    again = read_report(write(report, "docx"))
    assert again.value("t3.new.natural") == 12
    assert (again.value(amount.id), again.cells[amount.id].unit) == (Decimal("8.5"), "元")


def test_equal_reports_give_equal_files() -> None:
    # .xlsx is left out: its library writes the time of writing into it
    for to in ("docx", "html", "json", "csv"):
        assert write(sample(4), to) == write(sample(4), to)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="rtf"):
        write(sample(1), "rtf")


@pytest.mark.parametrize("to", PRINTED)
def test_cells_read_back_say_where_they_stand(to: str) -> None:
    cells = read_report(write(sample(4), to)).cells
    assert str(cells["t2.regulations.made"].where) == "第1个表第3行第2列"
    assert str(cells["t3.new.total"].where) == "第2个表第4行第10列"
    assert str(cells["t4.after.total"].where) == "第3个表第4行第15列"


def test_the_workbook_merges_what_the_form_merges() -> None:
    report = sample(4)
    spanning = [
        sum(slot.rowspan > 1 or slot.colspan > 1 for slot in table.slots()) for table in statutory_tables(report)
    ]
    with zipfile.ZipFile(io.BytesIO(write(report, "xlsx"))) as book:
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (2, 3, 4)]
    assert [sheet.count("<mergeCell ") for sheet in sheets] == spanning


@settings(deadline=None, max_examples=40)
@given(raw=st.text(st.sampled_from("=+-@＝＋－＠'\t\r 1a"), max_size=6))
def test_no_spreadsheet_takes_a_field_for_a_formula(raw: str) -> None:
    report = sample(4)
    report.cells["t3.new.total"] = Cell("t3.new.total", Status.UNREADABLE, raw=raw)
    text = write(report, "csv").decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline="")):
        for field in line:
            assert not field.startswith(tuple("=+-@\t\r＝＋－＠")) or re.fullmatch(r"[-+]\d+(\.\d+)?", field)


def test_control_characters_cannot_break_a_file() -> None:
    report = sample(4)
    report.title = "青澜县\x00\x0b\ufffe2023年政府信息公开工作年度报告"
    report.cells["t3.new.total"] = Cell("t3.new.total", Status.UNREADABLE, raw="\x01]]>&<w:p>\ud800")
    for to in PRINTED:
        assert read_report(write(report, to)).cells["t3.new.total"].status is Status.UNREADABLE
