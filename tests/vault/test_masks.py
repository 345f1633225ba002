"""Masks: what they show is known, and what they must hide they hide for any input."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.vault.fields import FIELDS
from gongkai.vault.masks import mask

DIGITS = st.text("0123456789", min_size=1, max_size=24)


@pytest.mark.parametrize(("field", "value", "seen"), [
    ("name", "张伟明", "张**"), ("name", "张伟", "张*"), ("name", "欧阳修文", "欧**"), ("name", "甲", "*"),
    ("name", "John Smith", "J**"), ("name", "买买提·阿不都", "买**"),
    ("id_number", "350481199001011123", "35*************123"), ("id_number", "G12345678", "G********"),
    ("id_number", "1234", "****"),
    ("phone", "13801231234", "138****1234"), ("phone", "+86 138 0123 1234", "138****1234"),
    ("phone", "１３８０１２３１２３４", "138****1234"), ("phone", "0598-3812345", "059*-*****45"),
    ("phone", "3812345", "3****45"), ("phone", "110", "****"), ("fax", "找王主任转张伟明", "****"),
    ("address", "福建省三明市永安市燕西街道江滨路12号3幢501室", "福建省三明市永安市燕西街道****"),
    ("address", "北京市西城区丰汇园小区3号楼", "北京市西城区****"),
    ("address", "永安市小陶镇五一村东区8号", "永安市小陶镇****"), ("address", "江滨路12号", "****"),
    ("address", "福州市鼓楼区东街88号镇海楼2单元", "福州市鼓楼区****"),
    ("address", "福州市阳光花园西区3栋", "福州市****"), ("address", "江西省景德镇市珠山区新村街道1号",
                                                 "江西省景德镇市珠山区****"),
    ("address", "内蒙古自治区锡林郭勒盟正蓝旗桑根达来镇9号", "内蒙古自治区锡林郭勒盟正蓝旗桑根达来镇****"),
    ("email", "abc@x.cn", "a***@x.cn"), ("email", "no-at-sign", "****"), ("postcode", "366000", "36****"),
    ("organisation", "青澜县惠民有限公司", "青澜县惠民有限公司"), ("id_type", "护照", "护照"), ("phone", "", ""),
])
def test_what_a_mask_shows(field, value, seen):
    assert mask(field, value) == seen


@given(DIGITS)
def test_a_number_never_shows_more_than_seven_digits_nor_its_middle(value):
    for field in ("phone", "id_number"):
        shown = mask(field, value)
        assert sum(c.isdigit() for c in shown) <= min(7, max(0, len(value) - 3))


@example("福建省三明市阳光小区镇")
@example("社区镇")
@given(st.text("福建省三明市永安燕西街道镇乡村路号幢小社区县0123456789A九 ", min_size=1, max_size=40))
def test_an_address_never_shows_a_digit_nor_a_road(value):
    shown = mask("address", value)
    assert not re.search(r"[0-9A路号幢村]|小区|社区", shown.rstrip("*"))


@given(st.text("张伟明ABC李· ", min_size=2, max_size=12).map(str.strip).filter(lambda s: len(s) > 1))
def test_a_name_shows_its_first_character_alone(value):
    assert mask("name", value).rstrip("*") == value[0]


HIDDEN = [f.name for f in FIELDS.values() if f.personal and f.name not in {"organisation", "credit_code"}]


@given(st.sampled_from(HIDDEN), st.text(min_size=1, max_size=60).filter(str.strip))
def test_nothing_typed_into_a_wrong_field_breaks_a_mask_or_passes_whole(field, value):
    shown = mask(field, value)
    bare = unicodedata.normalize("NFKC", value).strip()
    assert "*" in shown
    assert len(bare) < 2 or bare not in shown or set(bare) == {"*"}
