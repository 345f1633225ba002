"""Samples against the checks: clean ones are clean, and each planted mistake is found by its rule and at its cells."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.report.checks import check
from gongkai.core.report.model import Report, Severity
from gongkai.core.report.samples import PLANTABLE, county, plant, sample
from gongkai.core.report.samples.plant import slip


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from([2019, 2020, 2022, 2025]), st.sampled_from(["none", "small", "large"]))
def test_a_clean_sample_has_no_finding(seed: int, year: int, size: str) -> None:
    before = sample(seed, year=year - 1, size=size) if year > 2019 else None
    assert check(sample(seed, year=year, size=size, previous=before), previous=before) == []


@pytest.mark.parametrize("years", [(2019, 2020, 2021), (2022, 2023, 2024)])
def test_the_county_has_the_findings_that_were_planted_and_no_others(years: tuple[int, ...]) -> None:
    before: dict[str, Report] = {}
    for made in county(1, years=years):
        findings = check(made.report, previous=before.get(made.agency.name), kind=made.agency.kind)
        before[made.agency.name] = made.report
        said = [f for f in findings if f.severity is not Severity.NOT_CHECKED]
        rules = {rule for f in said for rule in (f.cause or f.rule).split(",")}
        assert rules == ({made.planted.rule} if made.planted else set()), (made.agency.name, made.year)


@pytest.mark.parametrize("rule", sorted(PLANTABLE))
def test_each_kind_of_mistake_is_found(rule: str) -> None:
    year = 2020 if PLANTABLE[rule].form == "2019" else 2023
    before = sample(3, year=year - 1, size="large")
    flawed, expected = plant(sample(3, year=year, size="large", previous=before), rule, Random(1))
    findings = [f for f in check(flawed, previous=before) if f.rule == rule and f.severity is not Severity.NOT_CHECKED]
    assert findings
    if expected.cells and rule not in {"C3", "C13"}:  # C3: which of the summands is wrong cannot be told
        assert {cell for f in findings for cell in f.cells} & set(expected.cells)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6))
def test_a_slip_is_one_finding_with_the_right_value(seed: int) -> None:
    flawed, expected = slip(sample(seed, size="large"), Random(seed))
    finding, = [f for f in check(flawed) if f.severity is Severity.ERROR]
    assert finding.fix is not None
    assert finding.fix.values == expected.right
