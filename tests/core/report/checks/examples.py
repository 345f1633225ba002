"""For every code one report that it catches and one that it passes, as alike as they can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.core.report.checks import made
from tests.core.report.checks.made import put, report, requests, section, take

from gongkai.core.report.model import Note, Report, Status


@dataclass(frozen=True)
class Example:
    """`caught` breaks the rule, `passed` keeps it; `options` go to `check`."""

    caught: Report
    passed: Report
    options: dict[str, Any] = field(default_factory=dict)


def _cells(form_id: str = "2021", **wrong: Any) -> Callable[..., Example]:
    return lambda **right: Example(report(form_id, **wrong), report(form_id, **right))


def _text(caught: str, passed: str, *, base: Callable[[], Report] = report, number: int = 1, **options: Any) -> Example:
    one, other = base(), base()
    section(one, number, caught)
    section(other, number, passed)
    return Example(one, other, options)


def _changed(change: Callable[[Report], object], base: Callable[[], Report] = report, **options: Any) -> Example:
    caught = base()
    change(caught)
    return Example(caught, base(), options)


def _three_requests() -> Report:
    return requests(report())


def _disputes() -> Report:
    return report(t4__reconsideration__upheld=2, t4__reconsideration__total=2, t4__direct__pending=1,
                  t4__direct__total=1, t4__after__upheld=3, t4__after__total=3)


def _unpaid() -> Report:
    return requests(report(), row="other_unpaid")


def _procurement(unit: str | None) -> Report:
    it = report("2019", year=2020, agency="青澜县水利局")
    put(it, "t2.procurement.amount", Decimal("311.97"), raw=f"311.97{unit or ''}", unit=unit)
    return it


def _fee(raw: str, unit: str | None) -> Report:
    it = report()
    put(it, "t2.fees.amount", 12000, raw=raw, unit=unit)
    return it


def _without(number: int) -> Callable[[Report], object]:
    return lambda it: it.sections.pop(number)


def _heading(number: int, heading: str | None) -> Callable[[Report], None]:
    def change(it: Report) -> None:
        it.sections[number] = replace(it.sections[number], heading=heading)
    return change


def _signed(day: date) -> Callable[[Report], None]:
    return lambda it: setattr(it, "signed_on", day)


def _sixteen_numbers(it: Report) -> None:
    take(it, *[c for c in it.cells if c.startswith("t4.")], status=Status.UNREADABLE, raw="0")
    it.notes.append(Note("too-many-values", "表四数据行的数字多于列标题。"))


def _reordered(it: Report) -> None:
    it.sections = {n: it.sections[n] for n in (1, 2, 3, 5, 4, 6)}


LONG_PROSE = "".join(f"第{n}项工作按季度检查并通报，责任落实到{n}个科室。" for n in range(30))
OTHER_PROSE = "".join(f"群众在大厅查阅资料{n}次，意见逐条回复并登记在册。" for n in range(30))
BEFORE = report(year=2022, t2__normative__in_force=5, t3__carried_out__total=2, t3__carried_out__natural=2)
section(BEFORE, 1, LONG_PROSE)
ITEMS_BEFORE = report("2019", year=2019, t2__licences__items=20, t2__licences__change=-2)
CARRIED = {"t3__carried_in__natural": 2, "t3__carried_in__total": 2, "t3__granted__natural": 2, "t3__granted__total": 2,
           "t3__closed__natural": 2, "t3__closed__total": 2}

EXAMPLES: dict[str, Example] = {
    "GK0101": Example(report(t3__new__natural=3, t3__new__total=3), requests(report())),
    "GK0201": Example(report(t3__granted__total=1, t3__partial__total=1, t3__closed__total=2, t3__new__total=2,
                             t3__closed__natural=2, t3__new__natural=2), requests(report())),
    "GK0301": Example(report(t3__granted__natural=3, t3__granted__total=3), requests(report())),
    "GK0401": _cells(t4__reconsideration__upheld=10)(t4__reconsideration__upheld=10, t4__reconsideration__total=10),
    "GK0501": Example(report(), report(**CARRIED), {"previous": BEFORE}),
    "GK0502": Example(report(year=2024), report(year=2023), {"previous": BEFORE}),
    "GK0601": Example(
        report(t2__normative__made=3, t2__normative__in_force=9),
        report(t2__normative__made=3, t2__normative__in_force=8), {"previous": BEFORE}),
    "GK0701": Example(
        report("2019", year=2020, t2__licences__items=20), report("2019", year=2020, t2__licences__items=18),
        {"previous": ITEMS_BEFORE}),
    "GK0801": _cells("2019", year=2020, t2__normative__made=2, t2__normative__disclosed=5, t2__normative__total=9)(
        year=2020, t2__normative__made=5, t2__normative__disclosed=5, t2__normative__total=9),
    "GK0802": _cells("2019", year=2020, t2__normative__made=5, t2__normative__disclosed=5, t2__normative__total=3)(
        year=2020, t2__normative__made=5, t2__normative__disclosed=5, t2__normative__total=5),
    "GK0803": _cells("2019", year=2020, t2__licences__items=3, t2__licences__change=-8)(
        year=2020, t2__licences__items=10, t2__licences__change=-8),
    "GK0901": _cells("2019", year=2020, t2__licences__decisions=-8)(
        year=2020, t2__licences__items=9, t2__licences__change=-8),
    "GK0902": _cells(t2__penalties__decisions=Decimal("12.5"))(t2__fees__amount=Decimal("12.5")),
    "GK1001": _changed(lambda it: take(it, "t4.after.total", status=Status.MISSING)),
    "GK1002": _changed(lambda it: take(it, "t3.granted.legal", status=Status.MISSING)),
    "GK1003": _changed(lambda it: take(
        it, *[c for c in it.cells if c.startswith("t3.unhandled_repeat.")], status=Status.MISSING)),
    "GK1004": _changed(lambda it: take(it, *[c for c in it.cells if c.startswith("t4.")], status=Status.MISSING)),
    "GK1005": _changed(_sixteen_numbers),
    "GK1101": _text("全县共收到政府信息公开申请4件。", "全县共收到政府信息公开申请3件。", base=_three_requests),
    "GK1102": _text("受理政府信息公开申请3件，已办结2件。", "受理政府信息公开申请3件，已办结3件。",
                    base=_three_requests),
    "GK1103": _text("政府信息公开申请结转下年度继续办理1件。", "政府信息公开申请结转下年度继续办理0件。",
                    base=_three_requests),
    "GK1104": _text("共受理政府信息公开申请3件，其中予以公开2件、不予公开1件。",
                    "共受理政府信息公开申请3件，其中予以公开3件、不予公开0件。", base=_three_requests),
    "GK1105": _text("政府信息公开行政复议5件，行政诉讼4件。", "政府信息公开行政复议2件，行政诉讼4件。", base=_disputes),
    "GK1106": _text("政府信息公开行政复议2件，行政诉讼3件。", "政府信息公开行政复议2件，行政诉讼4件。", base=_disputes),
    "GK1107": _text("本年度未发出收费通知，未收取信息处理费。", "发出收费通知3件，均逾期未缴，未收取信息处理费。",
                    base=_unpaid, number=6),
    "GK1108": _text("县政府办公室受理政府信息公开申请1件。", "全县受理政府信息公开申请3件。", base=_three_requests),
    "GK1201": _text("公开20条，其中机构类8条、动态类9条、其他4条。", "公开20条，其中机构类8条、动态类9条、其他3条。"),
    "GK1301": Example(report("2019", year=2022), report("2021", year=2022)),
    "GK1401": _changed(_without(4)),
    "GK1402": _changed(_reordered),
    "GK1403": _changed(_heading(1, "一、工作基本情况")),
    "GK1404": _changed(_heading(3, "3、收到和处理政府信息公开申请情况")),
    "GK1501": _changed(_signed(date(2023, 12, 20))),
    "GK1502": Example(
        replace(report(agency="青澜县水利局"), signed_on=date(2024, 2, 6)),
        replace(report(agency="青澜县人民政府"), signed_on=date(2024, 2, 6))),
    "GK1503": _changed(_signed(date(2024, 1, 30)), today=date(2024, 1, 25)),
    "GK1601": Example(_procurement(None), _procurement("万元")),
    "GK1602": Example(_fee("12000元", "元"), _fee("12000", None)),
    "GK1701": Example(
        report(agency="青澜县水利局", t2__regulations__made=1),
        report(agency="青澜省人民政府", t2__regulations__made=1)),
    "GK1801": _changed(lambda it: take(it, "t3.carried_out.total", raw="/")),
    "GK1901": _text("无。", made.FEE_SENTENCE, number=6),
    "GK1902": _text("未收取信息处理费。", "发出收费通知3件，均逾期未缴，未收取信息处理费。", base=_unpaid, number=6),
    "GK2001": Example(
        replace(report(), preamble="根据国办公开办函〔2019〕60号编制。"),
        replace(report(), preamble="根据国办公开办函〔2021〕30号编制。")),
    "GK2101": Example(
        replace(report(), preamble="统计期限自2022年1月1日起至2022年12月31日止。"),
        replace(report(), preamble="统计期限自2023年1月1日起至2023年12月31日止。")),
    "GK2102": _text(LONG_PROSE, OTHER_PROSE, previous=BEFORE),
    "GK2201": _text("无。", made.PROBLEMS, number=5),
    "GK2202": _text("一是更新不够及时；二是业务水平有待进一步提高。", made.PROBLEMS, number=5),
    "GK2203": _text(
        "存在的主要问题：【请写明本年度工作中存在的主要问题】。改进情况：加强培训。",
        "存在的主要问题：更新不够及时。改进情况：加强培训。", number=5,
    ),
    "GK2301": _text("应当自收到申请之日起15个工作日内予以答复。", "应当自收到申请之日起20个工作日内予以答复。"),
    "GK2302": _text("延长答复期限最长不得超过十五个工作日。", "延长答复期限最长不得超过二十个工作日。"),
}
