"""The rules of the annual report (docs/checks/): `check` runs them all and brings findings of one cause together."""

from __future__ import annotations

from datetime import date

from gongkai.core.report.causes import merge
from gongkai.core.report.checks import (
    across_years,
    breakdowns,
    cells,
    dates,
    layout,
    narrative,
    prose_tables,
    reconciliation,
    similarity,
    table_two,
)
from gongkai.core.report.checks.registry import Case, Rule, registered
from gongkai.core.report.model import Finding, Report

# Importing a module of rules registers them.
RULE_MODULES = (
    across_years, breakdowns, cells, dates, layout, narrative, prose_tables, reconciliation, similarity, table_two,
)
__all__ = ["check", "rules"]


def check(
    report: Report, *, previous: Report | None = None, kind: str | None = None, today: date | None = None,
) -> list[Finding]:
    """Every finding about a report, ordered by code.

    `previous` is last year's report of the same agency (cross-year rules are silent without it), `kind` the kind
    of agency when it is known (else judged by its name), `today` the day of the check when future dates matter.
    """
    case = Case(report, previous, kind, today)

    def again(mended: Report, ids: frozenset[str]) -> list[Finding]:
        mended_case = Case(mended, previous, kind, today)
        return [f for rule in registered() if rule.id in ids for f in rule.findings(mended_case)]

    return merge(report, [f for rule in registered() for f in rule.findings(case)], again)


def rules() -> list[Rule]:
    """Every rule in order of code, for lists, SARIF and the guard that each has its page."""
    return registered()
