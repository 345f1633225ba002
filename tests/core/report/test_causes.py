"""One wrong number, one finding; what cannot be told apart is said to be so."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.core.report.checks.made import only, put, report, requests, take

from gongkai.core.report.checks import check
from gongkai.core.report.forms import form
from gongkai.core.report.model import Report

SUMS = {"C1", "C2", "C3", "C4"}
T3_ROWS = [row.key for row in form("2021").t3_rows]
INNER = [column.key for column in form("2021").t3_columns][:-1]
OUTCOMES = [row for row in T3_ROWS if row not in {"new", "carried_in", "closed", "carried_out"}]
GROUPS = [group.key for group in form("2021").t4_groups]
RESULTS = ["upheld", "corrected", "other", "pending"]
SUM_CELLS = [f"t3.{row}.{col}" for row in T3_ROWS for col in [*INNER, "total"]]
SUM_CELLS += [f"t4.{group}.{result}" for group in GROUPS for result in [*RESULTS, "total"]]


@st.composite
def consistent(draw: st.DrawFn) -> Report:
    """A report in which every sum holds, with any counts, most of them zero as in life."""
    made = report()
    count = st.one_of(st.just(0), st.integers(0, 5000))
    totals = dict.fromkeys(T3_ROWS, 0)
    for column in INNER:
        outcomes = {row: draw(count) for row in draw(st.sets(st.sampled_from(OUTCOMES), max_size=5))}
        closed, left = sum(outcomes.values()), draw(count)
        new = draw(st.integers(0, closed + left))
        values = outcomes | {"closed": closed, "carried_out": left, "new": new, "carried_in": closed + left - new}
        for row, value in values.items():
            put(made, f"t3.{row}.{column}", value)
            totals[row] += value
    for row, value in totals.items():
        put(made, f"t3.{row}.total", value)
    for group in GROUPS:
        parts = {result: draw(count) for result in RESULTS}
        for result, value in (parts | {"total": sum(parts.values())}).items():
            put(made, f"t4.{group}.{result}", value)
    return made


def sums(made: Report) -> list:
    return [f for f in check(made) if f.rule in SUMS or (f.cause and SUMS & set(f.cause.split(",")))]


slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(consistent())
@slow
def test_a_consistent_table_gives_no_finding(made: Report) -> None:
    assert sums(made) == []


@given(consistent(), st.sampled_from(SUM_CELLS), st.integers(-6000, 6000))
@slow
def test_one_wrong_number_gives_one_finding_that_leads_back(made: Report, cell_id: str, change: int) -> None:
    right = made.value(cell_id)
    assert right is not None
    assume(change != 0)
    put(made, cell_id, right + change)

    found = sums(made)

    assert len(found) == 1, [f.message for f in found]
    fix = found[0].fix
    assert fix is not None
    if fix.values:
        assert fix.values == {cell_id: right}
        assert found[0].cells == (cell_id,)
    else:
        assert {cell_id: right} in fix.alternatives
        assert cell_id in found[0].cells
    if cell_id.startswith("t3."):
        assert fix.values, "rows and columns of table three cross: a single mistake is always located"


@given(consistent(), st.lists(st.sampled_from(OUTCOMES), min_size=2, max_size=4, unique=True), st.data())
@slow
def test_mistakes_in_different_rows_and_columns_are_told_apart(
    made: Report, rows: list[str], data: st.DataObject,
) -> None:
    columns = data.draw(st.lists(st.sampled_from(INNER), min_size=len(rows), max_size=len(rows), unique=True))
    # Different amounts: equal ones in two rows and two columns could as well sit in the two other corners.
    changes = data.draw(st.lists(st.integers(1, 10_000), min_size=len(rows), max_size=len(rows), unique=True))
    planted = {}
    for row, column, change in zip(rows, columns, changes, strict=True):
        cell_id = f"t3.{row}.{column}"
        planted[cell_id] = made.value(cell_id)
        put(made, cell_id, (made.value(cell_id) or 0) + change)

    found = sums(made)

    assert {cell: value for f in found for cell, value in f.fix.values.items()} == planted
    assert len(found) == len(rows)


def test_equal_mistakes_at_crossing_corners_are_declared_ambiguous() -> None:
    made = report(t3__granted__natural=2, t3__partial__business=2, t3__granted__business=2, t3__partial__natural=2)
    for row in ("granted", "partial"):
        put(made, f"t3.{row}.total", 4)
    for row in ("closed", "new"):
        put(made, f"t3.{row}.natural", 4)
        put(made, f"t3.{row}.business", 4)
        put(made, f"t3.{row}.total", 8)
    put(made, "t3.granted.natural", 3)
    put(made, "t3.partial.business", 3)

    [found] = sums(made)

    assert found.fix.values == {}
    assert {"t3.granted.natural": 2, "t3.partial.business": 2} in found.fix.alternatives
    assert {"t3.granted.business": 1, "t3.partial.natural": 1} in found.fix.alternatives
    assert "不能判定" in found.fix.sentence


def test_a_total_that_cannot_be_a_part_is_located_even_in_one_row() -> None:
    made = report(t4__reconsideration__upheld=10, t4__reconsideration__corrected=1)
    found = only(made, "GK0401")
    assert found.fix.values == {"t4.reconsideration.total": 11}
    assert (found.reported, found.computed) == (0, 11)


def test_one_row_alone_is_ambiguous() -> None:
    made = report(t4__after__upheld=5)
    found = only(made, "GK0401")
    assert found.fix.alternatives[0] == {"t4.after.total": 5}
    assert {"t4.after.upheld": 0} in found.fix.alternatives


def test_the_rule_that_people_would_name_speaks() -> None:
    for cell_id, rule, all_rules in (
        ("t3.granted.total", "C2", "C2,C3"),
        ("t3.closed.total", "C3", "C1,C2,C3"),
        ("t3.closed.natural", "C3", "C1,C2,C3"),
        ("t3.new.natural", "C1", "C1,C2"),
        ("t3.new.total", "C2", "C1,C2"),
        ("t3.carried_out.total", "C2", "C1,C2"),
    ):
        made = requests(report())
        put(made, cell_id, (made.value(cell_id) or 0) + 1)
        [found] = sums(made)
        assert (found.rule, found.cause) == (rule, all_rules)


def test_a_column_wrong_in_the_flow_only_is_c1() -> None:
    made = requests(report())
    for column in ("natural", "total"):
        put(made, f"t3.new.{column}", 5)
    [found] = sums(made)
    assert found.rule == "C1"
    assert {"t3.new.natural": 3, "t3.new.total": 3} in found.fix.alternatives


def test_a_negative_number_speaks_for_the_sums_it_breaks() -> None:
    made = requests(report())
    put(made, "t3.closed.total", -3)
    [found] = sums(made)
    assert (found.code, found.cause) == ("GK0901", "C1,C2,C3,C9")
    assert found.fix.values == {"t3.closed.total": 3}


def test_a_blank_is_no_zero() -> None:
    made = requests(report())
    take(made, "t3.closed.total", "t3.closed.natural")
    [found] = sums(made)
    assert (found.severity, found.rule, found.cause) == ("not_checked", "C1", "C1,C2,C3")
    assert found.cells == ("t3.closed.natural", "t3.closed.total")


def test_prose_tells_which_of_the_equal_repairs_is_right() -> None:
    made = report(text="政府信息公开行政复议2件。", t4__reconsideration__upheld=2, t4__reconsideration__total=3)
    [found] = sums(made)
    assert found.fix.values == {"t4.reconsideration.total": 2}
    assert found.cause == "C4,C11"
    assert [f.rule for f in check(made)] == ["C4"]


def test_prose_that_agrees_with_the_total_speaks_against_mending_it() -> None:
    made = report(text="政府信息公开行政复议3件。", t4__reconsideration__upheld=2, t4__reconsideration__total=3)
    [found] = sums(made)
    assert {"t4.reconsideration.upheld": 3} in found.fix.alternatives
    assert {"t4.reconsideration.total": 2} not in found.fix.alternatives


def test_last_years_report_is_taken_into_the_same_cause() -> None:
    before = report(year=2022, t3__carried_out__natural=2, t3__carried_out__total=2)
    made = requests(report())
    for row in ("carried_in", "carried_out"):
        put(made, f"t3.{row}.natural", 2)
        put(made, f"t3.{row}.total", 2)
    put(made, "t3.carried_in.total", 5)
    [found] = check(made, previous=before)
    assert (found.rule, found.cause) == ("C2", "C1,C2,C5")
    assert found.fix.values == {"t3.carried_in.total": 2}


def test_a_row_of_sums_left_at_zero_is_one_cause() -> None:
    made = report()
    for column in [*INNER, "total"]:
        for row in ("new", "granted"):
            put(made, f"t3.{row}.{column}", 6 if column == "total" else 1)
    [found] = sums(made)
    assert found.cause == "C1,C3"
    assert found.fix.values == {f"t3.closed.{column}": 6 if column == "total" else 1 for column in [*INNER, "total"]}


def test_a_column_of_sums_left_at_zero_is_one_cause() -> None:
    made = report()
    rows = ("new", "closed", "granted", "partial", "refused_law", "refused_process", "unable_unclear")
    for row in rows:
        put(made, f"t3.{row}.natural", 5 if row in {"new", "closed"} else 1)
    [found] = sums(made)
    assert found.rule == "C2"
    assert found.fix.values == {f"t3.{row}.total": made.value(f"t3.{row}.natural") for row in rows}


def test_a_table_out_of_place_is_not_told_sum_by_sum() -> None:
    made = report()
    for n, cell_id in enumerate(c for c in SUM_CELLS if c.startswith("t3.")):
        put(made, cell_id, n * n % 37)
    found = sums(made)
    assert sorted(f.rule for f in found) == ["C1", "C2", "C3"]
    assert all("另有" in f.message and f.fix is None for f in found)
