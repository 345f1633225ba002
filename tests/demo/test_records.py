"""The register behind the bureau's report: read back and compiled, it gives the very cells."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.factories import agency

from gongkai.accounts.actor import machine
from gongkai.applications import registering
from gongkai.applications.actions.sheets import take_over
from gongkai.calendars.queries import calendar_of
from gongkai.compilations.figures import compute
from gongkai.compilations.reach import own
from gongkai.core.report.samples import county
from gongkai.demo import county as story
from gongkai.demo import records

AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_the_register_compiles_to_the_report_that_it_was_drawn_from():
    where = agency(story.CLERKS_AGENCY)
    made = [one for one in county(story.SEED, years=story.YEARS) if one.agency.name == story.CLERKS_AGENCY]
    report = made[-1].report
    sheet = records.workbook(report, calendar_of(where))
    looked = registering.look(where, sheet, "台账.xlsx", today=date(2026, 11, 20))
    assert looked.refused == ()
    take_over(by=machine("测试"), looked=looked, at=AT)
    figures = compute(own(where, story.YEARS[-1]), "2021")
    told = {cell: value.value for cell, value in report.cells.items() if cell.startswith(("t3", "t4"))}
    assert {cell: figures[cell].value for cell in told} == told

