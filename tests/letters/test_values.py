"""What people write goes onto paper as it is and never breaks a file."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.letters.test_kinds import OWN, made, words

from gongkai.core.errors import Refused
from gongkai.letters import filling, rules
from gongkai.letters.kinds import KINDS

NASTY = [
    "<w:p>&amp;</w:p>", "a < b && c > d", "{{ 申请人 }}{% for x in y %}", "]]>", '"引号"与\'单引号\'', "😀🏠",
    "长" * 300, "\x00\x07\x1b[31m", "甲\u202e乙", "第一段\n第二段\r\n\r\n第三段", "\ud800", "\ufffe",
    "{_{x}_}", "<!DOCTYPE x>", "\a\f\v",
]


@pytest.mark.parametrize("value", NASTY, ids=ascii)
def test_no_value_breaks_the_document(value):
    data = made("reply_granted", {"requested": f"始{value}终", "applicant": f"张{value}"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))
    text = words(data)
    assert "始" in text
    assert "终" in text
    for bad in ("\x00", "\x07", "\x1b", "\u202e", "\ufffe"):
        assert bad not in text


def test_marks_stand_on_paper_as_they_were_typed():
    text = words(made("reply_granted", {"requested": "a < b && {{ 申请人 }} <b>粗</b> 😀"}))
    assert "a < b && {{ 申请人 }} <b>粗</b> 😀" in text


def test_lines_become_paragraphs_with_the_same_indent():
    opened = docx.Document(io.BytesIO(made("correction_notice", {"correction": "甲；\n乙；\n丙。"})))
    found = [p for p in opened.paragraphs if p.text.startswith(("甲", "乙", "丙"))]
    assert [p.text for p in found] == ["甲；", "乙；", "丙。"]
    assert len({p.paragraph_format.first_line_indent for p in found}) == 1


def test_a_full_stop_is_not_set_twice():
    assert "理由：没有现成信息。" in words(made("reply_creation", {"reasons": "没有现成信息。"}))
    assert "。。" not in words(made("reply_creation", {"reasons": "没有现成信息。", "facts": "已检索。"}))


def test_a_letter_too_long_is_refused():
    with pytest.raises(Refused) as caught:
        made("reply_other", {"treatment": "字" * (filling.MOST + 1)})
    assert caught.value.code == "letter-too-long"


@pytest.mark.parametrize("wrong", [["甲"], {"a": 1}, True])
def test_text_must_be_text(wrong):
    with pytest.raises(Refused) as caught:
        filling.fill(KINDS["receipt"], filling.sample(KINDS["receipt"]) | {"requested": wrong}, OWN, date(2026, 3, 5))
    assert caught.value.code == "letter-field-shape"


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(text):
    once = filling.clean(text)
    assert filling.clean(once.replace("\a", "\n")) == once


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_text_leaves_a_document_that_opens(text):
    assert "终" in words(made("receipt", {"requested": f"{text}终"}))


def test_dates_on_paper():
    assert filling.on_paper(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(("agency_word", "kind_word", "joined"), [
    ("青民公", "公复", "青民公复"), ("青民", "公复", "青民公复"), ("青民公", "复", "青民公复"),
    ("青澜县民政局", "公补", "青澜县民政局公补"),
])
def test_prefixes_meet_without_doubling(agency_word, kind_word, joined):
    assert rules.prefix(agency_word, kind_word) == joined


def test_codes_are_long_readable_and_told_apart():
    codes = {rules.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert len(rules.ALPHABET) ** rules.PLACES > 2 ** 60
    assert not set("01OIL") & set(rules.ALPHABET)
    for code in codes:
        assert rules.typed_code(rules.shown_code(code)) == code
