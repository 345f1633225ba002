"""Articles, retention, applications beyond reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.law.articles import article, cite, numeral
from gongkai.core.law.excess import Counts, ExcessSettings, count, judge
from gongkai.core.law.retention import RetentionSettings, may_be_destroyed, retention
from gongkai.core.text.numerals import parse_chinese


@pytest.mark.parametrize("number", [*[n for n in range(2, 56) if n not in {3, 5, 7, 9}], "36(4)", "16.2", "39.1"])
def test_articles_have_a_sentence(number):
    assert article(number).endswith("。")
    assert cite(number).startswith("第")


def test_items_and_paragraphs():
    assert article("36(6)") != article(36)
    assert article("14(1)") == article("14")
    assert cite("36(4)") == "第三十六条第四项"
    assert cite("16.2", statute=True) == "《中华人民共和国政府信息公开条例》第十六条第二款"
    for wrong in ("56", "", "36(", "第三十六条"):
        with pytest.raises(KeyError):
            cite(wrong)


@given(st.integers(1, 99))
def test_numerals_are_read_back(number):
    assert parse_chinese(numeral(number)) == number


def test_retention_runs_from_the_year_after_closing():
    kept = retention(date(2026, 3, 1))
    assert (kept.years, kept.last_day) == (10, date(2036, 12, 31))
    assert retention(date(2026, 3, 1), disputed=True).last_day == date(2056, 12, 31)
    assert retention(date(2026, 3, 1), settings=RetentionSettings(years=5)).last_day == date(2031, 12, 31)
    assert not may_be_destroyed(kept, date(2036, 12, 31))
    assert may_be_destroyed(kept, date(2037, 1, 1))
    with pytest.raises(ValueError, match="0"):
        retention(date(2026, 3, 1), settings=RetentionSettings(years=0))


def test_counting_an_applicant():
    days = [date(2026, 5, 1), date(2026, 5, 31), date(2026, 4, 30), date(2025, 5, 31), date(2026, 6, 1)]
    assert count(days, date(2026, 5, 31)) == Counts(month=2, year=3)


@pytest.mark.parametrize(("counts", "over"), [
    (Counts(10, 50), ()), (Counts(11, 12), ("month",)), (Counts(1, 51), ("year",)), (Counts(11, 51), ("month", "year")),
])
def test_the_verdict(counts, over):
    verdict = judge(counts)
    assert (verdict.exceeds, verdict.over) == (bool(over), over)
    assert f"本月 {counts.month} 件" in verdict.sentence
    assert ("第三十五条" in verdict.sentence) == bool(over)


def test_thresholds_are_settings():
    assert judge(Counts(4, 4), ExcessSettings(per_month=3)).over == ("month",)
