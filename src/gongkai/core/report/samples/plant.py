"""Planting one known mistake into a clean report, for every rule that a report can break.

Each planter breaks its own rule and, as far as the form allows, no other: a number that prose repeats is told
again after it was changed, and a sum is broken by moving two cells together. `slip` is the opposite: one wrong
digit that breaks several sums at once, as happens in offices.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from gongkai.core.report.forms import form
from gongkai.core.report.model import Cell, Number, Report, Status
from gongkai.core.report.samples.generate import assemble, cell, sample
from gongkai.core.report.samples.prose import NO_REQUESTS, fee_sentence, tell


@dataclass(frozen=True, slots=True)
class Expected:
    """What a checker must find: the rule, the cells at fault, the right values, other rules broken by the same."""

    rule: str
    cells: tuple[str, ...] = ()
    right: dict[str, Number] = field(default_factory=dict)
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Where a mistake can be planted so that no neighbouring year breaks another rule.

    `requests`: there are enough of them; `previous`: last year's report is at hand; `form`: this form only;
    `steady`: the years before and after follow the form of this one.
    """

    requests: bool = False
    previous: bool = False
    form: str | None = None
    steady: bool = False


def plant(report: Report, rule: str, rng: Random) -> tuple[Report, Expected]:
    """A copy of the report with one mistake against `rule` in it. Raises KeyError for a rule not in PLANTABLE.

    The report given is not changed.
    """
    return _PLANTERS[rule](copy.deepcopy(report), rng)


def slip(report: Report, rng: Random) -> tuple[Report, Expected]:
    """One wrong number in one applicant's column of table 三: its row sum and its column sum fail together."""
    flawed = copy.deepcopy(report)
    rows = [row.key for row in form(_form_id(report)).t3_rows]
    rows = [row for row in rows if row not in {"new", "carried_in", "closed", "carried_out"}]
    wrong = f"t3.{rng.choice(rows)}.{rng.choice(['natural', 'business', 'legal'])}"
    right = report.value(wrong) or 0
    _set(flawed, wrong, right + rng.choice((1, 2, 10)))
    return flawed, Expected("C2", (wrong,), {wrong: right}, also=("C3",))


def _c1(report: Report, rng: Random) -> tuple[Report, Expected]:
    ids = ("t3.new.natural", "t3.new.total")
    right = _bump(report, ids, rng.randint(1, 4))
    tell(report)
    return report, Expected("C1", ids, right)


def _c2(report: Report, rng: Random) -> tuple[Report, Expected]:
    """Two totals changed against each other: their column still adds up, and prose repeats them."""
    pairs = [
        (a, b) for a, b in (("refused_internal", "refused_process"), ("unable_not_held", "unable_creation"),
                            ("unhandled_petition", "unhandled_repeat"), ("granted", "partial"))
        if (report.value(f"t3.{b}.total") or 0) > 0 or (report.value(f"t3.{a}.total") or 0) > 0
    ] or [("new", "carried_out")]
    more, less = rng.choice(pairs)
    if more == "new":  # nothing was closed: both ends of the account grow, so that only the row sums fail
        right = _bump(report, ("t3.new.total", "t3.carried_out.total"), 1)
    else:
        if not report.value(f"t3.{less}.total"):
            more, less = less, more
        right = _bump(report, (f"t3.{more}.total",), 1) | _bump(report, (f"t3.{less}.total",), -1)
    tell(report)
    return report, Expected("C2", tuple(right), right)


def _c3(report: Report, rng: Random) -> tuple[Report, Expected]:
    """One outcome more than the total counts; prose that listed the outcomes would contradict itself, and does not."""
    row = rng.choice(("refused_third_party", "unable_not_held", "unhandled_petition"))
    ids = (f"t3.{row}.natural", f"t3.{row}.total")
    right = _bump(report, ids, 1)
    section = report.sections[1]
    report.sections[1] = replace(section, text=re.sub(r"(本年度办结\d+件)，其中[^；]*；", r"\1；", section.text))
    return report, Expected("C3", ids, right)


def _c4(report: Report, rng: Random) -> tuple[Report, Expected]:
    """One result too many; the total, which prose repeats, stays right."""
    group, part = rng.choice(("reconsideration", "direct", "after")), rng.choice(("upheld", "corrected", "pending"))
    ids = (f"t4.{group}.{part}",)
    return report, Expected("C4", ids, _bump(report, ids, rng.randint(1, 3)))


