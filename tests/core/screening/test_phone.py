"""Telephones: a person's, an office's, and rows of figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.people import MOBILES, disguises

from gongkai.core.screening.personal import find


def cases(text: str, **options: object) -> list[str]:
    return [hit.case for hit in find(text, **options) if hit.kind == "phone"]  # type: ignore[arg-type]


@given(MOBILES, st.sampled_from(["张三", "手机：", "电话 "]))
def test_a_mobile_number_is_found_however_it_is_written(number: str, before: str) -> None:
    for written in disguises(number):
        assert cases(f"{before}{written}。") == ["mobile"], written


@given(MOBILES, st.sampled_from(["+86", "+86 ", "0086-", "86", "(+86)", "0"]))
def test_codes_before_the_number_hide_nothing(number: str, prefix: str) -> None:
    for written in (number, f"{number[:3]} {number[3:7]} {number[7:]}", f"{number[:3]}-{number[3:7]}-{number[7:]}"):
        if prefix == "0" and written != number:
            continue
        assert cases(f"张三{prefix}{written}") == ["mobile"], (prefix, written)


@given(MOBILES)
def test_the_mask_is_that_of_the_office(number: str) -> None:
    assert find(f"手机{number}")[0].masked == f"{number[:3]}****{number[7:]}"


@pytest.mark.parametrize("text", [
    "咨询电话：13812345678", "监督举报电话13812345678", "传真：0571-87654321，值班手机：13812345678",
    "县水利局联系人：防汛办，联系电话：13812345678", "三江河河长责任人联系电话 13812345678（县河道中心）",
])
def test_an_office_that_wants_to_be_reached_warns(text: str) -> None:
    assert cases(text) == ["mobile_office"]


@pytest.mark.parametrize("text", [
    "联系电话：13812345678", "申请人张三，咨询电话：13812345678", "姓名：李四 电话：13812345678",
    "身份证号略，联系电话13812345678，某某局",
])
def test_a_person_blocks(text: str) -> None:
    assert cases(text) == ["mobile"]


def test_a_number_called_something_else_warns() -> None:
    assert cases("订单号：13812345678") == ["mobile_doubtful"]


def test_landlines_are_an_offices_own_unless_the_text_speaks_of_a_home() -> None:
    assert cases("联系电话：0571-87654321") == []
    assert cases("家庭电话：0571-87654321") == ["landline_private"]
    assert cases("举报人张某，家中座机：0571-87654321") == ["landline_private"]
    assert cases("联系电话：0571-87654321", hidden=True) == ["landline_hidden"]


def test_a_number_cut_by_a_line_warns_where_other_numbers_stand_near() -> None:
    assert cases("请遵照执行。\n139699\n48149\n联系电话：0591-87654321") == ["mobile_doubtful"]
    assert cases("合计 15,000,000,000 元、2,300 元") == []
    assert cases("1500-2000-300、1200-2000-200") == []


def test_numbers_as_spreadsheets_keep_them() -> None:
    assert cases("13812345678.0") == ["mobile"]
    assert cases("1.3812345678E+10") == ["mobile"]


@given(MOBILES, st.sampled_from(["{}.00", "金额 {}.50"]))
def test_an_amount_with_two_decimals_is_no_mobile_number(number: str, written: str) -> None:
    assert cases(written.format(number)) == []


@given(st.integers(13_000_000_000, 18_999_999_999))
def test_amounts_in_thousands_and_with_a_point_are_no_mobile_numbers(number: int) -> None:
    assert cases(f"合计{number:,}元") == []
    assert cases(f"合计{number // 100}.{number % 100:02d}") == []
    assert cases(f"{number // 1000:,}.{number % 1000:03d}") == []


@given(MOBILES)
def test_a_column_of_amounts_holds_no_mobile_numbers_and_one_of_other_numbers_warns(number: str) -> None:
    assert cases(number, context="金额（元）") == []
    assert cases(number, context="收入金额 联系电话") == ["mobile"]
    assert cases(number, context="准考证号") == ["mobile_doubtful"]
    assert cases(f"2061.0{number}") == []


@pytest.mark.parametrize("text", [
    "某\n1 3 8 1 2 3 4 5 6 7 8", "某\n1\n3\n8\n1\n2\n3\n4\n5\n6\n7\n8", "2026年3月12日 138-12345678",
    "3月12日\n138 1234\n5678",
])
def test_eleven_digits_that_may_be_a_mobile_number_warn(text: str) -> None:
    assert cases(text) == ["mobile_doubtful"]


def test_a_row_of_small_figures_has_no_mobile_number() -> None:
    assert cases("计\n1 3 0 0 0 0 0 0 0 1 1") == []
    assert cases("计\n1 3 8 1 2 3 4 5 6 7 8 9") == []


@pytest.mark.parametrize("text", [
    "投资13812345678元", "13812345678.25", "W020230113555123456789", "合计 1523 4567890 12",
    "本年 1 3 0 0 0 0 4 5 6 1 2",
    "0.13812345678", "138123456789", "收入 15234 678901 3", "1998 2003 123 5", "编码2113812345678", "12345", "110",
])
def test_what_is_no_mobile_number(text: str) -> None:
    assert cases(text) == []


@given(MOBILES, st.sampled_from("*、+~→～＊"))
def test_other_marks_between_the_groups(number: str, mark: str) -> None:
    written = mark.join((number[:3], number[3:7], number[7:]))
    assert cases(f"手机：{written}。") == ["mobile"]
    assert cases(f"咨询电话：{written}。") == ["mobile_office"]
    assert cases(f"共计{written}。") == ["mobile_doubtful"]
    assert cases(f"共计{written}{mark}2041。") == []


@given(MOBILES, st.sampled_from("\u0332\u0336\u20e3"))
def test_marks_set_on_the_digits_hide_nothing(number: str, mark: str) -> None:
    assert cases(f"手机{''.join(digit + mark for digit in number)}") == ["mobile"]


@given(MOBILES, st.integers(1, 10), st.sampled_from([
    "王丽 330106198001011235 {}；张明 330106198001011243 13900001111；", "（{}）、李强（13900001111）",
    "程小红（{}）反映，", "王丽 33010619800101123X，{}\n共 3 人",
]))
def test_a_number_over_the_end_of_a_line_is_found_between_others(number: str, at: int, around: str) -> None:
    text = around.format(f"{number[:at]}\n{number[at:]}")
    assert "mobile" in [hit.case for hit in find(text) if "\n" in hit.masked], text


@pytest.mark.parametrize("text", [
    "1 工程甲 1500000000\n2 工程乙 1600000000\n", "2023年 1938490634\n1 2 3 4\n",
    "12 1938490634\n2、其他收入 1890000000",
])
def test_figures_at_the_end_of_a_row_and_the_next_number_are_no_telephone(text: str) -> None:
    assert not [case for case in cases(text) if case == "mobile"]
