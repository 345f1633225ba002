"""Dates in every way of writing them; impossible ones are passed over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.text.dates import find_dates, find_years, parse_date

_DIGITS = "〇一二三四五六七八九"


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def _written(on: date) -> list[str]:
    year = "".join(_DIGITS[int(digit)] for digit in str(on.year))
    return [
        f"{on.year}年{on.month}月{on.day}日", f" {on.year} 年 {on.month} 月 {on.day} 日 ", on.isoformat(),
        f"{on.year}.{on.month}.{on.day}", f"{on.year}/{on.month}/{on.day}",
        f"{year}年{_ordinal(on.month)}月{_ordinal(on.day)}日", f"{on.year}年{on.month:02}月{on.day:02}号",
    ]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_gives_the_date(on: date) -> None:
    assert {parse_date(text) for text in _written(on)} == {on}


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), max_size=5))
def test_all_dates_of_a_text_are_found_in_order(days: list[date]) -> None:
    text = "自" + "，至".join(f"{on.year}年{on.month}月{on.day}日" for on in days) + "止。"
    assert [found.on for found in find_dates(text)] == days


@pytest.mark.parametrize("text", ["2021年2月30日", "2021年13月1日", "120210-1-2", "2021-1-2.3x", "去年", "2021年"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_years_are_found_in_digits_and_characters() -> None:
    assert find_years("２０２１年度和二〇二二年，2023 年共2024件") == [2021, 2022, 2023]
