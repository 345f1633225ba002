"""Synthetic reports with one planted mistake: its rule finds it, nothing else is found; clean ones have none."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.core.report.checks import check
from gongkai.core.report.model import Finding, Report, Severity
from gongkai.core.report.samples.generate import sample
from gongkai.core.report.samples.plant import PLANTABLE, plant, slip

AGENCIES = ("青澜县水利局", "青澜县云麓镇人民政府", "青澜县人民政府")


def _pair(agency: str, year: int, seed: int) -> tuple[Report, Report]:
    before = sample(seed, agency=agency, year=year - 1, size="large")
    return before, sample(seed, agency=agency, year=year, size="large", previous=before)


def _stands_for(finding: Finding) -> set[str]:
    return {finding.rule, *(finding.cause or finding.rule).split(",")}


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("year", [2020, 2022, 2023])
def test_a_clean_report_has_no_finding(agency: str, year: int) -> None:
    before, report = _pair(agency, year, seed=5)
    assert check(report, previous=before) == []


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("rule", sorted(PLANTABLE))
def test_the_planted_mistake_is_found_and_no_other(rule: str, agency: str) -> None:
    year = 2020 if PLANTABLE[rule].form == "2019" else 2023
    before, report = _pair(agency, year, seed=6)
    flawed, _ = plant(report, rule, Random(6))
    found = [f for f in check(flawed, previous=before) if f.severity is not Severity.NOT_CHECKED]
    assert found
    assert all(rule in _stands_for(f) for f in found), [f.message for f in found]


@pytest.mark.parametrize("seed", range(8))
def test_a_slip_of_one_digit_is_one_finding_with_its_mend(seed: int) -> None:
    _, report = _pair(AGENCIES[0], 2023, seed)
    flawed, expected = slip(report, Random(seed))
    [found] = check(flawed)
    assert found.fix is not None
    assert found.fix.values == expected.right
    assert {expected.rule, *expected.also} <= _stands_for(found)
