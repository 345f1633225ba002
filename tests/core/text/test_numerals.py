"""Numbers in cells are read exactly or not at all; numbers in prose keep their rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.text.numerals import Numeral, is_blank, parse_chinese, parse_numeral

_DIGITS = "零一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789-.,", "０１２３４５６７８９－．，")


def in_chinese(number: int) -> str:
    """A number below 100,000 in full (一万零三十五), written for these tests."""
    text, zero = "", False
    for step, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return text or "零"


@given(st.integers(-10**12, 10**12))
def test_every_whole_number_comes_back(number: int) -> None:
    for text in (str(number), f"{number:,}", f" {number}\xa0", str(number).translate(_FULL_WIDTH)):
        assert parse_numeral(text) == Numeral(number, None)


@given(st.decimals(0, 10**8, places=4), st.sampled_from(["万元", "元", "亿元"]))
def test_amounts_keep_every_decimal_and_their_unit(amount: Decimal, unit: str) -> None:
    assert parse_numeral(f"{amount}{unit}") == parse_numeral(f"{amount} （{unit}）") == Numeral(amount, unit)


@given(st.integers(0, 999), st.integers(0, 999))
def test_two_numbers_in_a_cell_are_none(first: int, second: int) -> None:
    assert parse_numeral(f"{first} {second}") is None
    assert parse_numeral(f"{first}/{second}") is None


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200e", "\u2060", "\u00ad"])
def test_marks_without_width_are_not_there(mark: str) -> None:
    assert parse_numeral(f"{mark}12{mark}") == Numeral(12, None)
    assert is_blank(f"{mark} {mark}")
    assert is_blank(f"{mark}—")


@pytest.mark.parametrize("text", ["", "见附件", "12)", "（5", "约5", "1,23", "1.2.3", "5%", "--5", "9" * 70])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize("text", ["", " ", "\u3000", "-", "－", "—", "/", "无", "無", "\xa0"])
def test_marks_for_nothing_are_blank(text: str) -> None:
    assert is_blank(text)
    assert parse_numeral(text) is None


@pytest.mark.parametrize("text", ["0", "O", "1", "无申请"])
def test_zero_and_words_are_not_blank(text: str) -> None:
    assert not is_blank(text)


@given(st.integers(1, 99_999))
def test_chinese_numerals_come_back(number: int) -> None:
    text = in_chinese(number)
    assert parse_chinese(text) == number


@pytest.mark.parametrize(("text", "number"), [
    ("十", 10), ("十五", 15), ("两千", 2000), ("二〇二一", 2021), ("一亿二千万", 120_000_000), ("二十万零五", 200_005),
])
def test_short_and_large_chinese_numerals(text: str, number: int) -> None:
    assert parse_chinese(text) == number


@pytest.mark.parametrize("text", ["", "三百五", "三万五", "百分之三", "3百", "若干", "两三", "三四十"])
def test_ambiguous_and_foreign_numerals_are_none(text: str) -> None:
    assert parse_chinese(text) is None
