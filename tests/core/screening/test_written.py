"""Values written so that a reader understands them and a program might not: odd marks, drawn digits, letters, turns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.screening.people import CARDS, ID_NUMBERS, MOBILES

from gongkai.core.screening import clean, screen
from gongkai.core.screening.personal import find
from gongkai.core.screening.personal.view import as_shown

_MARKS = st.sampled_from([*"~～*+→、:：;=&_^'\"|\\<>()（）[]…#@!?%。‧∙⋅°〜﹒丶", " ~ ", "**", "：："])
_DRAWN = st.sampled_from([
    "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖",
])


def cases(text: str) -> list[str]:
    return [hit.case for hit in find(text)]


def groups(number: str, *sizes: int) -> list[str]:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at:at + size])
        at += size
    return [part for part in (*parts, number[at:]) if part]


@given(ID_NUMBERS, _MARKS)
@settings(deadline=None)
def test_odd_marks_hide_no_identity_number(number: str, mark: str) -> None:
    written = mark.join(groups(number, 6, 8))
    hit, = find(f"张三 {written}。")
    assert (hit.case, hit.stop - hit.start) == ("id_number", len(written))


@given(CARDS, _MARKS)
@settings(deadline=None)
def test_odd_marks_hide_no_card(number: str, mark: str) -> None:
    written = mark.join(groups(number, 4, 4, 4, 4))
    assert [hit.kind for hit in find(f"卡号 {written}。")] in (["bank_card"], ["id_number"])


@given(MOBILES, _MARKS, st.sampled_from([(3, 4), (3, 3), (4, 3), (3,)]))
@settings(deadline=None)
def test_odd_marks_hide_no_telephone_that_is_called_one(number: str, mark: str, sizes: tuple[int, ...]) -> None:
    assert cases(f"手机{mark.join(groups(number, *sizes))}。") == ["mobile"]
    assert mark in "_|" or "mobile" not in cases(f"合计{mark.join(groups(number, *sizes))}；")


@given(MOBILES)
@settings(deadline=None)
def test_brackets_in_a_telephone(number: str) -> None:
    assert cases(f"手机（{number[:3]}）{number[3:]}") == ["mobile"]
    assert cases(f"手机{number[:3]}({number[3:7]}){number[7:]}") == ["mobile"]
    assert cases(f"手机 ({number[:3]}) {number[3:7]}-{number[7:]}") == ["mobile"]


@given(MOBILES, _DRAWN)
@settings(deadline=None)
def test_drawn_digits_are_digits(number: str, digits: str) -> None:
    written = number.translate(str.maketrans("0123456789", digits))
    assert cases(f"手机：{written}") == ["mobile"]
    assert find(f"手机：{written}")[0].stop - find(f"手机：{written}")[0].start == len(written)


def test_drawn_digits_that_count_are_no_number() -> None:
    assert cases("①13812345678的来电②其他") == ["mobile"]  # the number of the item is none of the telephone's
    assert cases("①②③④⑤⑥⑦⑧⑨⑩") == []
    assert cases("面积10²米、20²米、30²米、40²米，见注¹²³") == []


@pytest.mark.parametrize("text", ["手机：13八12三4567八", "手机：幺三八幺二三四五六七八", "手机：1三8 1二34 五678"])
def test_digits_and_characters_mixed(text: str) -> None:
    assert cases(text) == ["mobile"]


def test_a_dash_that_is_a_character_joins_no_number() -> None:
    assert cases("共13800一15000人，范围138000一150000") == []


@given(ID_NUMBERS.filter(lambda number: "0" in number[2:16]))
@settings(deadline=None)
def test_letters_that_look_like_digits(number: str) -> None:
    for written in (number.replace("0", "O"), number.replace("0", "o", 1), number.replace("1", "l", 2)):
        if sum(letter.isdigit() for letter in written) >= 0.6 * len(written):
            assert cases(f"身份证号{written}") == ["id_number"], written


@pytest.mark.parametrize("text", [
    "型号IlO0Il1O0Il", "代码MA2B1O0OO1", "wool1looool", "统一社会信用代码91330106MA2B1O0001",
])
def test_words_with_such_letters_are_words(text: str) -> None:
    assert cases(text) == []


@given(ID_NUMBERS | MOBILES)
@settings(deadline=None)
def test_what_is_turned_round_is_read_as_it_is_shown(number: str) -> None:
    text = f"电话或身份证号：\u202e{number[::-1]}\u202c。"
    assert as_shown(text).replace("\u202c", "") == f"电话或身份证号：{number}。"
    assert {hit.case for hit in find(text)} & {"id_number", "mobile"}
    made = clean(f"第一行\n{text}".encode(), "a.txt").data.decode()
    assert number[::-1] not in made
    assert number not in as_shown(made)


def test_a_mark_turned_round_is_a_mark() -> None:
    found = screen("\u202e年5★密机\u202c\n正文。".encode(), "a.txt").findings
    assert "secrecy_mark" in {finding.kind for finding in found}


_WRITTEN = [
    "zhang1#163.com", "zhang1＃qq.com", "zhang1（at）163.com", "zhang1【at】163.com", "zhang1 at 163.com",
    "zhang1[@]163.com",
    "zhang1 AT 163 DOT com", "zhang1{at}163.com", "zhang1 (a) 163.com", "zhang1_at_163.com", "zhang1艾特163.com",
    "zhang1小老鼠163.com", "zhang1@163。com", "zhang1@163[.]com", "zhang1(at)163(dot)com", "zhang1@163点com",
    "zhang1*sina.com.cn", "z h a n g 1 @ 1 6 3 . c o m", "zhang1ⓐqq.com",
]


@pytest.mark.parametrize("written", _WRITTEN)
def test_addresses_with_something_else_for_the_at(written: str) -> None:
    for text in (f"请回复到 {written}。", f"({written})"):
        hit, = find(text)
        assert hit.case == "email"
        assert written.startswith(text[hit.start:hit.stop])


def test_what_replaces_the_at_may_be_told() -> None:
    assert cases("请发至zhang#mycompany.com（将#换成@）") == ["email"]


@pytest.mark.parametrize("text", [
    "见https://www.qq.com/a#b.com", "访问 www.163.com 或 mail.qq.com", "C#.net 开发", "第3点com接口",
    "look at the site sina.com",
    "xxgk#hz.gov.cn", "xxgk（at）hz.gov.cn", "地址 https://a.b.com/x-at-y.com",
])
def test_what_is_no_address(text: str) -> None:
    assert cases(text) == []


@pytest.mark.parametrize("text", ["浙A_12B45", "浙A（12B45）", "浙A：12B45", "浙A\n12B45", "浙A|12B45", "浙A~12B45"])
def test_plates_with_other_marks(text: str) -> None:
    assert cases(f"车牌号：{text}") == ["plate"]


@pytest.mark.parametrize("text", ["E 1234 5678", "E-12345678", "E1234 5678", "EA-1234567"])
def test_passports_in_groups(text: str) -> None:
    assert cases(f"护照号码：{text}") == ["passport"]
