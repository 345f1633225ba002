"""Roll-ups: each agency once, missing never zero, the reported total held against the sum."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import AT, SYSTEM, agency, filed

from gongkai.accounts.actor import PUBLIC
from gongkai.agencies import actions as tree
from gongkai.annual_reports import actions, totals
from gongkai.annual_reports.models import Scope
from gongkai.annual_reports.rules import Node, Standing, membership
from gongkai.core.report.model import Cell, Status
from gongkai.core.report.samples import consolidated, sample

CELL = "t3.new.total"


@pytest.fixture
def bureaus(county, bureau):
    return [bureau, agency("青澜县教育局", county), agency("青澜县水利局", county)]


def test_the_county_is_the_sum_of_its_bureaus(county, bureaus, supervisor):
    samples = [sample(n, agency=b.name, year=2023) for n, b in enumerate(bureaus)]
    for b, s in zip(bureaus, samples, strict=True):
        filed(supervisor, b, report=s)
    total = consolidated(samples, agency=county.name, year=2023)
    filed(supervisor, county, scope=Scope.CONSOLIDATED, report=total)
    rolled = totals.roll_up(supervisor, county, 2023)
    assert {c: r.total for c, r in rolled.cells.items()} == {c: total.value(c) for c in total.cells}
    assert rolled.against == []
    assert [m.agency for m in rolled.counted] == bureaus
    assert rolled.missing == []


def test_who_is_missing_is_named_and_not_counted_as_zero(county, bureaus, supervisor):
    filed(supervisor, bureaus[0])
    rolled = totals.roll_up(supervisor, county, 2023)
    assert [m.agency for m in rolled.missing] == bureaus[1:]
    assert rolled.cells[CELL].counted == 1


def test_a_bureau_that_moved_since_is_added_up_where_it_lay(county, bureaus, supervisor):
    other = agency("云麓县人民政府")
    for bureau in bureaus[:2]:
        filed(SYSTEM, bureau)
    before = totals.roll_up(SYSTEM, county, 2023).cells[CELL].total
    tree.move(by=SYSTEM, agency=bureaus[0], parent=other, on=date(2024, 1, 1), at=AT)
    rolled = totals.roll_up(SYSTEM, county, 2023)
    assert rolled.cells[CELL].total == before
    assert {m.agency for m in rolled.counted} == set(bureaus[:2])
    assert totals.roll_up(SYSTEM, other, 2023).counted == []
    assert [m.agency for m in totals.roll_up(SYSTEM, other, 2024).missing] == [bureaus[0]]


def test_blank_missing_and_unreadable_are_told_apart(county, bureaus, supervisor):
    for b, status in zip(bureaus, (Status.BLANK, Status.UNREADABLE, Status.VALUE), strict=True):
        report = sample(1, agency=b.name, year=2023)
        value = 3 if status is Status.VALUE else None
        report.cells[CELL] = Cell(CELL, status, value, "3" if value else "")
        if status is Status.UNREADABLE:
            report.cells[CELL] = Cell(CELL, Status.VALUE, 7, "7")
        made = filed(supervisor, b, report=report)
        if status is Status.UNREADABLE:
            made.current.cells.filter(cell=CELL).update(status=Status.UNREADABLE, value=None)
    cell = totals.roll_up(supervisor, county, 2023).cells[CELL]
    assert (cell.total, cell.counted, cell.blank, cell.unreadable) == (3, 1, 1, 1)


def test_the_drill_down_adds_up_to_the_total(county, bureaus, supervisor):
    for n, b in enumerate(bureaus):
        filed(supervisor, b, seed=n)
    total = totals.roll_up(supervisor, county, 2023).cells[CELL].total
    parts = totals.contributions(supervisor, county, 2023, CELL)
    assert sum(p.value for p in parts) == total
    assert [p.value for p in parts] == sorted((p.value for p in parts), reverse=True)


def test_a_reported_total_that_is_not_the_sum_is_shown(county, bureaus, supervisor):
    samples = [sample(n, agency=b.name, year=2023) for n, b in enumerate(bureaus)]
    for b, s in zip(bureaus, samples, strict=True):
        filed(supervisor, b, report=s)
    total = consolidated(samples, agency=county.name, year=2023)
    value = total.value(CELL) + 4
    total.cells[CELL] = Cell(CELL, Status.VALUE, value, str(value))
    filed(supervisor, county, scope=Scope.CONSOLIDATED, report=total)
    (against,) = totals.roll_up(supervisor, county, 2023).against
    assert (against.cell, against.reported, against.difference) == (CELL, value, 4)


def test_the_public_adds_up_what_is_published(county, bureaus, supervisor):
    reports = [filed(supervisor, b) for b in bureaus]
    actions.publish(by=supervisor, report=reports[0], at=AT)
    rolled = totals.roll_up(PUBLIC, county, 2023)
    assert [m.agency for m in rolled.counted] == bureaus[:1]


def test_agencies_count_in_the_years_in_which_they_exist(county, bureaus, supervisor):
    tree.abolish(by=SYSTEM, agency=bureaus[2], on=date(2023, 7, 1), at=AT, successors=[bureaus[1]])
    agency("青澜县数据局", county, valid_from=date(2024, 1, 1))
    names = lambda year: [m.agency.name for m in totals.member_rows(supervisor, county, year)][1:]  # noqa: E731
    assert names(2022) == [b.name for b in bureaus]
    assert names(2023) == [b.name for b in bureaus[:2]]
    assert names(2024) == [*(b.name for b in bureaus[:2]), "青澜县数据局"]


def test_a_consolidated_report_stands_for_everything_below_it():
    nodes = [
        Node(1, None, True, {"consolidated": 10}), Node(2, 1, True, {"consolidated": 20, "own": 21}),
        Node(3, 2, False, {"own": 30}), Node(4, 1, False, {"own": 40}), Node(5, 1, False, {}),
    ]
    assert [(m.agency_id, m.standing, m.report) for m in membership(1, nodes)] == [
        (1, Standing.EMPTY, None), (2, Standing.IN, 20), (3, Standing.COVERED, None), (4, Standing.IN, 40),
        (5, Standing.MISSING, None),
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.booleans()), max_size=30))
def test_no_agency_is_counted_twice(shape):
    """However the tree grows: no counted report has a counted consolidated report above it, below the root."""
    nodes = [Node(0, None, True, {"consolidated": 1000})]
    for n, (parent, own, whole) in enumerate(shape, start=1):
        reports = ({"own": n} if own else {}) | ({"consolidated": 100 + n} if whole else {})
        nodes.append(Node(n, parent % n, n % 2 == 0, reports))
    # membership wants parents before children in tree order, which ascending keys are here
    members = {m.agency_id: m for m in membership(0, nodes)}
    parents = {node.id: node.parent_id for node in nodes}
    assert set(members) == set(parents)
    for node_id, member in members.items():
        above = parents[node_id]
        while above is not None and above != 0:
            if members[above].scope == "consolidated":
                assert member.standing is Standing.COVERED
            above = parents[above]

