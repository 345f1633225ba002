"""Two ways to one sum: SQL over filed cells, and reports in memory in core.report.rollup. They must always agree."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import AT, actor, agency, filed

from gongkai.accounts import roles
from gongkai.accounts.actor import machine
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions, drawing, queries, readings, totals
from gongkai.annual_reports.models import AnnualReport, Correction, FiledCell, ReportVersion, Scope
from gongkai.core.report.forms import cell_specs
from gongkai.core.report.model import Cell, Report, Status
from gongkai.core.report.rollup import hold_against
from gongkai.core.report.rollup import roll_up as core_roll_up
from gongkai.core.report.samples import sample
from gongkai.files.models import StoredFile

pytestmark = pytest.mark.django_db
NAMES = ("青澜县民政局", "青澜县教育局", "青澜县水利局")
BASES = {"2019": sample(5, agency="甲", year=2020), "2021": sample(6, agency="甲", year=2023)}
INTERESTING = (
    "t2.normative.made", "t2.procurement.amount", "t2.fees.amount", "t3.new.total", "t3.other.total",
    "t3.other_uncorrected.total", "t3.other_unpaid.total", "t3.other_rest.total", "t4.after.total",
)
AMOUNTS = st.decimals(0, 10**8, places=4)


@st.composite
def cells(draw, cell_id):
    """Anything that a file can hold at a cell, or no such cell."""
    kind = draw(st.sampled_from([None, *Status, Status.VALUE]))
    if kind is None:
        return None
    if kind is not Status.VALUE:
        return Cell(cell_id, kind, None, "/" if kind is Status.BLANK else None)
    if cell_id.endswith(".amount"):
        unit = draw(st.sampled_from(["万元", "元", "亿元", None]))
        value = draw(st.one_of(st.just(0), st.integers(0, 10**6), AMOUNTS))
        return Cell(cell_id, kind, value, str(value), unit)
    value = draw(st.integers(0, 9999))
    return Cell(cell_id, kind, value, str(value))


@st.composite
def reports(draw):
    """A report whose tables follow either form or are not there at all, with a few cells changed."""
    forms = {t: f for t in ("t2", "t3") if (f := draw(st.sampled_from(["2019", "2021", "2021", None]))) is not None}
    specs = cell_specs(tuple(sorted(forms.items())))
    held = {c: BASES[forms.get(spec.table, "2021")].cells[c] for c, spec in specs.items()}
    for cell_id in INTERESTING:
        if cell_id in held and draw(st.booleans()):
            new = draw(cells(cell_id))
            held = {c: v for c, v in held.items() if c != cell_id} if new is None else held | {cell_id: new}
    return Report(form=forms.get("t3"), forms=forms, agency="甲", year=2023, cells=held)


@st.composite
def corrected(draw):
    """A report with corrections {cell: (value, unit)} laid over it."""
    report = draw(reports())
    places = [c for c in INTERESTING if c in report.cells]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, max_size=2)) if places else []
    return report, {c: draw(st.one_of(st.none(), st.integers(0, 50).map(Decimal))) for c in chosen}


@pytest.fixture
def county():
    return agency()


@pytest.fixture
def supervisor(county):
    return actor(county, roles.Supervisor)


@pytest.fixture
def versions(county, supervisor):
    """Three bureaus and, last, what the county reports for all."""
    made = [filed(supervisor, agency(name, county)) for name in NAMES]
    made.append(filed(supervisor, county, scope=Scope.CONSOLIDATED))
    return [report.current for report in made]


def put(version: ReportVersion, report: Report, corrections: dict[str, Decimal | None]) -> None:
    """Let a version hold what the example says, and everything derived from it be made anew."""
    version.corrections.all().delete()
    version.reading, version.forms = readings.dump(report), report.forms
    version.save(update_fields=["reading", "forms"])
    for cell, value in corrections.items():
        Correction.objects.create(version=version, cell=cell, value=value, reason="核对原件", made_at=AT)
    actions.recheck(by=machine("测试"), report=version.report, at=AT)


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(corrected(), min_size=4, max_size=4))
def test_whatever_members_hold_the_database_adds_up_as_the_core_does(versions, county, supervisor, drawn):
    for version, (report, corrections) in zip(versions, drawn, strict=True):
        put(version, report, corrections)
    *members, reported = [queries.effective(v) for v in ReportVersion.objects.order_by("pk").select_related(
        "report__agency")]
    ours = totals.roll_up(supervisor, county, 2023)
    theirs = core_roll_up(members, one_row=reported.forms.get("t3") == "2019")
    assert list(ours.cells) == list(theirs.cells)
    for cell_id, cell in theirs.cells.items():
        rolled = ours.cells[cell_id]
        assert (rolled.total, rolled.counted, rolled.blank, rolled.missing) == (
            cell.total, cell.count(Status.VALUE), cell.count(Status.BLANK), cell.count(Status.MISSING)), cell_id
        assert (rolled.unreadable + rolled.no_unit, rolled.other_form, rolled.derived) == (
            cell.count(Status.UNREADABLE), len(cell.other_form), cell.derived), cell_id
    for cell_id in (c for c in INTERESTING if c in theirs.cells):
        given = {c.agency.name: c.share for c in totals.contributions(supervisor, county, 2023, cell_id)}
        others = dict.fromkeys(theirs.cells[cell_id].other_form)
        assert given == others | {c.member: c.value for c in theirs.cells[cell_id].contributions}, cell_id
    assert {(a.cell, a.reported, a.total, a.uncertain) for a in ours.against} == {
        (d.cell, d.reported, d.total, d.uncertain) for d in hold_against(theirs, reported)
    }


def test_members_of_both_forms_meet_in_one_row(county, versions, supervisor):
    """One bureau says 5 in the one row of 2019, the others 1+0+2 and 0+0+4 in the three of 2021."""
    said = [{"t3.other.total": 5}, {"t3.other_uncorrected.total": 1, "t3.other_rest.total": 2},
            {"t3.other_rest.total": 4}, {"t3.other.total": 12}]
    for version, values in zip(versions, said, strict=True):
        form = "2019" if "t3.other.total" in values else "2021"
        table = {c: Cell(c, Status.VALUE, 0, "0") for c in cell_specs((("t2", form), ("t3", form)))}
        put(version, Report(form=form, forms={"t2": form, "t3": form}, agency="甲", year=2023, cells=table | {
            c: Cell(c, Status.VALUE, v, str(v)) for c, v in values.items()}), {})
    rolled = totals.roll_up(supervisor, county, 2023)
    cell = rolled.cells["t3.other.total"]
    assert (cell.total, cell.counted, cell.uncertain, cell.derived) == (12, 3, 0, True)
    assert rolled.mixed
    assert rolled.against == []
    drawn = drawing.rolled_report(rolled)
    assert drawn.cells["t3.other.total"].value == 12
    left = {c.cell: c.other_form for c in drawing.undrawn(rolled, drawn)}
    assert left["t3.other_rest.total"] == 1
    assert [(c.agency.name, c.share, c.derived) for c in totals.contributions(
        supervisor, county, 2023, "t3.other.total")] == [
            (NAMES[0], 5, False), (NAMES[2], 4, True), (NAMES[1], 3, True)]


@pytest.mark.parametrize("form", ["2021", "mixed"])
def test_a_city_of_two_thousand_reports_is_added_up_at_once(county, supervisor, form):
    """Rows laid down directly: what is measured is the sum. Its value shows that every row was counted."""
    file = StoredFile.objects.create(sha256="a" * 64, size=1, stored_at=AT)
    members = Agency.objects.bulk_create(
        Agency(name=f"第{n}局", parent=county, path=f"{county.path}{n + 100:08d}") for n in range(2000))
    made = AnnualReport.objects.bulk_create(AnnualReport(agency=a, year=2023, filed_at=AT) for a in members)
    its = [{"t2": f, "t3": f} for f in (("2021", "2019") if form == "mixed" else ("2021", "2021"))]
    versions = ReportVersion.objects.bulk_create(
        ReportVersion(report=r, number=1, file=file, forms=its[n % 2], reading={}, checked_at=AT, filed_at=AT)
        for n, r in enumerate(made))
    for report, version in zip(made, versions, strict=True):
        report.current = version
    AnnualReport.objects.bulk_update(made, ["current"], batch_size=400)
    for pattern in versions[:2]:
        FiledCell.objects.bulk_create(
            FiledCell(version=pattern, cell=c, status=Status.VALUE, value=1, raw="1")
            for c in cell_specs(tuple(pattern.forms.items())))
    with connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO annual_reports_filedcell (version_id, cell, status, value, unit, raw, corrected)
            SELECT v.id, c.cell, c.status, c.value, c.unit, c.raw, c.corrected FROM annual_reports_reportversion v
            JOIN annual_reports_filedcell c ON c.version_id = %s + (v.id - %s) %% 2 WHERE v.id > %s
        """, [versions[0].pk, versions[0].pk, versions[1].pk])
    began = time.process_time()
    rolled = totals.roll_up(supervisor, county, 2023)
    spent = time.process_time() - began
    assert rolled.cells["t3.new.total"].total == 2000
    assert spent < 3, "well under one second on a quiet machine, a little over where forms are mixed"
