"""Severities in the words of the people who read them, gravest first."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.core.report.model import Finding, Severity

SEVERITY_WORDS = {
    Severity.ERROR: "错误", Severity.INCONSISTENCY: "不一致", Severity.WARNING: "提醒", Severity.INFO: "说明",
    Severity.NOT_CHECKED: "未核对",
}
_RANK = list(SEVERITY_WORDS)


def gravest(findings: Iterable[Finding]) -> Severity:
    """The gravest severity among findings. ValueError when there are none."""
    return min((finding.severity for finding in findings), key=_RANK.index)


def by_gravity(findings: Iterable[Finding]) -> list[Finding]:
    """Findings, gravest first, otherwise in the order given."""
    return sorted(findings, key=lambda finding: _RANK.index(finding.severity))
