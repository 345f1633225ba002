"""The ratios that people ask for, each in one place: its formula, what stands above and below the line. No Django.

A ratio is made of numbers that stand in a report, or are counted from records, and of nothing else: when one of them
is blank, missing or unreadable, or when nothing stands below the line, there is no ratio and `Quotient.lacking` says
why. No notice prescribes these formulas; they are what offices and the public compare, stated so that each can be
recomputed by hand from the printed tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.core.report.forms import form
from gongkai.core.report.model import Number

_FORM = form("2021")
_REFUSED = tuple(f"t3.{row.key}.total" for row in _FORM.t3_rows if row.key.startswith("refused_"))
_UNABLE = tuple(f"t3.{row.key}.total" for row in _FORM.t3_rows if row.key.startswith("unable_"))
_UNHANDLED = tuple(f"t3.{row.key}.total" for row in _FORM.t3_rows if row.key.startswith("unhandled_"))
_DECIDED = ("upheld", "corrected", "other")
_CLOSED = ("t3.closed.total",)


class Lacking(StrEnum):
    """Why there is no ratio."""

    NO_REPORT = "no_report"  # no report of that year
    NO_NUMBER = "no_number"  # a cell that it needs holds no number
    OTHER_FORM = "other_form"  # the form of that report has no such cell
    ZERO = "zero"            # nothing stands below the line
    NO_RECORDS = "no_records"  # the records that it is counted from are not kept here


class Source(StrEnum):
    """Where the numbers of a ratio stand."""

    CELLS = "cells"      # in the report's tables
    RECORDS = "records"  # partly or wholly in this system's own records


# Numbers counted from records, beside the cells of reports (`analysis.records`).
ON_TIME = "records.on_time"        # closed in the year, not after the day by which it was due
WITH_DUE = "records.with_due"      # closed in the year, with such a day
DOCUMENTS = "records.documents"    # documents that stood published at the end of the year
RECORD_NAMES = {
    ON_TIME: "本年办结且没有超过答复期限的申请", WITH_DUE: "本年办结且有答复期限的申请",
    DOCUMENTS: "本年年底仍公开的信息件数",
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """`per` × Σ numerator ÷ Σ denominator. Names of numbers are cell ids, or names of RECORD_NAMES.

    `per` is 100 for per cent; `unit` stands behind the number. `formula` says in the statute's words what is divided
    by what, `note` what a reader must know before comparing.
    """

    key: str
    name: str
    formula: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    per: int = 100
    unit: str = "%"
    note: str = ""

    @property
    def source(self) -> Source:
        """Whether it can be recomputed from the printed tables alone."""
        return Source.RECORDS if any(part in RECORD_NAMES for part in self.parts) else Source.CELLS

    @property
    def parts(self) -> tuple[str, ...]:
        """Every number that it needs, each once."""
        return tuple(dict.fromkeys((*self.numerator, *self.denominator)))


@dataclass(frozen=True, slots=True)
class Quotient:
    """A ratio of one agency and year: `value` with `above` and `below`, or why there is none."""

    value: Decimal | None
    above: Number | None = None
    below: Number | None = None
    lacking: Lacking | None = None


def _decided(*tracks: str) -> tuple[str, ...]:
    return tuple(f"t4.{track}.{result}" for track in tracks for result in _DECIDED)


RATIOS: dict[str, Ratio] = {ratio.key: ratio for ratio in (
    Ratio(
        "disclosed", "公开率", "（予以公开＋部分公开）÷ 本年办理结果总计",
        ("t3.granted.total", "t3.partial.total"), _CLOSED,
        note="办理结果里有不属于公开与否的情形（不予处理、其他处理），也计入分母。",
    ),
    Ratio("refused", "不予公开率", "不予公开各项之和 ÷ 本年办理结果总计", _REFUSED, _CLOSED),
    Ratio("unable", "无法提供率", "无法提供各项之和 ÷ 本年办理结果总计", _UNABLE, _CLOSED),
    Ratio("unhandled", "不予处理率", "不予处理各项之和 ÷ 本年办理结果总计", _UNHANDLED, _CLOSED),
    Ratio(
        "otherwise", "其他处理率", "其他处理 ÷ 本年办理结果总计", ("t3.other.total",), _CLOSED,
        note="2021 年表式分三项填报的，三项相加。",
    ),
    Ratio(
        "carried", "结转率", "结转下年度继续办理 ÷（本年新收＋上年结转）", ("t3.carried_out.total",),
        ("t3.new.total", "t3.carried_in.total"), note="年底前后收到的申请多，结转率就高，不等于逾期。",
    ),
    Ratio(
        "on_time", "按期办结率", "本年办结且没有超过答复期限的申请 ÷ 本年办结且有答复期限的申请",
        (ON_TIME,), (WITH_DUE,),
        note="按本系统里本机关的办理记录计算，年报表格里没有这个数；答复期限已计延期和依法扣除的时间（第三十三条）。",
    ),
    Ratio("natural", "自然人申请占比", "自然人的本年新收 ÷ 本年新收总计", ("t3.new.natural",), ("t3.new.total",)),
    Ratio(
        "reviewed", "复议率", "行政复议总计 ÷ 本年办理结果总计", ("t4.reconsideration.total",), _CLOSED,
        note="复议案件不一定针对本年办结的申请，两个数只作对照。",
    ),
    Ratio(
        "sued", "诉讼率", "行政诉讼总计（直接起诉＋复议后起诉）÷ 本年办理结果总计",
        ("t4.direct.total", "t4.after.total"), _CLOSED, note="诉讼案件不一定针对本年办结的申请，两个数只作对照。",
    ),
    Ratio(
        "reviewed_wrong", "复议纠错率", "行政复议结果纠正 ÷ 行政复议已审结（维持＋纠正＋其他）",
        ("t4.reconsideration.corrected",), _decided("reconsideration"), note="尚未审结的不计入。",
    ),
    Ratio(
        "sued_wrong", "诉讼纠错率", "行政诉讼结果纠正 ÷ 行政诉讼已审结（维持＋纠正＋其他）",
        ("t4.direct.corrected", "t4.after.corrected"), _decided("direct", "after"),
        note="直接起诉和复议后起诉合计；尚未审结的不计入。",
    ),
    Ratio(
        "repealed", "规范性文件废止率", "行政规范性文件本年废止 ÷（现行有效＋本年废止）", ("t2.normative.repealed",),
        ("t2.normative.in_force", "t2.normative.repealed"), note="2019 年表式没有废止和现行有效两栏。",
    ),
    Ratio(
        "per_documents", "每万件公开信息的申请数", "本年新收申请 ÷ 本年年底仍公开的信息件数 × 10000", ("t3.new.total",),
        (DOCUMENTS,), per=10_000, unit="件", note="公开信息按本系统的发布记录计算。",
    ),
)}


def quotient(ratio: Ratio, numbers: Mapping[str, Number]) -> Quotient:
    """A ratio of the numbers of one agency and year; what is not in `numbers` holds none."""
    above, below = _sum(ratio.numerator, numbers), _sum(ratio.denominator, numbers)
    if above is None or below is None:
        return Quotient(None, above, below, Lacking.NO_NUMBER)
    if below <= 0:
        return Quotient(None, above, below, Lacking.ZERO)
    return Quotient(Decimal(above) * ratio.per / Decimal(below), above, below)


def _sum(names: tuple[str, ...], numbers: Mapping[str, Number]) -> Number | None:
    total: Number = 0
    for name in names:
        number = numbers.get(name)
        if number is None:
            return None
        total += number
    return total
