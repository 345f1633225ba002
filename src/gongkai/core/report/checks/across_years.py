"""C5–C7: what last year's report and this year's must have in common."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.forms import form
from gongkai.core.report.model import Report, Severity
from gongkai.core.report.words import cell_name, column_name, number, row_name
from gongkai.core.text.fold import fold

_NORMATIVE_ROWS = ("regulations", "normative")
_ITEM_ROWS = ("licences", "services", "penalties", "coercion", "fees")


@rule("C5", code="GK0501", severity=Severity.ERROR, title="上年结转＝上年报告的结转下年度")
def carried_in_equals_last_years_carried_out(case: Case) -> Iterator[Hit]:
    """Row 二 of this year equals row 四 of last year's report, column by column; one hit for the whole row."""
    previous = usable_previous(case)
    if previous is None:
        return
    wrong = []
    for column in form("2021").t3_columns:
        here, there = case.report.value(f"t3.carried_in.{column.key}"), previous.value(f"t3.carried_out.{column.key}")
        if here is not None and there is not None and here != there:
            wrong.append((column.key, here, there))
    if wrong:
        pairs = "，".join(
            f"“{column_name(case.report, 't3', '', key)}”列 {number(here)} 对 {number(there)}"
            for key, here, there in wrong
        )
        _, here, there = wrong[-1]  # the total is the last column
        yield Hit(
            f"表三“二、上年结转政府信息公开申请数量”与上年报告“四、结转下年度继续办理”不符：{pairs}",
            tuple(f"t3.carried_in.{key}" for key, _, _ in reversed(wrong)), here, there,
        )


@rule("C5", code="GK0502", severity=Severity.NOT_CHECKED, title="所附上年报告不能用于核对")
def previous_report_is_of_the_year_before(case: Case) -> Iterator[Hit]:
    """A report given as last year's must be of the year before and of the same agency."""
    previous = case.previous
    if previous is None:
        return
    if case.report.year is not None and previous.year is not None and previous.year != case.report.year - 1:
        yield Hit(
            f"所附的上年报告是 {previous.year} 年度的，不是 {case.report.year - 1} 年度的，跨年核对未作",
            reported=previous.year, computed=case.report.year - 1,
        )
    elif not _same_agency(case.report.agency, previous.agency):
        yield Hit(
            f"所附的上年报告属于“{previous.agency}”，不是“{case.report.agency}”，跨年核对未作",
            reported=previous.agency, computed=case.report.agency,
        )


@rule("C6", code="GK0601", severity=Severity.WARNING, title="现行有效＝上年现行有效＋制发－废止")
def documents_in_force_follow_from_last_year(case: Case) -> Iterator[Hit]:
    """2021 form: documents in force = last year's in force + made − repealed. Clean-ups may explain a difference."""
    report, previous = case.report, usable_previous(case)
    if previous is None:
        return
    for row in _NORMATIVE_ROWS:
        before = previous.value(f"t2.{row}.in_force")
        made, repealed, in_force = (report.value(f"t2.{row}.{c}") for c in ("made", "repealed", "in_force"))
        if before is None or made is None or repealed is None or in_force is None:
            continue
        expected = before + made - repealed
        if in_force != expected:
            yield Hit(
                f"表二“{row_name(report, 't2', row)}”现行有效填 {number(in_force)} 件，按上年现行有效"
                f" {number(before)} 加制发 {number(made)} 减废止 {number(repealed)} 应为 {number(expected)} 件；"
                "如因清理调整，请在正文说明",
                (f"t2.{row}.in_force", f"t2.{row}.made", f"t2.{row}.repealed"), in_force, expected,
            )


@rule("C7", code="GK0701", severity=Severity.WARNING, title="上一年项目数量＝上年报告的项目数量＋增减")
def items_follow_from_last_year(case: Case) -> Iterator[Hit]:
    """2019 form: items of the year before = the items of last year's report plus its change."""
    report, previous = case.report, usable_previous(case)
    if previous is None:
        return
    for row in _ITEM_ROWS:
        items = report.value(f"t2.{row}.items")
        before, change = previous.value(f"t2.{row}.items"), previous.value(f"t2.{row}.change")
        if items is not None and before is not None and change is not None and items != before + change:
            yield Hit(
                f"{cell_name(report, f't2.{row}.items')}填 {number(items)}，按上年报告 {number(before)} 加增减"
                f" {number(change)} 应为 {number(before + change)}",
                (f"t2.{row}.items",), items, before + change,
            )


def usable_previous(case: Case) -> Report | None:
    """Last year's report, None when there is none or when it is of another year or agency (GK0502 says so)."""
    if case.previous is None or any(previous_report_is_of_the_year_before(case)):
        return None
    return case.previous


def _same_agency(one: str | None, other: str | None) -> bool:
    """Unknown names pass; so does a name that only lacks its region (洪泽区 / 淮安市洪泽区)."""
    if not one or not other:
        return True
    a, b = fold(one), fold(other)
    return a in b or b in a
