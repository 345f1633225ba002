from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.remedies import NO_REPLY, RemedySettings, must_reconsider_first, remedy_notice

_OLD, _NEW = date(2023, 12, 31), date(2024, 1, 1)
_ORGAN, _COURT = "某县人民政府", "某县人民法院"


@pytest.mark.parametrize("kind", [*ANSWERS, NO_REPLY])
def test_before_2024_either_way_is_open(kind):
    notice = remedy_notice(kind, _OLD, _ORGAN, _COURT)
    assert not notice.first
    assert notice.text == "" if kind == "withdrawn" else "也可以" in notice.text


@pytest.mark.parametrize("kind", [*ANSWERS, NO_REPLY])
def test_since_2024_refusals_go_to_reconsideration_first(kind):
    notice = remedy_notice(kind, _NEW, _ORGAN, _COURT)
    assert notice.first == (kind.startswith("refused_") or kind in {"partial", NO_REPLY})
    assert notice.first == must_reconsider_first(kind, _NEW)
    if notice.first:
        assert "应当先申请行政复议" in notice.text
        assert "不能直接提起行政诉讼" in notice.text
        assert "6个月" not in notice.text
        assert any("第二十三条" in article for article in notice.articles)


def test_the_notice_of_a_refusal_word_for_word():
    notice = remedy_notice("refused_process", date(2026, 11, 21), _ORGAN, _COURT)
    assert notice.text == (
        "对本答复不服的，应当先申请行政复议：可以自收到本答复之日起60日内向某县人民政府提出。"
        "对行政复议决定不服，或者行政复议机关逾期不作决定的，可以自收到复议决定书之日起或者复议期满之日起15日内"
        "向某县人民法院提起行政诉讼。未经行政复议，不能直接提起行政诉讼。"
    )


def test_the_notice_of_an_answer_that_is_no_refusal():
    notice = remedy_notice("not_held", _NEW, _ORGAN, _COURT)
    assert notice.text == (
        "对本答复不服的，可以自收到本答复之日起60日内向某县人民政府申请行政复议，"
        "也可以自收到本答复之日起6个月内依法向某县人民法院提起行政诉讼。"
    )
    assert notice.articles == ("《中华人民共和国行政复议法》第二十条", "《中华人民共和国行政诉讼法》第四十六条")


def test_which_answers_count_as_refusals_is_a_setting():
    settings = RemedySettings(reconsideration_first=frozenset({"not_held"}))
    assert remedy_notice("not_held", _NEW, _ORGAN, _COURT, settings).first
    assert not remedy_notice("refused_law", _NEW, _ORGAN, _COURT, settings).first


def test_a_notice_names_both_organs():
    with pytest.raises(ValueError, match="names the reviewing organ"):
        remedy_notice("granted", _NEW, " ", _COURT)
    with pytest.raises(KeyError):
        remedy_notice("denied", _NEW, _ORGAN, _COURT)
