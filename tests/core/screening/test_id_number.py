"""Identity numbers: what blocks, what warns, and the many numbers that are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.people import ID_NUMBERS, cut, disguises, id_number

from gongkai.core.screening.personal import find
from gongkai.core.screening.personal.id_number import check_digit

KNOWN = id_number()


def cases(text: str, **options: str) -> list[str]:
    return [hit.case for hit in find(text, **options) if hit.kind == "id_number"]


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert check_digit("11010519491231002") == "X"  # the example of GB 11643-1999
    assert check_digit("44052418800101001") == "4"


@given(ID_NUMBERS, st.sampled_from(["张三", "编号：", "（", ""]), st.sampled_from(["。", "，男", "）", ""]))
def test_a_number_is_found_however_it_is_written(number: str, before: str, after: str) -> None:
    for written in disguises(number):
        assert cases(f"{before}{written}{after}") == ["id_number"], written


@given(ID_NUMBERS, st.integers(1, 17), st.sampled_from([" ", "-", "\n", "\u200b", "  ", "—", ".", "_"]))
def test_one_cut_anywhere_hides_nothing(number: str, at: int, mark: str) -> None:
    assert cases(f"号码{cut(number, at, mark)}。") == ["id_number"]


@given(ID_NUMBERS)
def test_the_mask_keeps_two_and_three_and_is_as_long(number: str) -> None:
    hit, = find(f"身份证{number}")
    assert hit.masked == f"{number[:2]}{'*' * 13}{number[-3:]}"
    assert hit.stop - hit.start == len(hit.masked)


@given(ID_NUMBERS)
def test_a_wrong_check_digit_warns_unless_the_text_calls_it_an_identity_number(number: str) -> None:
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    if not wrong.endswith("000"):
        assert cases(f"流水{wrong}") == ["id_doubtful"]
    assert cases(f"身份证号：{wrong}") == ["id_named"]
    assert cases(wrong, context="证件号码") == ["id_named"]


def test_a_number_in_chinese_digits_ends_where_the_next_item_begins() -> None:
    chinese = KNOWN.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    assert cases(f"号码{chinese}\n一、提高认识。") == ["id_number"]
    assert cases(f"第一\n{chinese[:9]}\n{chinese[9:]}。") == ["id_number"]
    assert cases("一二三四五六七八九〇\n一、提高认识\n二、三、四、五、六、七、八、九、十") == []


def test_numbers_of_a_spreadsheet() -> None:
    assert cases("3.30106198001011E+17") == ["id_rounded"]
    assert cases("3.3010619800101124e+17") == ["id_rounded"]
    assert cases("3.30106E+17") == ["id_display"]
    assert cases(f"{KNOWN[:15]}000") == ["id_rounded"]
    assert cases(f"{KNOWN}.0") == ["id_number"]
    assert cases("9.90106E+17") == []


def test_the_old_card_of_fifteen_digits() -> None:
    assert cases("330106800101123") == ["id_old"]
    assert cases("身份证：330106800101123") == ["id_old_named"]
    assert cases("330106801301123") == []


def test_number_and_telephone_without_anything_between() -> None:
    found = find(f"{KNOWN}13812345678")
    assert [hit.case for hit in found] == ["id_number", "mobile"]


@pytest.mark.parametrize("text", [
    "91330106MA27XXXX1Q", "统一社会信用代码：11330106002500000X", "浙政发〔2023〕12号", "2020-330106-48-01-123456",
    f"流水号{KNOWN}7", f"8{KNOWN}", "索引号：11330106002500000X/2023-12345", "330199199913011234", "331106198002301235",
    "本级 330106 1980 0101 12 34 56", "合计 1234567890.123456789012345678", "单位：万元 330106 198 001 011 235",
])
def test_what_is_no_identity_number(text: str) -> None:
    assert cases(text) == []


def test_every_birthday_from_1900_is_plausible_and_no_other_day_is() -> None:
    assert cases(id_number(born=date(1900, 1, 1))) == ["id_number"]
    first = "33010618991231123"
    assert cases(first + check_digit(first)) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cross_in_the_next_line_belongs_to_the_number(end: str) -> None:
    number = next(n for n in map(str, range(33010619800101100, 33010619800101200)) if check_digit(n) == "X")
    other = next(n for n in map(str, range(33010619800101100, 33010619800101200)) if check_digit(n) != "X")
    assert cases(f"证号{number}{end}X。") == ["id_number"]
    assert cases(f"证号{other}{end}X。") == []


def test_the_letter_x_counts_as_one_of_its_group():
    """210 102 1976 0105 563X, without a word that tells what it is."""
    number = next(one for order in range(100, 400) if (one := id_number(order=order)).endswith("X"))
    cut = " ".join((number[:3], number[3:6], number[6:10], number[10:14], number[14:]))
    [found] = find(f"户主某某 {cut}")
    assert found.kind == "id_number"


@given(st.integers(1, 14))
def test_fifteen_digits_over_the_end_of_a_line_are_one_number(at: int) -> None:
    number = "330106510203123"
    assert cases(f"王丽（{number[:at]}\n{number[at:]}）") == ["id_old"]
    assert cases(f"身份证号{number[:at]}\n{number[at:]}，") == ["id_old_named"]
    assert cases(f"12 {number[:at]}\n{number[at:]} 35") == []
