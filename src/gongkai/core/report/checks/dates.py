"""C15: the date at the foot against the year of the report and the statutory last day.

Regulations Art. 49: departments of governments from county level up report by 31 January; the governments' own
reports are published by 31 March. Where the kind of agency is not known, the later day counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.model import Severity
from gongkai.core.text.fold import fold
from gongkai.core.text.patterns import lazy

_DEPARTMENT_DAY = (1, 31)
_GOVERNMENT_DAY = (3, 31)
_DEPARTMENT_KINDS = frozenset({"department"})
_DEPARTMENT_NAME = lazy(r"(?:省|自治区|市|州|盟|县|区|旗).*(?:局|厅|委员会)$")


@rule("C15", code="GK1501", severity=Severity.ERROR, title="落款年份应为报告年度的次年")
def signed_in_the_following_year(case: Case) -> Iterator[Hit]:
    """The report closes on 31 December and is due early in the next year: any other year is a slip."""
    signed, year = case.report.signed_on, case.report.year
    if signed is not None and year is not None and signed.year != year + 1:
        early = "早于统计期限截止日" if signed <= date(year, 12, 31) else "晚于次年"
        yield Hit(f"落款日期为 {_day(signed)}，{early}，{year} 年度报告应落款于 {year + 1} 年", (),
                  signed.isoformat(), str(year + 1))


@rule("C15", code="GK1502", severity=Severity.WARNING, title="落款日期晚于法定期限")
def signed_by_the_statutory_day(case: Case) -> Iterator[Hit]:
    """31 January for departments, 31 March for governments and where the kind is not known."""
    signed, year = case.report.signed_on, case.report.year
    if signed is None or year is None or signed.year != year + 1:
        return
    month, day = _DEPARTMENT_DAY if _is_department(case) else _GOVERNMENT_DAY
    last = date(year + 1, month, day)
    if signed > last:
        yield Hit(f"落款日期为 {_day(signed)}，晚于《条例》第四十九条规定的 {_day(last)}", (),
                  signed.isoformat(), last.isoformat())


@rule("C15", code="GK1503", severity=Severity.ERROR, title="落款日期在今天之后")
def signed_not_in_the_future(case: Case) -> Iterator[Hit]:
    """Only where the caller says what day it is."""
    signed = case.report.signed_on
    if signed is not None and case.today is not None and signed > case.today:
        yield Hit(f"落款日期为 {_day(signed)}，晚于今天（{_day(case.today)}）", (),
                  signed.isoformat(), case.today.isoformat())


def _is_department(case: Case) -> bool:
    if case.kind is not None:
        return case.kind in _DEPARTMENT_KINDS
    return bool(_DEPARTMENT_NAME.search(fold(case.report.agency or "")))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
