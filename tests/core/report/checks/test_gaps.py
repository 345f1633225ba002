"""A file that breaks off is told once; a hole in the middle of a table is a mistake."""

from __future__ import annotations

import pytest
from tests.core.report.checks.made import codes, only, report, requests, take

from gongkai.core.report.checks import check
from gongkai.core.report.model import Report, Severity, Status


def _cut(at: str) -> Report:
    """A report whose file ends before a cell: the rest of the tables and the later sections are not there."""
    made = requests(report())
    ids = list(made.cells)
    take(made, *ids[ids.index(at):], status=Status.MISSING)
    last = {"t2": 2, "t3": 3, "t4": 4}[at[:2]]
    made.sections = {n: s for n, s in made.sections.items() if n <= last}
    return made


@pytest.mark.parametrize("at", [
    "t2.coercion.decisions", "t3.new.natural", "t3.granted.legal", "t3.closed.natural", "t4.direct.upheld",
])
def test_a_truncated_file_gets_one_line_for_all_its_gaps(at: str) -> None:
    found = check(_cut(at))
    assert [f.code for f in found if f.severity is Severity.NOT_CHECKED] == ["GK1004"]
    assert {f.code for f in found if f.severity is not Severity.NOT_CHECKED} <= {"GK1401"}


def test_what_can_be_checked_in_a_truncated_file_is() -> None:
    made = _cut("t3.closed.natural")
    made.cells["t3.new.total"] = made.cells["t3.granted.legal"]
    assert "GK0201" in codes(made)


def test_a_table_whose_numbers_could_not_be_placed_blames_nobody() -> None:
    made = report()
    t3 = [c for c in made.cells if c.startswith("t3.")]
    take(made, *t3, status=Status.UNREADABLE, raw="?")
    take(made, *[c for c in t3 if ".unhandled_repeat." in c], status=Status.MISSING)
    assert codes(made) == ["GK1004"]
    assert len(only(made, "GK1004").cells) == len(t3)


def test_a_whole_table_of_blanks_is_told_in_one_line() -> None:
    made = report()
    t4 = [c for c in made.cells if c.startswith("t4.")]
    take(made, *t4, raw="/")
    found = only(made, "GK1801")
    assert found.cells == tuple(t4)
    assert "整表" in found.message


def test_a_blank_row_is_named_as_a_row() -> None:
    made = report()
    take(made, *[c for c in made.cells if c.startswith("t3.closed.")])
    assert "“（七）总计”整行" in only(made, "GK1801").message


def test_a_missing_row_in_the_middle_is_an_error_and_the_sums_are_not_checked() -> None:
    made = report()
    take(made, *[c for c in made.cells if c.startswith("t3.unhandled_repeat.")], status=Status.MISSING)
    assert only(made, "GK1003").severity is Severity.ERROR
    assert only(made, "GK0201").severity is Severity.NOT_CHECKED


def test_a_table_cut_off_before_the_difference_is_not_of_the_wrong_form() -> None:
    made = report("2019", year=2022)
    ids = list(made.cells)
    take(made, *ids[ids.index("t3.carried_in.natural"):], status=Status.MISSING)
    made.sections = {n: s for n, s in made.sections.items() if n <= 3}
    assert "表三" not in only(made, "GK1301").message
