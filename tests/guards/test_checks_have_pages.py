"""Every code of the rules has its page, every page its code, and every code its pair of examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.core.report.checks.examples import EXAMPLES

from gongkai.core.report.checks import rules

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "checks"
PARTS = ("## 查什么", "## 为什么", "## 例", "## 怎么改")
ALL_RULES = {f"C{n}" for n in range(1, 24)}


def test_every_rule_of_the_domain_has_a_code() -> None:
    assert {rule.id for rule in rules()} == ALL_RULES


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_the_code_has_a_page_with_every_part(rule) -> None:
    page = (PAGES / f"{rule.code}.md").read_text("utf-8")
    assert page.startswith(f"# {rule.code} {rule.title}\n")
    for part in PARTS:
        assert part in page
    assert rule.id in page


def test_every_page_belongs_to_a_code_and_stands_in_the_index() -> None:
    codes = {rule.code for rule in rules()}
    assert {path.stem for path in PAGES.glob("GK*.md")} == codes
    index = (PAGES / "README.md").read_text("utf-8")
    assert set(re.findall(r"\]\((GK\d{4})\.md\)", index)) == codes


def test_every_code_has_an_example_that_it_catches_and_one_that_it_passes() -> None:
    assert set(EXAMPLES) == {rule.code for rule in rules()}
