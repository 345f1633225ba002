"""What was not found is counted, and nobody can be told by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import sought
from gongkai.search.entry import Query
from gongkai.search.models import Sought

DAY = date(2026, 3, 2)


@pytest.mark.django_db
def test_words_are_shown_when_they_were_missed_on_three_days() -> None:
    for days in (0, 0, 1, 2):
        sought.note(Query(text="停车收费 收费"), on=DAY + timedelta(days))
    for _ in range(9):
        sought.note(Query(text="林晓明"), on=DAY)
    assert sought.missed(since=DAY) == [("停车收费", 4), ("收费", 4)]
    assert sought.missed(since=DAY + timedelta(1)) == []
    sought.forget(on=DAY + timedelta(34), days=400)
    assert set(Sought.objects.values_list("word", flat=True)) == {"停车收费", "收费"}
    sought.forget(on=DAY + timedelta(403), days=400)
    assert Sought.objects.count() == 0


@pytest.mark.django_db
def test_a_flood_of_different_words_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sought, "MOST_A_DAY", 2)
    for word in ("停车", "收费", "供暖", "停水"):
        sought.note(Query(text=word), on=DAY)
    assert Sought.objects.count() == 2


@pytest.mark.parametrize("word", [
    "13812345678", "一三八一二三四五六七八", "330102199001011234", "abc@example.cn",
    "张先生", "李某某", "我叫王强",
    "号", "中" * 21, "浙A12345", "幸福路3号",
])
def test_what_may_be_somebody_is_not_kept(word: str) -> None:
    assert not sought.kept(word)


@given(st.text())
def test_nothing_with_a_figure_or_a_latin_letter_is_kept(text: str) -> None:
    if sought.kept(text):
        assert not any(letter.isdigit() or letter.isascii() for letter in text)
