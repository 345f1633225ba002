"""Synthetic reports are consistent, reproducible and broken only where they were broken on purpose."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.report.forms import form
from gongkai.core.report.model import Report
from gongkai.core.report.samples import AGENCIES, PLANTABLE, county, plant, sample
from gongkai.core.report.samples.plant import slip


def broken_identities(report: Report) -> set[str]:
    """Rules among C1–C4 that the tables break, computed here without the project's checks."""
    assert report.form is not None
    return {
        identity.rule for identity in form(report.form).identities
        if sum(report.value(i) or 0 for i in identity.left) != sum(report.value(i) or 0 for i in identity.right)
    }


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from([2019, 2020, 2021, 2025]), st.sampled_from(["none", "small", "large"]))
def test_every_identity_holds(seed: int, year: int, size: str) -> None:
    report = sample(seed, year=year, size=size)
    assert broken_identities(report) == set()
    assert list(report.cells) == list(form(report.form or "").cells)
    assert sample(seed, year=year, size=size) == report


def test_a_second_year_continues_the_first() -> None:
    first = sample(5, year=2022, size="large")
    second = sample(5, year=2023, size="large", previous=first)
    for col in form("2021").t3_columns:
        assert second.value(f"t3.carried_in.{col.key}") == first.value(f"t3.carried_out.{col.key}")
    made, repealed = second.value("t2.normative.made") or 0, second.value("t2.normative.repealed") or 0
    stood = first.value("t2.normative.in_force") or 0
    assert second.value("t2.normative.in_force") == stood + made - repealed
    assert first.sections[1].text != second.sections[1].text
    assert first.sections[5].text != second.sections[5].text


def test_prose_tells_the_tables() -> None:
    report = sample(8, size="large")
    text = report.sections[1].text
    assert f"新收政府信息公开申请{report.value('t3.new.total')}件" in text
    assert f"办结{report.value('t3.closed.total')}件" in text
    assert f"行政复议{report.value('t4.reconsideration.total')}件" in text
    assert "（五）监督保障" in text
    assert "2023年1月1日起至2023年12月31日止" in report.preamble
    assert report.signed_on is not None
    assert report.signed_on.year == 2024


@pytest.mark.parametrize("rule", ["C1", "C2", "C3", "C4"])
@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_a_broken_sum_breaks_no_other(rule: str, seed: int) -> None:
    flawed, expected = plant(sample(seed), rule, Random(seed))
    assert broken_identities(flawed) == {rule}
    assert expected.rule == rule
    for cell_id, right in expected.right.items():
        assert flawed.value(cell_id) != right


@pytest.mark.parametrize(
    ("rule", "year"),
    [
        (rule, year) for rule, need in PLANTABLE.items() for year in (2020, 2023)
        if rule not in {"C1", "C2", "C3", "C4"} and need.form in {None, "2019" if year == 2020 else "2021"}
    ],
)
def test_other_mistakes_leave_the_sums_alone(rule: str, year: int) -> None:
    clean = sample(3, year=year)
    flawed, _ = plant(clean, rule, Random(1))
    assert clean == sample(3, year=year)
    assert flawed != clean
    if rule not in {"C10", "C18"}:  # a cell without a number leaves no sum to hold
        assert broken_identities(flawed) == set()


def test_a_slip_breaks_its_row_and_its_column() -> None:
    flawed, expected = slip(sample(4, size="large"), Random(4))
    assert broken_identities(flawed) == {"C2", "C3"}
    assert expected.also == ("C3",)


def test_the_county_sums_its_members_and_carries_each_kind_of_mistake_once() -> None:
    reports = list(county(1, years=(2021, 2022, 2023)))
    assert len(reports) == 3 * len(AGENCIES)
    planted = [r.planted.rule for r in reports if r.planted]
    assert sorted(planted) == sorted(set(planted))
    assert set(planted) == set(PLANTABLE) - {"C7", "C8"}  # those need the form of 2019
    total = next(r.report for r in reports if r.agency.kind == "government" and r.year == 2022)
    clean = [r.report for r in county(1, years=(2021, 2022, 2023), flawed=False) if r.year == 2022]
    members = [r for r in clean if r.agency != total.agency]
    for cell_id in total.cells:
        assert total.value(cell_id) == sum(member.value(cell_id) or 0 for member in members)
