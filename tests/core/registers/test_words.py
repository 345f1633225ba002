"""What offices write for a kind of applicant and an outcome, and how often a sheet says that a column is missing."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.errors import ReadError
from gongkai.core.registers.parse import parse, parse_row
from gongkai.core.registers.read import Row, read

_TODAY = date(2026, 11, 21)
_ROW = {
    "number": "A1", "received": "2026-01-05", "applicant_kind": "自然人", "content": "甲", "closed": "2026-01-20",
    "outcome": "予以公开",
}


@pytest.mark.parametrize(("text", "kind"), [
    ("法人或其他组织（商业企业）", "business"), ("法人或者其他组织—法律服务机构", "legal"),
    ("法人或其他组织[科研机构]", "research"),
    ("法人或其他组织（其他）", "other"), ("法人和其他组织：社会公益组织", "welfare"), ("法人或其他组织", None),
    ("法人或其他组织（单位）", None),
])
def test_a_kind_under_its_head(text, kind):
    assert parse_row(Row(2, _ROW | {"applicant_kind": text}), _TODAY).entry.applicant_kind == kind


@pytest.mark.parametrize(("text", "key"), [
    ("部分予以公开", "partial"), ("予以部分公开", "partial"), ("予以全部公开", "granted"), ("予以公开", "granted"),
])
def test_outcomes_that_say_more(text, key):
    assert parse_row(Row(2, _ROW | {"outcome": text}), _TODAY).entry.outcome == key


@pytest.mark.parametrize("text", ["不予以公开", "未予以公开", "予以", "予以答复", "不公开"])
def test_outcomes_that_say_too_little(text):
    assert [one.code for one in parse_row(Row(2, _ROW | {"outcome": text}), _TODAY).problems] == ["unknown-outcome"]


def test_a_missing_column_is_said_once():
    text = "登记号,收到日期,渠道\n" + "".join(f"A{n},2026-01-0{n},网络\n" for n in range(1, 6))
    register = parse(read(text.encode()), _TODAY)
    assert len(register.entries) == 5
    assert sorted(one.code for one in register.problems) == ["applicant-kind-missing", "content-missing"]
    assert all("各行都没有" in one.message for one in register.problems)


def test_noise_is_answered_in_the_words_of_registers():
    with pytest.raises(ReadError) as refused:
        read(bytes(range(256)) * 20, "台账.csv")
    assert refused.value.code == "unknown-format"
    assert "年度报告" not in refused.value.message
