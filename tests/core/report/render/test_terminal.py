"""Findings as text: the place, the row with its heads, the cell marked under its own number, the mend."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from gongkai.core.report.checks import check
from gongkai.core.report.model import Cell, Finding, Fix, Place, Report, Severity, Status
from gongkai.core.report.render.terminal import findings_text, report_text, summary
from gongkai.core.report.render.width import width
from gongkai.core.report.samples import sample
from gongkai.core.report.samples.plant import slip

WRONG = Finding(
    "GK0201", "C2", Severity.ERROR, "表三“（一）予以公开”行“总计”填 43，六类申请人合计为 42", 43, 42,
    ("t3.granted.total", "t3.granted.natural"), fix=Fix({"t3.granted.total": 42}, "把“总计”由 43 改为 42"),
)


def report() -> Report:
    """A sample whose row 予以公开 holds numbers of one, two and no digits."""
    made = sample(1, size="large")
    for col, value in {"natural": 25, "business": 12, "other": 0, "total": 43}.items():
        cell = made.cells[f"t3.granted.{col}"]
        made.cells[cell.id] = cell._replace(value=value, raw=str(value))
    total = made.cells["t3.granted.total"]
    made.cells[total.id] = total._replace(where=Place(table=3, row=6, col=10))
    return made


def column_of(line: str, text: str) -> tuple[int, int]:
    """First and last screen column of the last occurrence of a text."""
    start = line.rindex(text)
    return width(line[:start]), width(line[: start + len(text)])


@pytest.mark.parametrize("room", [80, 120, None])
def test_the_mark_stands_under_the_number_and_says_what_it_should_be(room: int | None) -> None:
    lines = findings_text("a.docx", report(), [WRONG], room=room).splitlines()
    assert lines[0].startswith("a.docx:第3个表第6行第10列: 错误 GK0201[C2] ")
    row = next(line for line in lines if "予以公开 " in line and "│" in line)
    marks = lines[lines.index(row) + 1]
    assert column_of(marks, "^^") == column_of(row, "43")
    assert column_of(marks, "--") == column_of(row, "25")
    assert "应为 42" in marks
    heads = lines[lines.index(row) - 1]
    assert column_of(heads, "总计")[1] == column_of(row, "43")[1]
    assert lines[-1] == "   = 建议：把“总计”由 43 改为 42"
    if room is not None:
        assert all(width(line) <= room for line in lines)


def test_rows_of_one_column_are_drawn_below_each_other_and_many_are_cut() -> None:
    rows = ["new", "carried_in", "closed", "carried_out", "granted", "partial"]
    finding = replace(WRONG, cells=tuple(f"t3.{row}.total" for row in rows), fix=None)
    text = findings_text("a.docx", report(), [finding])
    assert text.count("自然人") == 1
    assert "… 另有 2 行有关" in text
    assert "建议" not in text


def test_a_finding_without_cells_is_one_line() -> None:
    finding = Finding("GK2202", "C22", Severity.WARNING, "没有写改进情况")
    assert findings_text("a.docx", report(), [finding]) == "a.docx: 提醒 GK2202[C22] 没有写改进情况\n"


def test_blank_and_missing_cells_are_named() -> None:
    made = report()
    made.cells["t3.granted.total"] = Cell("t3.granted.total", Status.BLANK, raw="")
    made.cells["t3.granted.other"] = Cell("t3.granted.other", Status.MISSING)
    text = findings_text("a.docx", made, [WRONG])
    row = next(line for line in text.splitlines() if "予以公开 " in line and "│" in line)
    assert row.endswith("缺    空")


def test_colour_only_when_asked_for() -> None:
    assert "\x1b[" not in findings_text("a.docx", report(), [WRONG])
    assert "\x1b[1;31m错误 GK0201\x1b[0m" in findings_text("a.docx", report(), [WRONG], colour=True)


def test_every_finding_of_the_project_can_be_drawn() -> None:
    flawed, _ = slip(sample(4, size="large"), Random(2))
    findings = check(flawed)
    assert findings
    for room in (80, 120):
        assert all(width(line) <= room for line in findings_text("a", flawed, findings, room=room).splitlines())


def test_summary() -> None:
    counts = Counter({Severity.ERROR: 2, Severity.INFO: 1})
    assert summary(counts, 3, 1) == "共检查 3 份报告：错误 2，说明 1；1 份无法读取。"
    assert summary(Counter(), 1, 0) == "共检查 1 份报告：未发现问题。"
    assert summary(Counter(), 1, 1) == "共检查 1 份报告：1 份无法读取。"


@pytest.mark.parametrize("year", [2020, 2023])
def test_a_report_at_a_glance(year: int) -> None:
    made = sample(1, year=year, size="large")
    text = report_text("a.docx", made, room=80)
    assert made.title is not None
    assert text.startswith(made.title)
    assert f"机关　{made.agency}" in text
    assert f"年度　{year}" in text
    assert "复议后起诉" in text
    assert all(width(line) <= 80 for line in text.splitlines())
