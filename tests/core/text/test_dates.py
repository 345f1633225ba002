"""Dates in every way of writing them; impossible ones are passed over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.text.dates import arabic_lines, arabic_years, date_at_end, find_dates, whole_date

_DIGITS = "〇一二三四五六七八九"


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def _written(on: date) -> list[str]:
    year = "".join(_DIGITS[int(digit)] for digit in str(on.year))
    return [
        f"{on.year}年{on.month}月{on.day}日", f" {on.year} 年 {on.month} 月 {on.day} 日 ", on.isoformat(),
        f"{on.year}.{on.month}.{on.day}", f"{on.year}/{on.month}/{on.day}", f"（{on.year}年{on.month}月{on.day}日）",
        f"{year}年{_ordinal(on.month)}月{_ordinal(on.day)}日", f"{on.year}年{on.month:02}月{on.day:02}号",
        f"{year.replace('〇', 'O')}年{_ordinal(on.month)}月{_ordinal(on.day)}日",
    ]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_gives_the_date(on: date) -> None:
    assert {whole_date(text) for text in _written(on)} == {on}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["青山县财政局", "", "办公室："]))
def test_a_date_at_the_end_of_a_line_is_told_from_what_stands_before_it(on: date, before: str) -> None:
    spelt = [text for text in _written(on) if text.strip()[-1] == "日"]
    assert {date_at_end(before + text) for text in spelt} == {(before.replace("：", ":"), on)}
    assert date_at_end(f"{before}{on.isoformat()}") is None


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), max_size=5))
def test_all_dates_of_a_text_are_found_in_order(days: list[date]) -> None:
    text = "自" + ",至".join(f"{on.year}年{on.month}月{on.day}日" for on in days) + "止。"
    assert [found.on for found in find_dates(text)] == days


@pytest.mark.parametrize(
    "text", ["2021年2月30日", "2021年13月1日", "120210-1-2", "2021-1-2.3x", "去年", "2021年", "截至2024年1月9日"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert whole_date(text) is None


@given(st.integers(2000, 2099))
def test_years_in_characters_become_digits(year: int) -> None:
    for digits in (_DIGITS, "零" + _DIGITS[1:], "○" + _DIGITS[1:], "0" + _DIGITS[1:]):
        assert arabic_years("".join(digits[int(digit)] for digit in str(year)) + " 年 度") == f"{year}年度"


def test_years_are_changed_line_by_line() -> None:
    assert arabic_lines("二〇二一年\n共二三件 ２０２２年") == "2021年\n共二三件2022年"
