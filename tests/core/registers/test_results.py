"""驳回 is two results: one for the organ, one not on the matter."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.registers.parse import parse_row
from gongkai.core.registers.read import Row

_TODAY = date(2026, 11, 21)
_ROW = {
    "number": "A1", "received": "2026-01-05", "applicant_kind": "自然人", "content": "甲", "closed": "2026-01-20",
    "outcome": "予以公开",
}


def _parsed(prefix, result):
    cells = {f"{prefix}_received": "2026-02-01", f"{prefix}_decided": "2026-03-01", f"{prefix}_result": result}
    if prefix == "suit":
        cells["suit_kind"] = "直接起诉"
    return parse_row(Row(2, _ROW | cells), _TODAY)


@pytest.mark.parametrize(("prefix", "word", "result"), [
    ("suit", "驳回诉讼请求", "upheld"), ("suit", "驳回原告的诉讼请求", "upheld"),
    ("suit", "驳回全部诉讼请求", "upheld"),
    ("suit", "驳回原告 全部诉讼请求", "upheld"), ("suit", "判决驳回原告诉讼请求", "upheld"),
    ("suit", "驳回起诉", "other"), ("suit", "裁定驳回起诉", "other"), ("suit", "准许撤诉", "other"),
    ("suit", "发回重审", "other"), ("reconsideration", "驳回复议请求", "upheld"),
    ("reconsideration", "驳回申请人的行政复议请求", "upheld"), ("reconsideration", "驳回复议申请", "other"),
    ("reconsideration", "驳回行政复议申请", "other"), ("reconsideration", "不予受理", "other"),
])
def test_the_words_of_the_decision(prefix, word, result):
    parsed = _parsed(prefix, word)
    assert [one.result for one in parsed.entry.disputes] == [result]
    assert parsed.problems == ()


@pytest.mark.parametrize(("prefix", "claim"), [("suit", "驳回诉讼请求"), ("reconsideration", "驳回复议请求")])
def test_a_bare_dismissal_is_never_silent(prefix, claim):
    parsed = _parsed(prefix, "驳 回")
    assert [one.result for one in parsed.entry.disputes] == ["other"]
    problem, = parsed.problems
    assert (problem.field, problem.code, problem.severity) == (f"{prefix}_result", "dismissal-unclear", "warning")
    assert claim in problem.message


@pytest.mark.parametrize("prefix", ["suit", "reconsideration"])
def test_an_unknown_result_is_one_problem(prefix):
    parsed = _parsed(prefix, "不清楚")
    assert [one.code for one in parsed.problems] == ["unknown-result"]
