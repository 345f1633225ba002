from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.law.answers import ANSWERS, report_row
from gongkai.core.law.outcomes import parse_outcome
from gongkai.core.report.forms import all_forms
from gongkai.core.report.locate.labels import spell

_LABELS = [(f.id, label) for f in all_forms() for label in f.t3_rows]
_COUNTED = {"new", "carried_in", "closed", "carried_out"}


@pytest.mark.parametrize(("form_id", "label"), _LABELS, ids=lambda value: getattr(value, "key", value))
def test_every_row_is_read_in_every_spelling(form_id, label):
    spellings = [label.text, spell(label.text).core, "".join(label.path), "/".join(label.path[1:]), label.key,
                 "".join(spell(part).core for part in label.path[-2:]), *label.variants]
    for text in filter(None, spellings):
        key = parse_outcome(text)
        if label.key in _COUNTED:
            assert key is None, text
        else:
            assert key is not None, text
            assert report_row(key, form_id) == label.key, text


@pytest.mark.parametrize("kind", ANSWERS.values(), ids=lambda kind: kind.key)
def test_every_kind_is_read_by_its_own_words(kind):
    for word in (kind.key, kind.name, f" {kind.key.upper()} ", *kind.aliases):
        assert parse_outcome(word) == kind.key, word


def test_no_word_names_two_kinds():
    words = [spell(word).whole for kind in ANSWERS.values() for word in {kind.name, *kind.aliases}]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(("text", "key"), [
    ("予以公开", "granted"), ("（一）予以公开", "granted"), ("granted", "granted"), ("已主动公开", "published"),
    ("本机关不掌握相关政府信息", "not_held"), ("1.本机关不掌握相关政府信息", "not_held"), ("信息不存在", "not_held"),
    ("不属于本机关负责公开", "not_ours"), ("其他", "other"), ("3.其他", "other"), ("（六）其他处理", "other"),
    ("其他处理", "other"), ("部分公开", "partial"), ("屬於國家秘密", "refused_secret"),
    ("1．属于国家秘密", "refused_secret"),
    ("不予公开（商业秘密）", None), ("不予公开", None), ("无法提供", None), ("不予处理", None), ("2.其他", None),
    ("4.重复申请", "repeat"), ("总计", None), ("", None), ("   ", None), ("办理中", None), ("1", None),
    ("公开" * 400, None),
    ("其他法律、行政法规禁止公开", "refused_law"), ("逾期未缴费", "unpaid"), ("撤回", "withdrawn"),
])
def test_the_words_of_registers(text, key):
    assert parse_outcome(text) == key


@given(st.text(max_size=80))
def test_any_text_gives_a_kind_or_nothing(text):
    assert parse_outcome(text) in {None, *ANSWERS}


def test_the_short_keys_of_the_rows_are_read_too():
    assert parse_outcome("d5") == "refused_internal"
    assert [parse_outcome(short) for short in ("n1", "R4", "o2", "o3", "o")] == [
        "not_held", "excessive", "unpaid", "other", "other",
    ]
