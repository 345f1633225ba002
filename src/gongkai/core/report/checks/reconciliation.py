"""C1–C4: the reconciliations (勾稽关系) inside tables 三 and 四.

Each broken identity is one hit here; `causes` afterwards brings together those that one wrong number broke.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.core.report.checks.gaps import gaps
from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.model import Report, Severity
from gongkai.core.report.operands import Evaluation, evaluate, identities
from gongkai.core.report.words import cell_names, column_name, number, row_name

_NAMES = {
    "C1": "“一＋二＝（七）＋四”", "C2": "“总计＝六类申请人之和”", "C3": "“（七）总计＝各项之和”",
    "C4": "“总计＝四种结果之和”",
}


@rule("C1", code="GK0101", severity=Severity.ERROR, title="一＋二＝三（七）＋四")
def new_and_carried_equal_closed_and_left(case: Case) -> Iterator[Hit]:
    """In each column of table 三, rows 一 and 二 together equal （七） and 四 together: the table says so itself."""
    def say(report: Report, e: Evaluation) -> str:
        new, carried_in, closed, left = (number(report.value(c) or 0) for c in e.identity.left + e.identity.right)
        return (
            f"表三“{column_name(report, 't3', '', e.identity.subject)}”列：第一项加第二项为 {new}＋{carried_in}＝"
            f"{number(e.left)}，（七）总计加第四项为 {closed}＋{left}＝{number(e.right)}，两者不等"
        )
    yield from _sums(case, "C1", say)


@rule("C2", code="GK0201", severity=Severity.ERROR, title="每行总计＝六类申请人之和")
def row_total_equals_six_kinds(case: Case) -> Iterator[Hit]:
    """In each row of table 三 the total equals the six kinds of applicants."""
    yield from _sums(case, "C2", lambda report, e: (
        f"表三“{row_name(report, 't3', e.identity.subject)}”行“总计”填 {number(e.left)}，"
        f"六类申请人合计为 {number(e.right)}"
    ))


@rule("C3", code="GK0301", severity=Severity.ERROR, title="（七）总计＝各办理结果之和")
def closed_equals_outcomes(case: Case) -> Iterator[Hit]:
    """In each column of table 三 row （七） equals the rows of outcomes above it."""
    yield from _sums(case, "C3", lambda report, e: (
        f"表三“{column_name(report, 't3', '', e.identity.subject)}”列“（七）总计”填 {number(e.left)}，"
        f"（一）至（六）各项合计为 {number(e.right)}"
    ))


@rule("C4", code="GK0401", severity=Severity.ERROR, title="表四总计＝四种结果之和")
def dispute_total_equals_four_results(case: Case) -> Iterator[Hit]:
    """In table 四 each total equals its four results."""
    yield from _sums(case, "C4", lambda report, e: (
        f"表四“{row_name(report, 't4', e.identity.subject)}”的“总计”填 {number(e.left)}，"
        f"四种结果合计为 {number(e.right)}"
    ))


def _sums(case: Case, rule_id: str, say: Callable[[Report, Evaluation], str]) -> Iterator[Hit]:
    report = case.report
    evaluations = [evaluate(report, i) for i in identities(report) if i.rule == rule_id]
    for e in evaluations:
        if e.broken:
            reported, computed = (e.right, e.left) if rule_id == "C1" else (e.left, e.right)
            yield Hit(say(report, e), e.identity.left + e.identity.right, reported, computed)
    # What a gap in the file leaves out is told once, by GK1004, not by every sum that needs it.
    known = case.once(gaps).cells
    unknown = [e for e in evaluations if e.unknown and not known & set(e.unknown)]
    if unknown:
        cells = tuple(dict.fromkeys(cell for e in unknown for cell in e.unknown))
        yield Hit(
            f"{cell_names(report, cells)}没有数字，{len(evaluations)} 项{_NAMES[rule_id]}核对中有"
            f" {len(unknown)} 项未作", cells, severity=Severity.NOT_CHECKED,
        )
