"""A report that was opened but cannot stand as it was read."""

from __future__ import annotations

import pytest

from gongkai.core.report.model import Cell, Note, Report, Status
from gongkai.core.report.samples import sample
from gongkai.core.report.usable import obstacle, to_settle

DETACHED = Note("labels-detached", "数字与行标题脱开")


def report(*notes: Note, **fields: object) -> Report:
    made = sample(3, agency="青澜县教育局", year=2024)
    made.notes.extend(notes)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def test_a_good_report_has_nothing_against_it() -> None:
    assert obstacle(report()) is None
    assert to_settle(report()) == []


@pytest.mark.parametrize("code", ["labels-detached", "no-tables"])
def test_a_report_without_any_number_cannot_be_used(code: str) -> None:
    note = Note(code, "说明")
    blank = {key: Cell(key, Status.UNREADABLE) for key in report().cells}
    found = obstacle(report(note, cells=blank))
    assert found is not None
    assert (found.code, found.message) == (code, "说明")


def test_one_number_that_was_placed_makes_it_usable() -> None:
    assert obstacle(report(DETACHED)) is None


def test_a_report_of_nobody_knows_whom_and_when_cannot_be_used() -> None:
    found = obstacle(report(agency=None, year=None))
    assert found is not None
    assert found.code == "no-identity"


@pytest.mark.parametrize(("name", "code"), [("agency", "no-agency"), ("year", "no-year")])
def test_one_of_the_two_is_left_to_a_person(name: str, code: str) -> None:
    made = report(Note(code, "说明"), **{name: None})
    assert obstacle(made) is None
    assert [note.code for note in to_settle(made)] == [code]
