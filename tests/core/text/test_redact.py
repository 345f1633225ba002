"""Nothing of the (synthetic) applicant is left, nothing else is touched, and the check sees what the removal missed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.core.text import redact
from gongkai.core.text.leaks import leaks
from gongkai.core.text.redact import MARK, remove_tokens
from gongkai.core.text.tokens import ORDINARY_WORDS, Token, tokens

_ID = "11010119900307221X"
_PHONE = "13900001234"
_WHO = tokens(
    name="欧阳测试", id_number=_ID, phone=[_PHONE, "0991-7654321"], email="ceshi.yi@example.cn",
    address="某省某市某县城关镇试验路12号3栋502室", organisation="某县试验田园商贸有限公司",
)
_FULL_WIDTH = str.maketrans("0123456789X@", "０１２３４５６７８９Ｘ＠")
_SPELT = str.maketrans("0123456789", "〇一二三四五六七八九")


@pytest.mark.parametrize("text", [
    "欧阳测试", "欧 阳　测试", "欧阳\n测试", "欧\u200b阳测\u00ad试", "欧-阳-测-试", "欧阳·测试", "欧*阳*测*试",
    "欧阳先生", "欧阳某", "欧阳某某", "欧阳××", "欧阳**", "欧阳 女士",
    _ID, _ID.lower(), "110101 19900307 221X", _ID.translate(_FULL_WIDTH), "110101-19900307-221X",
    "110101\n19900307221X",
    "110101900307221", "110101********221X", "110***********221X", "身份证尾号为221X",
    "身份证后四位：２２１ｘ",
    _PHONE, "139 0000 1234", "139-0000-1234", "+86 139 0000 1234", _PHONE.translate(_FULL_WIDTH),
    _PHONE.translate(_SPELT), "(139)00001234", "139\u200b0000\u200b1234", "139****1234", "尾号1234", "手机后4位是1234",
    "0991-7654321", "（0991）7654321", "7654321",
    "ceshi.yi@example.cn", "CESHI.YI＠example.cn", "ceshi.yi (at) example.cn", "ceshi.yi#example.cn", "ceshi.yi",
    "某省某市某县城关镇试验路12号3栋502室", "试验路12号3栋502室", "试验路１２号",
    "试验路 12 号", "3栋502室", "12号3栋502室",
    "某县试验田园商贸有限公司", "某县试验田园商贸",
    "试验田园商贸", "某县试验田园\n商贸有限公司",
])
def test_every_form_is_taken_out(text):
    whole = f"请公开{text}，2023年的补偿方案"
    redacted = remove_tokens(whole, _WHO)
    assert MARK in redacted.text
    assert redacted.text.startswith("请公开")
    assert redacted.text.endswith("，2023年的补偿方案")
    assert sum(redacted.counts.values()) == 1
    assert [leak for leak in leaks(redacted.text, _WHO) if leak.certain] == []
    assert remove_tokens(redacted.text, _WHO).text == redacted.text


@pytest.mark.parametrize("text", [
    "请公开某县城关镇2023年征地补偿方案", "欧洲阳光测验试题",
    "某政发〔2023〕1234号", "共计1234元", "2019年至2023年", "某省某市某县",
    "", "×", "12号文件", "编号139", "  前后\n空白\t保留　",
])
def test_nothing_else_is_touched(text):
    redacted = remove_tokens(text, _WHO)
    assert (redacted.text, redacted.counts) == (text, {})
    assert not [leak for leak in leaks(text, _WHO) if leak.certain]


def test_counts_say_what_was_found():
    redacted = remove_tokens(f"我是欧阳测试（{_PHONE}），欧阳测试再次申请，邮箱ceshi.yi@example.cn", _WHO)
    assert redacted.text == f"我是{MARK}（{MARK}），{MARK}再次申请，邮箱{MARK}"
    assert redacted.counts == {"name": 2, "phone": 1, "email": 1}


def test_a_name_that_is_an_ordinary_word_is_left_to_a_human():
    who = tokens(name="文化")
    assert "文化" in ORDINARY_WORDS
    redacted = remove_tokens("申请人：文化，申请公开文化馆建设方案", who)
    assert redacted.text == f"申请人：{MARK}，申请公开文化馆建设方案"
    assert [(doubt.kind, doubt.start) for doubt in redacted.doubts] == [("name", redacted.text.index("文化"))]
    assert [leak.certain for leak in leaks(redacted.text, who)] == [False]
    assert remove_tokens("文化先生要求公开名单", who).text == f"{MARK}先生要求公开名单"


def test_a_two_character_name_that_is_no_word_goes_everywhere():
    assert remove_tokens("邻居张弢与张弢之父", tokens(name="张弢")).text == f"邻居{MARK}与{MARK}之父"


def test_roads_given_names_and_birthdays_alone_are_only_reported():
    who = (*_WHO, Token("name", "李小测"))
    redacted = remove_tokens("试验路改造，小测表，1990年3月7日的批复", who)
    assert redacted.text == "试验路改造，小测表，1990年3月7日的批复"
    assert {doubt.kind for doubt in redacted.doubts} == {"address", "name", "id_number"}


def test_an_organisation_named_with_plain_words_does_not_mangle_the_text():
    who = tokens(organisation="某市建设工程有限公司")
    redacted = remove_tokens("某市建设工程有限公司要求公开建设工程规划许可证，某市建设工程", who)
    assert redacted.text == f"{MARK}要求公开建设工程规划许可证，{MARK}"
    assert [doubt.kind for doubt in redacted.doubts] == ["organisation"]


def test_what_stood_inside_something_else_goes_too():
    who = tokens(name="张弢")
    assert remove_tokens("张张弢弢来信", who).text == f"{MARK}来信"
    assert leaks("张××弢来信", who)


def test_traditional_characters_are_the_same_name():
    assert remove_tokens("申請人陳東陽", tokens(name="陳东阳")).text == f"申請人{MARK}"


_JOINTS = st.sampled_from(["", "", " ", "\u3000", "\n", "\u200b", "-", "·", "\u00a0", "\t"])
_AROUND = st.text(alphabet="请公开的土地征收，。 \n年度方案〔〕()", max_size=20)


@st.composite
def _written(draw):
    """A text with tokens of the applicant in it, each character perhaps joined by noise, digits in any width."""
    parts = [draw(_AROUND)]
    for _ in range(draw(st.integers(1, 4))):
        value = draw(st.sampled_from(_WHO)).value
        value = value.translate(draw(st.sampled_from([_FULL_WIDTH, {}])))
        parts.append("".join(character + draw(_JOINTS) for character in value))
        parts.append(draw(_AROUND))
    return "".join(parts)


@given(_written())
def test_whatever_the_noise_nothing_certain_is_left(text):
    redacted = remove_tokens(text, _WHO)
    assert redacted.counts
    assert [leak for leak in leaks(redacted.text, _WHO) if leak.certain] == []


@given(st.text(max_size=200))
@example("\ue000欧阳测试")
def test_any_text_can_be_redacted(text):
    remove_tokens(text, _WHO)
    leaks(text, _WHO)


@pytest.mark.parametrize(("kind", "text"), [
    ("name", "欧阳测试"), ("name", "欧阳 测 试"), ("phone", _PHONE.translate(_FULL_WIDTH)), ("phone", "139 0000 12"),
    ("id_number", _ID), ("id_number", "9900307221"),
    ("email", "ceshi.yi@example.cn"), ("organisation", "某县试验田园商贸有限公司"),
    ("address", "某省某市某县城关镇试验路12号3栋502室"),
])
def test_the_check_sees_what_a_faulty_removal_leaves(monkeypatch, kind, text):
    """Planted fault: the removal knows no form of this kind."""
    known = redact.forms_of
    monkeypatch.setattr(redact, "forms_of", lambda token, words: () if token.kind == kind else known(token, words))
    left = remove_tokens(f"请公开{text}的方案", _WHO).text
    found = [leak for leak in leaks(left, _WHO) if leak.certain]
    assert kind in {leak.kind for leak in found}
    assert all(leak.kind != kind or leak.start >= 3 for leak in found)


def test_the_check_sees_a_fault_in_reading_full_width_digits(monkeypatch):
    """Planted fault: the removal does not fold."""
    redact._folded.cache_clear()
    monkeypatch.setattr(redact, "fold", lambda text: text)
    left = remove_tokens(f"电话{_PHONE.translate(_FULL_WIDTH)}", _WHO).text
    redact._folded.cache_clear()
    assert [leak.kind for leak in leaks(left, _WHO) if leak.certain]


def test_an_excerpt_shows_no_leak():
    found = leaks(f"申请人欧阳测试，电话{_PHONE}，请公开方案", _WHO)
    assert found
    for leak in found:
        assert "测试" not in leak.excerpt
        assert "0000" not in leak.excerpt
        assert MARK in leak.excerpt


def test_two_sentences_that_meet_are_no_certain_leak():
    assert [leak.certain for leak in leaks("交给张。三个月", tokens(name="张三"))] == [False]


def test_tokens_leave_out_blanks_and_refuse_strange_kinds():
    assert tokens(name=" 测试 ", phone=["", "1"], email=None) == (Token("name", "测试"), Token("phone", "1"))
    with pytest.raises(KeyError):
        tokens(nickname="小测")