def _c5(report: Report, rng: Random) -> tuple[Report, Expected]:
    """More is carried in than last year carried out; everything within the year still adds up."""
    by = rng.randint(1, 2)
    right = _bump(report, ("t3.carried_in.natural", "t3.carried_in.total"), by)
    _bump(report, [f"t3.{row}.{col}" for row in ("granted", "closed") for col in ("natural", "total")], by)
    tell(report)
    return report, Expected("C5", tuple(right), right)


def _c6(report: Report, rng: Random) -> tuple[Report, Expected]:
    ids = ("t2.normative.made",)
    right = _bump(report, ids, rng.randint(1, 5))
    return report, Expected("C6", ("t2.normative.in_force", *ids), right)


def _c7(report: Report, rng: Random) -> tuple[Report, Expected]:
    ids = (f"t2.{rng.choice(['licences', 'services', 'penalties', 'coercion'])}.items",)
    return report, Expected("C7", ids, _bump(report, ids, rng.randint(9, 20)))


def _c8(report: Report, _rng: Random) -> tuple[Report, Expected]:
    right = {"t2.normative.total": report.value("t2.normative.total") or 0}
    disclosed = report.value("t2.normative.disclosed") or 0
    _set(report, "t2.normative.made", disclosed + 2)
    _set(report, "t2.normative.disclosed", disclosed + 2)
    _set(report, "t2.normative.total", disclosed + 1)
    return report, Expected("C8", ("t2.normative.total", "t2.normative.disclosed"), right)


def _c9(report: Report, rng: Random) -> tuple[Report, Expected]:
    wrong = f"t2.{rng.choice(['licences', 'penalties', 'coercion'])}.decisions"
    right = report.value(wrong) or 0
    _set(report, wrong, -right or -rng.randint(1, 9))
    return report, Expected("C9", (wrong,), {wrong: right})


def _c10(report: Report, _rng: Random) -> tuple[Report, Expected]:
    report.cells["t4.after.total"] = Cell("t4.after.total", Status.MISSING)
    return report, Expected("C10", ("t4.after.total",))


def _c11(report: Report, rng: Random) -> tuple[Report, Expected]:
    carried_out = report.value("t3.carried_out.total") or 0
    if NO_REQUESTS in report.sections[1].text:
        _rewrite(report, 1, NO_REQUESTS, "本年新收政府信息公开申请2件，均已按时办结。")
        return report, Expected("C11", ("t3.new.total",), {"t3.new.total": 0})
    _rewrite(report, 1, f"结转下年度继续办理{carried_out}件", f"结转下年度继续办理{carried_out + rng.randint(1, 3)}件")
    return report, Expected("C11", ("t3.carried_out.total",), {"t3.carried_out.total": carried_out})


def _c12(report: Report, rng: Random) -> tuple[Report, Expected]:
    head = report.sections[1].text.split("条，其中政府网站", 1)[0]
    digits = head[len(head.rstrip("0123456789")):]
    _rewrite(report, 1, f"{digits}条，其中政府网站", f"{int(digits) + rng.randint(1, 30)}条，其中政府网站")
    return report, Expected("C12")


def _c13(report: Report, rng: Random) -> tuple[Report, Expected]:
    """The same year told on the other form; the three rows of 其他处理 become one, or one the third of three."""
    other = "2019" if _form_id(report) == "2021" else "2021"
    drawn = sample(rng.randint(1, 10**6), agency=report.agency or "", year=report.year or 0, form_id=other, size="none")
    values = {cell_id: report.value(cell_id) or 0 for cell_id in drawn.cells if cell_id in report.cells}
    values |= {cell_id: drawn.value(cell_id) or 0 for cell_id in drawn.cells if cell_id.startswith("t2.")}
    for col in form(other).t3_columns:
        rows = ("other", "other_uncorrected", "other_unpaid", "other_rest")
        parts = [report.value(f"t3.{row}.{col.key}") or 0 for row in rows]
        values |= {f"t3.{row}.{col.key}": 0 for row in ("other_uncorrected", "other_unpaid")} if other == "2021" else {}
        values[f"t3.{'other_rest' if other == '2021' else 'other'}.{col.key}"] = sum(parts)
    return assemble(report.agency or "", report.year or 0, other, values), Expected("C13")


def _c14(report: Report, _rng: Random) -> tuple[Report, Expected]:
    del report.sections[4]
    return report, Expected("C14")


