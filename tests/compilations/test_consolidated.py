"""A consolidated report freezes the records of all its members once, and beside them files and typed numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests import factories
from tests.compilations.makers import (
    YEAR,
    Office,
    entry,
    filed,
    fresh,
    imported,
    moment,
    office,
    published,
    signed,
    started,
)

from gongkai.accounts import roles
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import AnnualReport
from gongkai.compilations import actions, assemble, freezing, probes
from gongkai.compilations.differences import differences
from gongkai.compilations.figures.parts import base_cells
from gongkai.compilations.models import Compilation
from gongkai.core.report.samples import sample

pytestmark = pytest.mark.django_db


def county(of: Office) -> Compilation:
    """A bureau that works here, one that typed its table 四 and a cell in, one that handed in a file."""
    water = factories.agency("青澜县水利局", of.county)
    imported(water, [
        ("水-1", "2025-05-06", "自然人", "2025-05-20", "予以公开"), ("水-2", "2025-12-25", "科研机构", "", ""),
    ])
    entry(water, "licence", date(2025, 4, 7), number="水许-1")
    entry(of.bureau, "licence", date(2025, 4, 8), number="民许-1")
    work = started(of, agency=water)
    clerk = of.person(roles.Clerk, water)
    actions.enter_cell(
        by=clerk, compilation=work, cell="t2.licences.decisions", value=Decimal(40), source="许可平台", at=moment(),
    )
    actions.enter_table(
        by=clerk, compilation=work, table="t4", values={"t4.direct.upheld": Decimal(2)}, source="法制科", at=moment(),
    )
    farms = factories.agency("青澜县农业农村局", of.county)
    filed(of.person(roles.Clerk, farms), farms, sample(3, agency=farms.name, year=YEAR))
    return started(of, agency=of.county, scope="consolidated")


@pytest.fixture
def of(db) -> Office:
    return office(supervised=False)


def test_the_rows_are_the_numbers(of):
    made = county(of)
    farms = sample(3, agency="青澜县农业农村局", year=YEAR)
    figures = assemble.figures_of(made)
    assert figures["t2.licences.decisions"].value == 1 + 40 + farms.value("t2.licences.decisions")
    assert figures["t3.new.total"].value == 5 + 2 + farms.value("t3.new.total")
    made = signed(of, made)
    signing = made.signings.get()
    tally = freezing.Tally(made.form, made.year)
    for row in freezing.kept(signing):
        tally.add(row)
    for cell in base_cells(made.form):
        assert tally.values.get(cell, 0) == figures[cell].value, cell
    kinds = dict(signing.counted.filter(source__in=["member", "file"]).values_list("source", "label"))
    assert kinds == {"member": "青澜县水利局", "file": "青澜县农业农村局"}
    assert not signing.counted.filter(source="entry", label="水许-1").exists()
    assert signing.counted.filter(source="entry", label="民许-1").exists()
    assert probes.signings().well
    assert differences(made) == []


def test_a_file_of_a_member_that_was_corrected_later_shows_by_its_cell(of):
    made = published(of, county(of))
    farms = AnnualReport.objects.get(agency__name="青澜县农业农村局")
    annual.correct(
        by=of.person(roles.Clerk, farms.agency), report=farms, cell="t2.penalties.decisions", value=Decimal(777),
        reason="读错", at=moment(),
    )
    found = {d.cell: d for d in differences(fresh(made))}
    assert set(found) == {"t2.penalties.decisions"}
    assert found["t2.penalties.decisions"].altered == ["青澜县农业农村局"]


def test_numbers_typed_into_the_consolidated_report_stand_in_everybodys_place(of):
    made = county(of)
    clerk = of.person(roles.Clerk, of.county)
    actions.enter_cell(
        by=clerk, compilation=made, cell="t2.licences.decisions", value=Decimal(9), source="政务服务局", at=moment(),
    )
    made = signed(of, fresh(made))
    signing = made.signings.get()
    rows = [r for r in freezing.kept(signing) if "t2.licences.decisions" in r.cells]
    assert [(r.source, r.label) for r in rows] == [("hand", "政务服务局")]
    assert signing.cells["t2.licences.decisions"] == [9, 0]


def test_an_erratum_of_a_consolidated_report(of):
    made = published(of, county(of))
    imported(of.bureau, [("2025-99", "2025-05-12", "自然人", "2025-05-28", "予以公开")], on=date(2026, 2, 3))
    before = assemble.standing(made)["t3.new.total"].value
    signing = actions.correct(
        by=of.person(roles.Signatory, of.county), compilation=made, reason="民政局补登一件",
        cells=["t3.new.natural", "t3.granted.natural"], at=moment(date(2026, 2, 10)),
    )
    assert signing.changes["t3.new.total"] == [before, before + 1]
    assert probes.signings().well
    assert differences(fresh(made)) == []

