"""Evidence from outside the sums: which of several equally small repairs the rest of the report speaks for.

Prose that gives the number, last year's carry-over, a count that cannot be: a repair that clears such a finding is
supported, one that would bring a new one about is contradicted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongkai.core.report.causes.solve import Cause, Repair
from gongkai.core.report.model import Finding, Report, Severity

WITNESSES = frozenset({"C5", "C9", "C11"})  # rules that know single cells of tables 三 and 四

Again = Callable[[Report, frozenset[str]], list[Finding]]


def weigh(report: Report, cause: Cause, others: list[Finding], again: Again) -> tuple[Cause, list[Finding]]:
    """The cause with the repairs that have most support, and the findings that every one of these clears."""
    told = {_key(f): f for f in others if f.rule in WITNESSES and f.severity is not Severity.NOT_CHECKED}
    if not cause.repairs or (len(cause.repairs) == 1 and not told):
        return cause, []
    cleared: list[set[tuple[str, tuple[str, ...]]]] = []
    support: list[int] = []
    for repair in cause.repairs:
        after = {_key(f) for f in again(mended(report, repair), WITNESSES)}
        cleared.append(told.keys() - after)
        support.append(len(told.keys() - after) - len(after - told.keys()))
    best = max(support)
    kept = [n for n, s in enumerate(support) if s == best]
    taken = set.intersection(*(cleared[n] for n in kept))
    repairs = tuple(cause.repairs[n] for n in kept)
    return Cause(cause.broken, repairs), [told[key] for key in told if key in taken]


def mended(report: Report, repair: Repair) -> Report:
    """A copy of the report in which the repair is made."""
    cells = dict(report.cells)
    for cell_id, value in repair.items():
        cells[cell_id] = cells[cell_id]._replace(value=value)
    return replace(report, cells=cells)


def _key(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.cells
