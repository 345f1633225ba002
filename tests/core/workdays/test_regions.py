"""Regions: data of their own over the country's, inheritance, and what is not settled there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.core.errors import Refused
from gongkai.core.workdays import ArrangedDay, YearArrangement, parse_year, regions, shipped, upward

FRIDAY = date(2025, 6, 6)  # the first day of 古尔邦节 2025, a working day elsewhere


@pytest.mark.parametrize("name", [
    "650000", "65", "xinjiang", "Xinjiang", "新疆", "新疆维吾尔自治区", "650100", "650102", "6501",
])
def test_a_region_is_found_by_code_and_name_and_gives_to_those_inside_it(name: str) -> None:
    assert not shipped(name).is_workday(FRIDAY)
    assert shipped().is_workday(FRIDAY)
    assert shipped(name).note(FRIDAY).what == "古尔邦节放假"
    assert not shipped(name).is_workday(date(2025, 10, 1)), "the country's holidays stay"


def test_a_region_without_days_of_its_own_is_the_country() -> None:
    assert shipped("440100").known_through == shipped().known_through
    assert not shipped("440100").special(date(2025, 6, 2), date(2025, 6, 10))
    assert upward("650102") == ["650102", "650100", "650000"]
    assert regions() == {"650000": "新疆维吾尔自治区"}


@pytest.mark.parametrize("name", ["nowhere", "990000", "6500001", "65 00", "火星"])
def test_an_unknown_region_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="不认识的地区"):
        shipped(name)


def test_unverified_days_and_missing_years_are_not_known() -> None:
    calendar = shipped("xinjiang")
    assert not calendar.knows(FRIDAY)
    assert calendar.knows(date(2025, 6, 5))
    assert not calendar.knows(date(2024, 3, 1)), "no arrangement of 2024 is shipped"
    assert calendar.first_unknown(date(2025, 5, 1), date(2025, 12, 31)) == FRIDAY
    assert calendar.first_unknown(date(2025, 12, 1), date(2026, 3, 1)) == date(2026, 1, 1)
    assert calendar.known_through == date(2025, 12, 31)
    lacking = calendar.unsettled(2026)
    assert lacking is not None
    assert lacking.name == "新疆维吾尔自治区"
    assert calendar.unsettled(2025) is None


def test_an_office_settles_a_year_by_its_own_notice() -> None:
    text = """
year = 2025
region = "新疆"
notice = "新政办明电〔2024〕1号"
date = 2024-12-20
[[holidays]]
name = "古尔邦节"
off = "6月6日（周五）至9日（周一）"
"""
    settled = shipped("xinjiang").with_year(parse_year(text))
    assert settled.knows(FRIDAY)
    assert settled.is_workday(date(2025, 6, 10)), "the shipped guess is gone"
    assert settled.note(FRIDAY).source == "新政办明电〔2024〕1号"
    assert not shipped("xinjiang").is_workday(date(2025, 6, 10))


def test_the_narrower_region_has_the_last_word_in_whatever_order_it_was_said() -> None:
    def say(region: str, works: bool) -> YearArrangement:
        days = (ArrangedDay(date(2026, 9, 8), works, "台风停工", "决定"),)
        return YearArrangement(2026, "决定", "", None, days, region)

    city, province = say("440100", True), say("440000", False)
    for first, second in ((city, province), (province, city)):
        calendar = shipped("440100").with_year(first).with_year(second)
        assert calendar.is_workday(date(2026, 9, 8))
    assert not shipped("440100").with_year(province).is_workday(date(2026, 9, 8))
    assert shipped().with_year(province).note(date(2026, 9, 8)).what == "台风停工"


def test_a_region_may_rest_where_the_country_makes_up() -> None:
    """As Xinjiang did in 2014, when 古尔邦节 fell into the National Day week."""
    rest = (ArrangedDay(date(2026, 10, 10), False, "古尔邦节", "通知"),)
    calendar = shipped().with_year(YearArrangement(2026, "通知", "", None, rest, "650000"))
    assert shipped().is_workday(date(2026, 10, 10))
    assert not calendar.is_workday(date(2026, 10, 10))
    assert calendar.add(date(2026, 10, 9), 1) == date(2026, 10, 12)
    assert calendar.special(date(2026, 10, 9), date(2026, 10, 12)) == ()


def test_a_new_year_moves_the_known_days_on_and_a_gap_is_not_passed_over() -> None:
    year = shipped().layers[0].years[2026]
    moved = YearArrangement(2028, "国办发明电〔2027〕1号", "", date(2027, 11, 1), (), "")
    calendar = shipped().with_year(moved)
    assert calendar.known_through == date(2026, 12, 31)
    assert calendar.knows(date(2028, 2, 1))
    assert calendar.first_unknown(date(2026, 12, 1), date(2028, 2, 1)) == date(2027, 1, 1)
    assert calendar.with_year(replace(year, year=2027, days=())).known_through == date(2028, 12, 31)


def test_a_local_closure_leaves_the_known_years_as_they_are() -> None:
    closed = shipped().with_days([ArrangedDay(date(2026, 9, 8), False, "台风停工", "防汛指挥部通知")])
    assert closed.known_through == shipped().known_through
    assert closed.note(date(2026, 9, 8)) == (date(2026, 9, 8), False, "台风停工", "防汛指挥部通知")
    assert closed.knows(date(2026, 9, 8))
