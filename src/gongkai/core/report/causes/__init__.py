"""One cause, one finding: findings that one wrong number produced are brought together.

See docs/decisions/0003-one-cause-one-finding.md for which rule speaks for the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.core.report.causes.solve import Cause, Repair, solve
from gongkai.core.report.causes.weigh import Again, weigh
from gongkai.core.report.model import Finding, Fix, Report, Severity
from gongkai.core.report.operands import evaluate, identities
from gongkai.core.report.words import cell_name, number

SUM_RULES = ("C1", "C2", "C3", "C4")
_SHOWN_ALTERNATIVES = 3  # repairs, and sums without an explanation, that are told one by one
_FLOW_ROWS = ("new", "carried_in", "carried_out")


def merge(report: Report, findings: Iterable[Finding], again: Again) -> list[Finding]:
    """Replace the findings of broken sums by one finding a cause; the others stay, in their order.

    `again` runs the rules with the given ids on a mended copy of the report: what prose and last year's report say
    of the mended cells speaks for one repair or against it, and a finding that a repair clears had the same cause.
    """
    all_findings = _unchecked_together(list(findings))
    sums = {f.cells: f for f in all_findings if f.rule in SUM_RULES and f.severity is not Severity.NOT_CHECKED}
    others = [f for f in all_findings if f.cells not in sums or f.rule not in SUM_RULES]
    if not sums:
        return others
    known = [i for i in identities(report) if not evaluate(report, i).unknown]
    values = {c: v for i in known for c in i.left + i.right if (v := report.value(c)) is not None}
    merged: list[Finding] = []
    unexplained: list[Finding] = []
    for cause in solve(known, values):
        raw = [sums[i.left + i.right] for i in cause.broken]
        if not cause.repairs:
            unexplained += raw
            continue
        supported, taken = weigh(report, cause, others, again)
        others = [f for f in others if f not in taken]
        merged.append(_one(report, supported, raw, taken))
    return sorted(merged + _gathered(unexplained) + others, key=lambda f: f.code)


def _unchecked_together(findings: list[Finding]) -> list[Finding]:
    """Sums of table 三 that the same blanks prevent: one finding instead of one a rule."""
    same = [f for f in findings if f.rule in ("C1", "C2", "C3") and f.severity is Severity.NOT_CHECKED]
    if len(same) < 2:
        return findings
    rules = [f.rule for f in same]
    told = replace(
        same[0], message=f"{same[0].message}（同一原因使 {'、'.join(rules[1:])} 也有核对未作）", cause=",".join(rules),
        cells=tuple(dict.fromkeys(c for f in same for c in f.cells)),
    )
    return [told if f is same[0] else f for f in findings if f is same[0] or f not in same]


def _gathered(unexplained: list[Finding]) -> list[Finding]:
    """Sums that nothing small explains, one finding a rule where there are many: the table is out of place as a
    whole, and thirty findings would not say more."""
    gathered: list[Finding] = []
    for code in dict.fromkeys(f.code for f in unexplained):
        same = [f for f in unexplained if f.code == code]
        if len(same) <= _SHOWN_ALTERNATIVES:
            gathered += same
            continue
        message = f"{same[0].message}；另有 {len(same) - 1} 项同类核对不成立，表中数字可能整片错位或漏填"
        gathered.append(replace(same[0], message=message, cells=tuple(dict.fromkeys(c for f in same for c in f.cells))))
    return gathered


def _one(report: Report, cause: Cause, raw: list[Finding], taken: list[Finding]) -> Finding:
    speaker = _speaker(cause, raw, taken)
    rules = sorted({f.rule for f in raw + taken}, key=lambda rule: int(rule[1:]))
    candidates = tuple(dict.fromkeys(cell for repair in cause.repairs for cell in repair))
    message = speaker.message
    if len(raw) + len(taken) > 1:
        message += f"（同一原因使 {'、'.join(rules)} 共 {len(raw) + len(taken)} 项核对不成立）"
    return replace(
        speaker, message=message, cells=candidates, fix=_fix(report, cause.repairs),
        cause=",".join(rules) if len(rules) > 1 else None,
    )


def _speaker(cause: Cause, raw: list[Finding], taken: list[Finding]) -> Finding:
    """The finding that speaks for the others: what is wrong with the cell itself, else the sum that people
    would name for its row."""
    for finding in taken:
        if finding.rule == "C9":
            return finding
    cell = next(iter(cause.repairs[0]))
    _, row, column = cell.split(".")
    flows = row in _FLOW_ROWS and column != "total"
    wanted = "C3" if row == "closed" else "C1" if flows else "C2"
    naming = [f for f in raw if cell in f.cells] or raw
    return next((f for f in naming if f.rule == wanted), naming[0])


def _fix(report: Report, repairs: tuple[Repair, ...]) -> Fix:
    if len(repairs) == 1:
        return Fix(dict(repairs[0]), f"把{_changes(report, repairs[0])}")
    shown = "；或把".join(_changes(report, repair) for repair in repairs[:_SHOWN_ALTERNATIVES])
    more = f"；等 {len(repairs)} 种改法" if len(repairs) > _SHOWN_ALTERNATIVES else ""
    return Fix({}, f"仅凭表内数字不能判定是哪一处有误，请核对原始记录：把{shown}{more}", repairs)


def _changes(report: Report, repair: Repair) -> str:
    return "，".join(
        f"{cell_name(report, cell)}由 {number(report.cells[cell].value or 0)} 改为 {number(value)}"
        for cell, value in repair.items()
    )
