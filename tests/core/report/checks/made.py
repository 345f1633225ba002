"""Small reports made for the tests of the rules: consistent unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.core.report.checks import check
from gongkai.core.report.forms import form
from gongkai.core.report.model import Cell, Finding, Number, Report, Section, Status

NUMERALS = "一二三四五六"
FEE_SENTENCE = "本年度未收取政府信息公开信息处理费。"
PROBLEMS = "存在的问题：更新不够及时。改进措施：加强检查，按月通报。"


def report(
    form_id: str = "2021", *, year: int = 2023, agency: str = "青澜县人民政府", text: str = "", **cells: Number,
) -> Report:
    """A whole report in which every cell is 0 but those given (t3__new__total=3), with the six sections in order.

    `text` is the prose of section one.
    """
    the_form = form(form_id)
    made = Report(form=form_id, forms={"t2": form_id, "t3": form_id}, agency=agency, year=year,
                  signed_on=date(year + 1, 1, 20))
    made.cells = {cell_id: Cell(cell_id, Status.VALUE, 0, "0") for cell_id in the_form.cells}
    texts = {1: text, 5: PROBLEMS, 6: FEE_SENTENCE}
    for n, title in enumerate(the_form.sections, start=1):
        made.sections[n] = Section(n, f"{NUMERALS[n - 1]}、{title}", texts.get(n, ""))
    for name, value in cells.items():
        put(made, name.replace("__", "."), value)
    return made


def put(made: Report, cell_id: str, value: Number, *, raw: str | None = None, unit: str | None = None) -> None:
    """Write a value into a cell."""
    made.cells[cell_id] = Cell(cell_id, Status.VALUE, value, raw if raw is not None else str(value), unit)


def take(made: Report, *cell_ids: str, status: Status = Status.BLANK, raw: str | None = "") -> None:
    """Take the value out of cells, leaving them blank, missing or unreadable."""
    for cell_id in cell_ids:
        made.cells[cell_id] = Cell(cell_id, status, None, None if status is Status.MISSING else raw)


def section(made: Report, number: int, text: str) -> None:
    """Write the prose of a section."""
    made.sections[number] = replace(made.sections[number], text=text)


def requests(made: Report, number: int = 3, *, row: str = "granted", column: str = "natural") -> Report:
    """So many requests came, of one kind of applicant, and all ended in one row."""
    for key in ("new", row, "closed"):
        for col in (column, "total"):
            before = made.value(f"t3.{key}.{col}") or 0
            put(made, f"t3.{key}.{col}", before + number)
    return made


def codes(made: Report, **options: object) -> list[str]:
    """The codes that the rules find."""
    return [finding.code for finding in check(made, **options)]  # type: ignore[arg-type]


def only(made: Report, code: str, **options: object) -> Finding:
    """The one finding of a code; fails when there is none or more than one."""
    found = [finding for finding in check(made, **options) if finding.code == code]  # type: ignore[arg-type]
    assert len(found) == 1, [f.message for f in check(made, **options)]  # type: ignore[arg-type]
    return found[0]
