"""Decisions about compiling on plain facts. No Django, and nothing here asks what day it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from gongkai.core.errors import Refused
from gongkai.core.report.forms import Form
from gongkai.core.report.model import Finding, Number, Severity
from gongkai.core.text.unseen import seen

FIRST_YEAR = 2008  # the first Regulations came into force that year
GRAVE = frozenset({Severity.ERROR, Severity.INCONSISTENCY})
LONGEST_SOURCE, LONGEST_REASON, LONGEST_REMARK = 300, 500, 5000
TABLES = {"t3": "表三", "t4": "表四"}
_SUMS = frozenset({"C2", "C3", "C4"})
_TOO_LARGE = Decimal(10) ** 14  # what the column holds


def year(asked: int, today: date) -> int:
    """A year of which there can be a report. Raises Refused: year-implausible."""
    if not FIRST_YEAR <= asked <= today.year:
        raise Refused(
            "year-implausible", "年度应在 %(first)s 和 %(last)s 之间", first=FIRST_YEAR, last=today.year,
        )
    return asked


def words(text: str, most: int, code: str, sentence: str) -> str:
    """Words that must be there and fit, without marks nobody sees. Raises Refused with `code`, or words-too-long."""
    said = seen(text).strip()
    if not said:
        raise Refused(code, sentence)
    if len(said) > most:
        raise Refused("words-too-long", "最多 %(most)s 个字，现在 %(now)s 个；没有保存", most=most, now=len(said))
    return said


def source(text: str) -> str:
    """Where a number typed in comes from. Raises Refused: source-needed, words-too-long."""
    return words(text, LONGEST_SOURCE, "source-needed", "手工填报须写明数字的来源；没有保存")


def reason(text: str) -> str:
    """Why an open finding is signed, or what an erratum mends. Raises Refused: reason-needed, words-too-long."""
    return words(text, LONGEST_REASON, "reason-needed", "须写明理由；没有保存")


def remark(text: str) -> str:
    """What the supervisor says when returning. Raises Refused: words-missing, words-too-long."""
    return words(text, LONGEST_REMARK, "words-missing", "退回须写明意见，让对方知道改什么；没有退回")


def sums(form: Form) -> frozenset[str]:
    """The cells that are made of others and are never typed in."""
    return frozenset(i.left[0] for i in form.identities if i.rule in _SUMS)


def enterable(form: Form, cell: str) -> bool:
    """Whether a cell can be typed in alone: one of table 二. Tables 三 and 四 are typed in whole."""
    return cell in form.cells and form.cells[cell].table == "t2"


def one_cell(form: Form, cell: str, value: Decimal) -> dict[str, Decimal]:
    """A cell of table 二 with its number. Raises Refused: unknown-cell, whole-table, and what `fits` refuses."""
    if cell not in form.cells:
        raise Refused("unknown-cell", "这份年报的表式里没有单元 %(cell)s", cell=cell)
    if not enterable(form, cell):
        raise Refused("whole-table", "表三、表四只能整表填报，否则合计不能与记录相符；没有保存")
    fits(form.cells[cell].kind, value)
    return {cell: value}


def whole_table(form: Form, table: str, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """A table 三 or 四 with its numbers; cells that are left out are zero, sums are made and never taken.

    Raises Refused: not-a-table, unknown-cell, nothing-entered, and what `fits` refuses.
    """
    if table not in TABLES:
        raise Refused("not-a-table", "只有表三、表四可以整表填报")
    known = {spec.id for spec in form.table(table)}
    if unknown := sorted(set(values) - known):
        raise Refused("unknown-cell", "这份年报的表式里没有单元 %(cell)s", cell=unknown[0])
    if not values:
        raise Refused("nothing-entered", "没有填写任何数；没有保存")
    made = sums(form)
    given = {cell: values.get(cell, Decimal(0)) for cell in sorted(known - made)}
    for cell, value in given.items():
        fits(form.cells[cell].kind, value)
    return given


def fits(kind: str, value: Decimal) -> None:
    """C9: counts are whole and not negative, changes are whole, amounts may have decimals. Raises Refused: not-a-count,
    not-an-amount, too-large, too-fine."""
    if not value.is_finite() or abs(value) >= _TOO_LARGE:
        raise Refused("too-large", "这个数太大，请核对")
    if value != value.quantize(Decimal("0.000001")):
        raise Refused("too-fine", "最多保留六位小数")
    whole = value == value.to_integral_value()
    if kind == "count" and (value < 0 or not whole):
        raise Refused("not-a-count", "这里应填不小于 0 的整数")
    if kind == "change" and not whole:
        raise Refused("not-a-count", "这里应填整数，减少用负数")
    if kind == "amount" and value < 0:
        raise Refused("not-an-amount", "金额不能是负数")


def signing_day(on: date, report_year: int, today: date) -> None:
    """A report covers the whole year, so that it is signed when the year is over, and not tomorrow.

    Raises Refused: year-not-over, day-in-future.
    """
    if today.year <= report_year:
        raise Refused(
            "year-not-over", "%(year)s年还没有结束，统计期限到12月31日为止；没有签发", year=report_year,
        )
    if on.year <= report_year:
        raise Refused(
            "year-not-over", "签发日期须在统计期限（%(year)s年12月31日）之后；没有签发", year=report_year,
        )
    if on > today:
        raise Refused("day-in-future", "签发日期不能晚于今天；没有签发")


def nothing_open(findings: Collection[Finding]) -> None:
    """Raises Refused: open-findings, with their number."""
    if findings:
        raise Refused(
            "open-findings",
            "还有 %(count)s 个错误或者矛盾没有消除，没有签发；请改正，或者逐个写明理由放行", count=len(findings),
        )


def late_days(due: date, on: date) -> int:
    """How many days after the last day."""
    return max(0, (on - due).days)


def summed(form: Form, values: Mapping[str, Number]) -> dict[str, Number]:
    """The same numbers with every sum of tables 三 and 四 made anew from its parts, in printed order."""
    made = dict(values)
    for rule in ("C3", "C2", "C4"):  # C3 before C2: the 总计 of （七） is a sum of sums
        for identity in form.identities:
            if identity.rule == rule:
                made[identity.left[0]] = sum(made[cell] for cell in identity.right)
    return {cell: made[cell] for cell in form.cells}


def parts_of(form: Form, cells: Iterable[str]) -> set[str]:
    """The cells that are no sums behind these cells: a sum follows its parts. Raises Refused: unknown-cell."""
    right = {i.left[0]: i.right for i in form.identities if i.rule in _SUMS}
    found: set[str] = set()
    waiting = list(cells)
    while waiting:
        cell = waiting.pop()
        if cell not in form.cells:
            raise Refused("unknown-cell", "这份年报的表式里没有单元 %(cell)s", cell=cell)
        if cell in right:
            waiting += right[cell]
        else:
            found.add(cell)
    return found
