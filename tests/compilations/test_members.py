"""A consolidated report is the sum of what its members give: records, files, numbers typed in; nothing twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import AT, SYSTEM, agency, filed

from gongkai.agencies import actions as tree
from gongkai.annual_reports.models import Scope
from gongkai.applications import registering
from gongkai.applications.actions.sheets import take_over
from gongkai.compilations import figures, members
from gongkai.compilations.members import How
from gongkai.compilations.models import Compilation, Entered
from gongkai.compilations.reach import own, reach, unattributed
from gongkai.core.report.forms import form
from gongkai.core.report.model import Cell, Status
from gongkai.core.report.samples import sample
from gongkai.statutory_registers import actions as registers

pytestmark = pytest.mark.django_db
YEAR = 2022
FORM = "2021"
NEW = "t3.new.total"
_number = count(1)
KINDS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
HEAD = "登记号,收到日期,渠道,申请人类型,申请内容,办结日期,办理结果\n"


def cases(where, *rows):
    """Applications through the register: (received, kind, closed or "")."""
    lines = [
        f"{next(_number):05d},{received},网络,{kind},申请公开征地补偿安置方案,{closed},{'予以公开' if closed else ''}"
        for received, kind, closed in rows
    ]
    looked = registering.look(where, (HEAD + "\n".join(lines) + "\n").encode(), "台账.csv", today=date(2024, 3, 4))
    assert not looked.refused
    take_over(by=SYSTEM, looked=looked, at=AT)


def some(where, number):
    """So many applications of the year, still open."""
    cases(where, *[(f"{YEAR}-03-01", "自然人", "")] * number)


def begun(where, *, scope=Scope.OWN, origin="records", **cells):
    """A report under way, with numbers typed in."""
    made = Compilation.objects.create(
        agency=where, year=YEAR, scope=scope, form=FORM, origin=origin, started_at=AT,
    )
    for cell, value in cells.items():
        Entered.objects.create(
            compilation=made, cell=cell.replace("__", "."), value=value, source="股室台账", entered_at=AT,
        )
    return made


@pytest.fixture
def county():
    return agency()


@pytest.fixture
def bureaus(county):
    return [agency("青澜县民政局", county), agency("青澜县教育局", county), agency("青澜县水利局", county)]


def how(county):
    return {m.agency.name: m.how for m in members.members(county, YEAR)}


def given_by(county, cell=NEW):
    return {c.agency.name: c.value for c in members.contributions(county, YEAR, FORM, cell)}


def test_records_files_and_nothing_are_told_apart(county, bureaus):
    some(bureaus[0], 3)
    report = sample(1, agency=bureaus[1].name, year=YEAR)
    filed(SYSTEM, bureaus[1], YEAR, report=report)
    assert how(county) == {
        county.name: How.EMPTY, bureaus[0].name: How.RECORDS, bureaus[1].name: How.FILE, bureaus[2].name: How.MISSING,
    }
    figure = members.compute(county, YEAR, FORM)[NEW]
    assert figure.value == 3 + report.value(NEW)
    assert figure.records == 3, "only records open to records"
    assert given_by(county) == {bureaus[0].name: 3, bureaus[1].name: report.value(NEW), bureaus[2].name: None}


def test_a_file_stands_only_for_who_keeps_no_applications_here(county, bureaus):
    filed(SYSTEM, bureaus[0], YEAR)
    registers.enter_document(
        by=SYSTEM, agency=bureaus[0], kind="normative", title="关于某事的通知", made_on=date(YEAR, 5, 1), at=AT,
    )
    assert how(county)[bureaus[0].name] is How.FILE, "a register of documents does not speak for applications"
    some(bureaus[0], 1)
    assert how(county)[bureaus[0].name] is How.RECORDS
    begun(bureaus[0], origin="file")
    assert how(county)[bureaus[0].name] is How.FILE, "the office said that its numbers are those of the file"


def test_a_consolidated_file_below_stands_for_everything_under_it(county, bureaus):
    city = agency("澜州市人民政府", kind="government")
    tree.move(by=SYSTEM, agency=county, parent=city, on=date(YEAR, 1, 1), at=AT)
    some(bureaus[0], 5)
    some(city, 1)
    report = sample(2, agency=county.name, year=YEAR)
    filed(SYSTEM, county, YEAR, scope=Scope.CONSOLIDATED, report=report)
    city.refresh_from_db()
    county.refresh_from_db()
    assert members.compute(city, YEAR, FORM)[NEW].value == 1 + report.value(NEW)
    assert how(city)[bureaus[0].name] is How.COVERED
    assert members.compute(county, YEAR, FORM)[NEW].value == 5, "of itself it is held against the sum, never counted"


def test_after_a_move_every_earlier_year_keeps_its_members(county, bureaus):
    """A file and typed numbers stand where the agency lay, those of a whole government for everything below it then."""
    city, other = agency("澜州市人民政府", kind="government"), agency("碧溪县人民政府")
    tree.move(by=SYSTEM, agency=county, parent=city, on=date(YEAR, 1, 1), at=AT)
    county.refresh_from_db()
    some(bureaus[0], 3)
    begun(bureaus[2], t3__new__natural=Decimal(9))
    begun(county, scope=Scope.CONSOLIDATED, t3__new__other=Decimal(70))
    before = [given_by(city), how(city), given_by(county), members.compute(city, YEAR, FORM)[NEW].value]
    for moved in (bureaus[0], bureaus[2], bureaus[1]):
        tree.move(by=SYSTEM, agency=moved, parent=other, on=date(YEAR + 1, 3, 1), at=AT)
    assert [given_by(city), how(city), given_by(county), members.compute(city, YEAR, FORM)[NEW].value] == before
    assert (before[3], set(before[2])) == (70, {a.name for a in bureaus})
    assert members.compute(county, YEAR, FORM)[NEW].value == 12
    assert set(how(other)) == {other.name}
    tree.move(by=SYSTEM, agency=county, parent=None, on=date(YEAR + 1, 5, 1), at=AT)
    assert how(city)[county.name] == before[1][county.name]


def test_typed_numbers_stand_for_the_records_of_their_table_only(county, bureaus):
    some(bureaus[0], 3)
    some(bureaus[1], 2)
    begun(bureaus[0], t3__new__natural=Decimal(40), t3__carried_out__natural=Decimal(40))
    found = members.consolidate(county, YEAR, FORM)
    assert found.figures[NEW].value == 42
    assert found.figures[NEW].records == 2
    assert found.figures["t3.carried_out.total"].value == 42
    by = {c.agency.name: (c.how, c.value) for c in members.contributions(county, YEAR, FORM, NEW)}
    assert by[bureaus[0].name] == (How.HAND, 40)
    assert members.counted_reach(county, YEAR, NEW).agencies == members.counted_reach(county, YEAR, "t4.direct.other"
                                                                                      ).agencies - {bureaus[0].pk}


def test_typed_numbers_of_a_consolidated_report_below_hide_its_parts(county, bureaus):
    city = agency("澜州市人民政府", kind="government")
    tree.move(by=SYSTEM, agency=county, parent=city, on=date(YEAR, 1, 1), at=AT)
    some(bureaus[0], 3)
    filed(SYSTEM, bureaus[1], YEAR)
    begun(bureaus[2], t3__new__natural=Decimal(9))
    begun(county, scope=Scope.CONSOLIDATED, t3__new__other=Decimal(70))
    city.refresh_from_db()
    assert members.compute(city, YEAR, FORM)[NEW].value == 70
    assert given_by(city) == {county.name: 70, city.name: None} or given_by(city) == {county.name: 70}
    mine = members.compute(county, YEAR, FORM, {"t3.new.legal": 5})
    assert mine[NEW].value == 5, "what is typed into the report itself stands for every member"


def test_a_number_that_a_file_has_not_is_no_zero(county, bureaus):
    report = sample(1, agency=bureaus[1].name, year=YEAR)
    report.cells[NEW] = Cell(NEW, Status.BLANK, None, "")
    filed(SYSTEM, bureaus[1], YEAR, report=report)
    found = members.consolidate(county, YEAR, FORM)
    assert found.unknown[NEW] == 1
    (row,) = [c for c in members.contributions(county, YEAR, FORM, NEW) if c.how is How.FILE]
    assert (row.status, row.value) == ("blank", None)


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_members_on_both_forms_add_up_in_either(county, bureaus, form_id):
    old = sample(1, agency=bureaus[0].name, year=2020)
    new = sample(2, agency=bureaus[1].name, year=YEAR)
    filed(SYSTEM, bureaus[0], YEAR, report=old)
    filed(SYSTEM, bureaus[1], YEAR, report=new)
    found = members.consolidate(county, YEAR, form_id)
    parts = sum(new.value(f"t3.{row}.total") for row in ("other_uncorrected", "other_unpaid", "other_rest"))
    if form_id == "2019":
        assert found.figures["t3.other.total"].value == old.value("t3.other.total") + parts
    else:
        assert found.figures["t3.other_rest.total"].value == (
            old.value("t3.other.total") + new.value("t3.other_rest.total")
        )
        assert found.figures["t3.other_unpaid.total"].value == new.value("t3.other_unpaid.total")
    for cell in form(form_id).cells:
        given = members.contributions(county, YEAR, form_id, cell, found.membership)
        assert _sum(given) == found.figures[cell].value, cell


def test_a_merger_within_the_year_leaves_the_cases_with_the_heir(county, bureaus):
    some(bureaus[0], 2)
    tree.abolish(by=SYSTEM, agency=bureaus[0], on=date(YEAR, 7, 1), at=AT, successors=[bureaus[1]])
    assert how(county) == {county.name: How.EMPTY, bureaus[1].name: How.RECORDS, bureaus[2].name: How.MISSING}
    assert given_by(county)[bureaus[1].name] == 2


def test_the_heir_in_another_county_takes_the_cases_along(county, bureaus):
    other = agency("碧溪县人民政府")
    heir = agency("碧溪县民政局", other)
    some(bureaus[0], 2)
    tree.abolish(by=SYSTEM, agency=bureaus[0], on=date(YEAR, 7, 1), at=AT, successors=[heir])
    assert members.compute(county, YEAR, FORM)[NEW].value == 0
    assert members.compute(other, YEAR, FORM)[NEW].value == 2
    assert given_by(other)[heir.name] == 2


def test_a_split_agency_is_named_because_nobody_answers_for_it(county, bureaus):
    some(bureaus[0], 2)
    tree.abolish(by=SYSTEM, agency=bureaus[0], on=date(YEAR, 7, 1), at=AT, successors=bureaus[1:])
    assert how(county)[bureaus[0].name] is How.UNOWNED
    assert members.compute(county, YEAR, FORM)[NEW].value == 2
    assert given_by(county)[bureaus[0].name] == 2


def _sum(rows):
    return sum((row.value for row in rows if row.value is not None), 0)


DAYS = st.sampled_from(["2021-06-01", "2022-01-01", "2022-07-15", "2022-12-31"])
CASES = st.lists(st.tuples(DAYS, st.sampled_from(KINDS), st.sampled_from(["", "2022-12-31", "2023-02-01"])), max_size=3)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_consolidated_is_the_sum_of_its_members(db, data):
    """Random trees with mergers and splits: Σ own of the members + unattributed = the whole = Σ contributions."""
    name = next(_number)
    root = agency(f"甲{name}县人民政府")
    nodes = [root]
    for n in range(data.draw(st.integers(2, 5))):
        nodes.append(agency(f"乙{name}局{n}", data.draw(st.sampled_from(nodes))))
    for node in nodes:
        rows = data.draw(CASES)
        if rows:
            cases(node, *rows)
    leaves = [n for n in nodes[1:] if not any(o.parent_id == n.pk for o in nodes)]
    gone = data.draw(st.sets(st.sampled_from(range(len(leaves))), max_size=max(0, len(leaves) - 1)))
    for index in sorted(gone):
        heirs = [n for n in nodes if n not in [leaves[i] for i in gone]]
        tree.abolish(
            by=SYSTEM, agency=leaves[index], on=date(YEAR, data.draw(st.integers(1, 12)), 1), at=AT,
            successors=data.draw(st.lists(st.sampled_from(heirs), max_size=2, unique_by=lambda a: a.pk)),
        )
    found = members.consolidate(root, YEAR, FORM)
    listed = members.members(root, YEAR)
    reaches = [own(m.agency, YEAR) for m in listed if m.how is not How.UNOWNED]
    alone = [m.agency for m in listed if m.how is How.UNOWNED]
    assert {a.pk for m in listed for a in unattributed(m.agency, YEAR)} >= {
        a.pk for a in alone if a.successions.count() > 1
    } - {a.pk for a in alone if a.successions.count() <= 1}
    values = [figures.compute(r, FORM) for r in (*reaches, *(own(a, YEAR) for a in alone))]
    for cell in ("t3.new.total", "t3.carried_in.total", "t3.closed.total", "t3.carried_out.natural",
                 "t3.granted.other"):
        assert found.figures[cell].value == sum(v[cell].value for v in values), cell
        assert found.figures[cell].value == _sum(members.contributions(root, YEAR, FORM, cell, found.membership)), cell
    assert sum(len(r.agencies) for r in reaches) + len(alone) >= len(nodes) - len(gone)
    assert reach(root, YEAR, Scope.CONSOLIDATED).agencies == {n.pk for n in nodes}
