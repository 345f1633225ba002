from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.core.law.answers import ANSWERS, GROUNDS, LETTERS, RowSettings, answer, check_answer, report_row
from gongkai.core.law.articles import article
from gongkai.core.report.forms import form

_COUNTED = {"new", "carried_in", "closed", "carried_out"}
_ROW = {"published": "granted", "granted": "granted", "partial": "partial", "not_held": "unable_not_held",
        "not_ours": "unable_not_held", "creation": "unable_creation", "unclear": "unable_unclear",
        "petition": "unhandled_petition", "repeat": "unhandled_repeat", "publication": "unhandled_publication",
        "excessive": "unhandled_excessive", "confirmation": "unhandled_confirmation",
        "uncorrected": "other_uncorrected", "unpaid": "other_unpaid", "withdrawn": "other_rest",
        "not_information": "other_rest", "other": "other_rest"}
_GROUPS = {"granted": "予以公开", "partial": "部分公开", "refused": "不予公开", "unable": "无法提供",
           "unhandled": "不予处理", "other": "其他处理"}


def test_every_outcome_row_of_a_form_is_reached_and_no_other():
    for form_id in ("2019", "2021"):
        rows = {label.key for label in form(form_id).t3_rows} - _COUNTED
        assert {report_row(key, form_id) for key in ANSWERS} == rows


def test_each_kind_has_the_row_that_the_law_gives_it():
    for key, kind in ANSWERS.items():
        assert kind.row == (key if key.startswith("refused_") else _ROW[key])
        assert kind.group == _GROUPS[kind.row.split("_")[0]]


def test_rows_whose_mapping_is_practice_can_be_set():
    settings = RowSettings(not_information="unable_not_held", published="other_rest")
    assert report_row("not_information", "2021", settings) == "unable_not_held"
    assert report_row("published", "2019", settings) == "other"
    assert report_row("granted", "2021", settings) == "granted"


def test_an_unknown_form_or_kind_is_an_error():
    with pytest.raises(KeyError):
        report_row("granted", "2024")
    with pytest.raises(KeyError):
        answer("denied")


@pytest.mark.parametrize("kind", ANSWERS.values(), ids=lambda kind: kind.key)
def test_the_data_are_whole(kind):
    assert kind.sentence.endswith("。")
    assert len(kind.sentence) <= 60
    assert re.fullmatch(r"(reply_[a-z_]+|withdrawal_confirmation)", kind.letter)
    assert kind.letter in LETTERS
    assert not kind.article or article(kind.article)
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    assert all(field.help.endswith("。") for field in kind.fields)
    assert kind.needs_reasons == any(f.name == "reasons" and f.required for f in kind.fields)
    assert kind.discloses == (kind.key in {"granted", "partial"})
    if kind.key.startswith("refused_") or kind.key == "partial":
        assert kind.remedy == "reconsideration_first"


def test_grounds_are_the_refusal_rows_in_the_order_of_the_form():
    rows = [label.key for label in form("2021").t3_rows if label.key.startswith("refused_")]
    assert list(GROUNDS) == rows
    assert [ground.code for ground in GROUNDS.values()] == [f"D{n}" for n in range(1, 9)]
    assert {key for key, g in GROUNDS.items() if g.discretion} == {
        "refused_internal", "refused_process", "refused_enforcement",
    }


@pytest.mark.parametrize("kind", ANSWERS.values(), ids=lambda kind: kind.key)
def test_an_empty_answer_lacks_exactly_the_required_fields(kind):
    required = [field.name for field in kind.fields if field.required]
    assert [m.field for m in check_answer(kind.key, {})] == required
    assert [m.field for m in check_answer(kind.key, dict.fromkeys(required, " \u3000"))] == required
    full = {f.name: [{"what": "姓名", "ground": "refused_third_party"}] if f.kind == "redactions" else "写明"
            for f in kind.fields}
    assert check_answer(kind.key, full) == []
    for name in required:
        assert [m.field for m in check_answer(kind.key, full | {name: None})] == [name]


def test_does_not_exist_needs_the_search_record():
    missing = check_answer("not_held", {"search_scope": "档案室", "search_terms": "土地", "searched_by": "王"})
    assert [m.field for m in missing] == ["search_systems", "searched_on"]
    assert "没有填写" in missing[0].sentence
    assert not [m for m in check_answer("not_held", {"searched_on": date(2026, 1, 5)}) if m.field == "searched_on"]


def test_a_right_organ_comes_with_its_contact_and_may_be_unknown():
    assert check_answer("not_ours", {"reasons": "职责不在本机关"}) == []
    missing = check_answer("not_ours", {"reasons": "职责", "right_organ": "自然资源局"})
    assert [m.field for m in missing] == ["right_contact"]


@pytest.mark.parametrize(("redactions", "count"), [
    ([], 1), ("姓名", 1), (["姓名"], 1), ({"what": "姓名"}, 1),
    ([{"what": "姓名"}], 1), ([{"ground": "refused_secret"}], 1), ([{}], 2),
    ([{"what": "姓名", "ground": "granted"}], 1),
    ([{"what": "数据", "ground": "refused_law"}], 1),
    ([{"what": "数据", "ground": "refused_law", "statute": "统计法第九条"}], 0),
    ([{"what": "姓名", "ground": "refused_third_party"}, {"what": "讨论记录"}], 1),
])
def test_every_redaction_has_its_ground(redactions, count):
    values = {"redactions": redactions, "reasons": "理由", "way": "邮寄", "time": "随本答复"}
    assert len(check_answer("partial", values)) == count