def _c15(report: Report, rng: Random) -> tuple[Report, Expected]:
    report.signed_on = date(report.year or 0, 12, rng.randint(10, 28))
    return report, Expected("C15")


def _c16(report: Report, _rng: Random) -> tuple[Report, Expected]:
    """2019: the amount of procurement has no unit. 2021: the fee is given in 元 under a head that says 万元."""
    wrong, unit = ("t2.procurement.amount", None) if _form_id(report) == "2019" else ("t2.fees.amount", "元")
    old = report.cells[wrong]
    report.cells[wrong] = old._replace(raw=f"{old.value}{unit or ''}", unit=unit)
    return report, Expected("C16", (wrong,))


def _c17(report: Report, _rng: Random) -> tuple[Report, Expected]:
    """A rule (规章) made, and repealed at once so that no later year is touched."""
    marks = {"made": 1, "disclosed": 1, "total": 1} if _form_id(report) == "2019" else {"made": 1, "repealed": 1}
    for column, value in marks.items():
        _set(report, f"t2.regulations.{column}", value)
    return report, Expected("C17", ("t2.regulations.made",), {"t2.regulations.made": 0})


def _c18(report: Report, rng: Random) -> tuple[Report, Expected]:
    wrong = "t3.carried_out.total"
    right = report.value(wrong) or 0
    report.cells[wrong] = Cell(wrong, Status.BLANK, raw=rng.choice(("", "/", "—")))
    return report, Expected("C18", (wrong,), {wrong: right})


def _c19(report: Report, _rng: Random) -> tuple[Report, Expected]:
    _rewrite(report, 6, fee_sentence(report), "")
    return report, Expected("C19")


def _c20(report: Report, _rng: Random) -> tuple[Report, Expected]:
    report.preamble = report.preamble.replace(form("2021").notice, form("2019").notice)
    return report, Expected("C20")


def _c21(report: Report, _rng: Random) -> tuple[Report, Expected]:
    year = report.year or 0
    _rewrite(report, 1, f"{year}年，", f"{year - 1}年，")
    return report, Expected("C21")


def _c22(report: Report, _rng: Random) -> tuple[Report, Expected]:
    section = report.sections[5]
    report.sections[5] = replace(section, text=section.text.split("\n改进情况", 1)[0])
    return report, Expected("C22")


def _c23(report: Report, _rng: Random) -> tuple[Report, Expected]:
    _rewrite(report, 1, "（二）依申请公开。", "（二）依申请公开。对收到的申请，自收到之日起15个工作日内予以答复。")
    return report, Expected("C23")


def _form_id(report: Report) -> str:
    return report.forms.get("t3") or report.form or "2021"


def _set(report: Report, cell_id: str, value: Number) -> None:
    report.cells[cell_id] = cell(form(_form_id(report)).cells[cell_id], value)


def _bump(report: Report, ids: tuple[str, ...] | list[str], by: int) -> dict[str, Number]:
    """Add to cells; the right values are given back."""
    right = {cell_id: report.value(cell_id) or 0 for cell_id in ids}
    for cell_id, value in right.items():
        _set(report, cell_id, value + by)
    return right


def _rewrite(report: Report, number: int, old: str, new: str) -> None:
    """Replace the first occurrence in a section; a sentence that is not there is a mistake of the caller."""
    section = report.sections[number]
    if old not in section.text:
        raise ValueError(f"section {number} does not say {old!r}")
    report.sections[number] = replace(section, text=section.text.replace(old, new, 1))


_PLANTERS: dict[str, Callable[[Report, Random], tuple[Report, Expected]]] = {
    "C1": _c1, "C2": _c2, "C3": _c3, "C4": _c4, "C5": _c5, "C6": _c6, "C7": _c7, "C8": _c8, "C9": _c9, "C10": _c10,
    "C11": _c11, "C12": _c12, "C13": _c13, "C14": _c14, "C15": _c15, "C16": _c16, "C17": _c17, "C18": _c18,
    "C19": _c19, "C20": _c20, "C21": _c21, "C22": _c22, "C23": _c23,
}

PLANTABLE: dict[str, Need] = {
    rule: Need() for rule in _PLANTERS
} | {
    "C2": Need(requests=True),
    "C5": Need(previous=True), "C6": Need(previous=True, form="2021"), "C7": Need(previous=True, form="2019"),
    "C8": Need(form="2019"), "C13": Need(steady=True), "C19": Need(form="2021"), "C20": Need(form="2021"),
}
