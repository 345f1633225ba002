"""A county is the union of its bureaus."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.report.checks.made import put, report, take

from gongkai.core.report.model import Report, Status
from gongkai.core.report.rollup import hold_against, roll_up

NAMES = ("青澜县水利局", "青澜县教育局", "青澜县民政局", "青澜县财政局", "青澜县审计局")
CELLS = ("t3.new.total", "t3.granted.natural", "t4.after.total", "t2.penalties.decisions", "t3.other_rest.total")


@st.composite
def members(draw: st.DrawFn) -> list[Report]:
    """Up to five members with numbers, blanks and missing cells."""
    made = []
    for name in NAMES[:draw(st.integers(1, 5))]:
        member = report(agency=name)
        for cell_id in CELLS:
            value = draw(st.one_of(st.none(), st.integers(0, 9999)))
            if value is None:
                take(member, cell_id, status=draw(st.sampled_from([Status.BLANK, Status.MISSING, Status.UNREADABLE])))
            else:
                put(member, cell_id, value)
        made.append(member)
    return made


@given(members(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_members_does_not_matter(group: list[Report], rng: Random) -> None:
    shuffled = list(group)
    rng.shuffle(shuffled)
    assert roll_up(shuffled) == roll_up(group)


@given(members(), st.integers(0, 5))
@settings(deadline=None)
def test_splitting_a_group_changes_nothing(group: list[Report], at: int) -> None:
    whole, left, right = roll_up(group), roll_up(group[:at]), roll_up(group[at:])
    for cell_id in CELLS:
        parts = [part for part in (left.total(cell_id), right.total(cell_id)) if part is not None]
        assert whole.total(cell_id) == (sum(parts) if parts else None)
        assert whole.cells[cell_id].count(Status.BLANK) == sum(
            half.cells[cell_id].count(Status.BLANK) for half in (left, right) if half.members
        )


@given(members())
@settings(deadline=None)
def test_every_number_opens_to_the_members_behind_it(group: list[Report]) -> None:
    rolled = roll_up(group)
    for cell_id in CELLS:
        cell = rolled.cells[cell_id]
        assert [c.member for c in cell.contributions] == sorted(member.agency or "" for member in group)
        numbers = [c.value for c in cell.contributions if c.status is Status.VALUE]
        assert cell.total == (sum(numbers) if numbers else None)
        assert cell.complete == (len(numbers) == len(group))


def test_a_blank_is_not_a_zero() -> None:
    blank = report(agency=NAMES[0])
    take(blank, "t3.new.total")
    rolled = roll_up([blank])
    assert rolled.total("t3.new.total") is None
    assert not rolled.cells["t3.new.total"].complete


def test_who_is_missing_is_said() -> None:
    rolled = roll_up([report(agency=NAMES[0])], expected=NAMES[:2])
    assert rolled.missing == (NAMES[1],)


def test_mixed_forms_meet_in_one_row_and_keep_the_three() -> None:
    old = report("2019", agency=NAMES[0], year=2022, t3__other__total=5)
    new = report("2021", agency=NAMES[1], year=2022, t3__other_rest__total=2, t3__other_unpaid__total=1)
    rolled = roll_up([old, new])
    assert rolled.mixed
    assert rolled.total("t3.other.total") == 8
    assert rolled.cells["t3.other.total"].derived
    assert rolled.total("t3.other_rest.total") == 2
    assert rolled.cells["t3.other_rest.total"].other_form == (NAMES[0],)


def test_a_part_without_a_number_leaves_the_one_row_without_one() -> None:
    old = report("2019", agency=NAMES[0], year=2022, t3__other__total=5)
    new = report("2021", agency=NAMES[1], year=2022, t3__other_rest__total=2)
    take(new, "t3.other_unpaid.total")
    cell = roll_up([old, new]).cells["t3.other.total"]
    assert (cell.total, cell.count(Status.BLANK), cell.complete) == (5, 1, False)


def test_amounts_add_up_in_ten_thousands_and_one_without_a_unit_does_not() -> None:
    made = [report("2019", agency=name, year=2020) for name in NAMES[:3]]
    put(made[0], "t2.procurement.amount", Decimal("311.97"), unit="万元")
    put(made[1], "t2.procurement.amount", 5000, unit="元")
    put(made[2], "t2.procurement.amount", 7182)
    cell = roll_up(made).cells["t2.procurement.amount"]
    assert cell.total == Decimal("312.47")
    assert cell.count(Status.UNREADABLE) == 1


def test_a_reported_sum_is_held_against_the_members() -> None:
    made = [report(agency=name, t3__new__total=3) for name in NAMES[:2]]
    county = report(agency="青澜县人民政府", t3__new__total=7)
    [found] = hold_against(roll_up(made, expected=NAMES[:3]), county)
    assert (found.cell, found.reported, found.total, found.uncertain) == ("t3.new.total", 7, 6, 1)
    assert "7" in found.message
    assert "6" in found.message
    put(county, "t3.new.total", 6)
    assert hold_against(roll_up(made), county) == []


def test_a_reported_sum_on_another_form_is_held_as_one_row() -> None:
    news = [report("2021", agency=n, t3__other_rest__total=2, t3__other_unpaid__total=1) for n in NAMES[:2]]
    county = report("2019", agency="青澜县人民政府", year=2023, t3__other__total=6)
    rolled = roll_up(news, one_row=True)
    assert "t3.other.total" not in {d.cell for d in hold_against(rolled, county)}
    put(county, "t3.other.total", 7)
    [found] = [d for d in hold_against(rolled, county) if d.cell == "t3.other.total"]
    assert (found.reported, found.total) == (7, 6)
    assert "（六）其他处理" in found.message


def test_a_hundred_million_is_ten_thousand_ten_thousands() -> None:
    made = report("2019", agency=NAMES[0], year=2020)
    put(made, "t2.procurement.amount", Decimal("1.2"), unit="亿元")
    assert roll_up([made]).total("t2.procurement.amount") == 12000


def test_one_agency_twice_or_two_years_are_refused() -> None:
    with pytest.raises(ValueError, match="more than one"):
        roll_up([report(), report()])
    with pytest.raises(ValueError, match="different years"):
        roll_up([report(agency=NAMES[0]), replace(report(agency=NAMES[1]), year=2022)])
