"""Every rule catches its example and passes the one beside it; and says so in one Chinese sentence."""

from __future__ import annotations

import pytest
from tests.core.report.checks.examples import EXAMPLES
from tests.core.report.checks.made import report

from gongkai.core.report.checks import check, rules

SEVERITY = {rule.code: rule.severity for rule in rules()}


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_rule_catches_its_example(code: str) -> None:
    example = EXAMPLES[code]
    found = [f for f in check(example.caught, **example.options) if f.code == code]
    assert len(found) == 1, [f.message for f in check(example.caught, **example.options)]
    assert found[0].severity is SEVERITY[code]
    assert "。" not in found[0].message
    assert "\n" not in found[0].message
    assert found[0].fix is None or found[0].fix.sentence


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_rule_passes_the_example_beside_it(code: str) -> None:
    example = EXAMPLES[code]
    assert code not in [f.code for f in check(example.passed, **example.options)]


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_a_clean_report_has_no_finding(form_id: str) -> None:
    assert check(report(form_id, year=2020 if form_id == "2019" else 2023)) == []


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_findings_come_in_the_same_order_every_time(code: str) -> None:
    example = EXAMPLES[code]
    first = check(example.caught, **example.options)
    assert first == check(example.caught, **example.options)
    assert [f.code for f in first] == sorted(f.code for f in first)
