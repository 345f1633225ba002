"""C11: what prose says about requests, reviews and suits, held against tables 三 and 四.

Words such as 受理 do not say whether last year's open requests are counted too: every reading that an office may
mean is accepted, and a hit is given only when the number fits none of them. Where an operand has no value the
claim is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gongkai.core.report.checks.prose_claims import Claim, claims
from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.model import Number, Severity
from gongkai.core.report.operands import total
from gongkai.core.report.prose import plain_sections
from gongkai.core.report.words import cell_name, number


class Subject(NamedTuple):
    """What a claim may mean: sums of cells, the plain reading first. `name` is what the table calls it."""

    name: str
    readings: tuple[tuple[str, ...], ...]


def _rows(form_id: str, *prefixes: str) -> tuple[str, ...]:
    return tuple(f"t3.{row.key}.total" for row in form(form_id).t3_rows if row.key.startswith(prefixes))


@cache
def _subjects(form_id: str) -> dict[str, Subject]:
    new, carried_in, closed = ("t3.new.total",), ("t3.carried_in.total",), ("t3.closed.total",)
    set_aside = _rows(form_id, "unhandled_", "other")
    answered = tuple(c for c in _rows(form_id, "granted", "partial", "refused_", "unable_", "unhandled_"))
    done = (closed, answered, tuple(c for c in answered if c not in set_aside))
    t4 = {group: (f"t4.{group}.total",) for group in ("reconsideration", "direct", "after")}
    return {
        "new": Subject("本年新收", (new,)),
        "received": Subject("本年新收", (new, new + carried_in)),
        "closed": Subject("（七）总计", done),
        "handled": Subject("本年新收", (new, new + carried_in, *done)),
        "carried_in": Subject("上年结转", (carried_in,)),
        "carried_out": Subject("结转下年度继续办理", (("t3.carried_out.total",),)),
        "granted": Subject("予以公开", (("t3.granted.total",),)),
        "partial": Subject("部分公开", (("t3.partial.total",),)),
        "refused": Subject("不予公开各项合计", (_rows(form_id, "refused_"),)),
        "unable": Subject("无法提供各项合计", (_rows(form_id, "unable_"),)),
        "unhandled": Subject("不予处理各项合计", (_rows(form_id, "unhandled_"),)),
        "other": Subject("其他处理", (_rows(form_id, "other"),)),
        "reconsideration": Subject("行政复议总计", (t4["reconsideration"],)),
        "litigation": Subject("行政诉讼两项总计之和", (t4["direct"] + t4["after"],)),
        "direct": Subject("未经复议直接起诉总计", (t4["direct"],)),
        "after": Subject("复议后起诉总计", (t4["after"],)),
        "disputes": Subject("行政复议和行政诉讼总计之和", (t4["reconsideration"] + t4["direct"] + t4["after"],)),
    }


class _Mismatch(NamedTuple):
    claim: Claim
    subject: Subject
    value: Number


def _mismatches(case: Case, *names: str) -> Iterator[_Mismatch]:
    subjects = _subjects(case.report.forms.get("t3", FORM_IDS[-1]))
    for name in names:
        subject = subjects[name]
        made = [claim for claim in case.once(claims) if claim.subject == name]
        values = [total(case.report, reading) for reading in subject.readings if reading]
        if not made or not values or None in values:
            continue
        # Where one statement fits, a smaller number beside it tells of a part.
        fits = any(claim.value in values for claim in made)
        for claim in made:
            if claim.value not in values and not (fits and claim.value < (values[0] or 0)):
                yield _Mismatch(claim, subject, values[0] or 0)


def _told(case: Case, *names: str) -> Iterator[Hit]:
    for m in _mismatches(case, *names):
        if not m.claim.office:
            yield Hit(
                f"正文称“{m.claim.words}”，{_table(m)}“{m.subject.name}”为 {number(m.value)}",
                m.subject.readings[0], m.claim.value, m.value,
            )


def _table(m: _Mismatch) -> str:
    return "表四" if m.subject.readings[0][0].startswith("t4") else "表三"


@rule("C11", code="GK1101", severity=Severity.WARNING, title="正文收到申请数与表三不符")
def prose_received(case: Case) -> Iterator[Hit]:
    """Requests received, in prose and in table 三."""
    yield from _told(case, "new", "received", "handled", "carried_in")


@rule("C11", code="GK1102", severity=Severity.WARNING, title="正文办结答复数与表三不符")
def prose_closed(case: Case) -> Iterator[Hit]:
    """Requests answered or closed."""
    yield from _told(case, "closed")


@rule("C11", code="GK1103", severity=Severity.WARNING, title="正文结转数与表三不符")
def prose_carried_out(case: Case) -> Iterator[Hit]:
    """Requests carried into the next year."""
    yield from _told(case, "carried_out")


@rule("C11", code="GK1104", severity=Severity.WARNING, title="正文办理结果与表三不符")
def prose_outcomes(case: Case) -> Iterator[Hit]:
    """Outcomes by group (予以公开 … 其他处理); one hit for all that differ."""
    wrong = [m for m in _mismatches(case, "granted", "partial", "refused", "unable", "unhandled", "other")
             if not m.claim.office]
    if wrong:
        pairs = "，".join(f"“{m.claim.words}”对表三“{m.subject.name}”{number(m.value)}" for m in wrong)
        first = wrong[0]
        cells = tuple(cell for m in wrong for cell in m.subject.readings[0])
        yield Hit(f"正文办理结果与表三不符：{pairs}", cells, first.claim.value, first.value)


@rule("C11", code="GK1105", severity=Severity.WARNING, title="正文行政复议数与表四不符")
def prose_reconsideration(case: Case) -> Iterator[Hit]:
    """Administrative reconsiderations."""
    yield from _told(case, "reconsideration", "disputes")


@rule("C11", code="GK1106", severity=Severity.WARNING, title="正文行政诉讼数与表四不符")
def prose_litigation(case: Case) -> Iterator[Hit]:
    """Administrative suits, all or by way."""
    yield from _told(case, "litigation", "direct", "after")


@rule("C11", code="GK1107", severity=Severity.WARNING, title="正文收费情况前后或与表三不符")
def prose_fee(case: Case) -> Iterator[Hit]:
    """No notice to pay was sent, says prose, while table 三 has requests closed for want of payment; or the fee is
    both charged and not charged."""
    report = case.report
    text = "。".join(text for n, text in case.once(plain_sections).items() if n in {1, 6})
    unpaid = report.value("t3.other_unpaid.total")
    denied = re.search(r"(?:未|没有)(?:发出|制发|开具|出具|送达)(?:过)?(?:任何)?(?:信息处理费)?收费通知", text)
    if unpaid and denied:
        yield Hit(
            f"正文称“{denied[0]}”，{cell_name(report, 't3.other_unpaid.total')}为 {number(unpaid)}",
            ("t3.other_unpaid.total",), 0, unpaid,
        )
    charged = re.search(r"收取(?:了)?(?:政府信息公开)?信息处理费(?:共计|共|合计|为)?(\d+(?:\.\d+)?)(万?元)", text)
    not_charged = re.search(r"(?:未|没有|不)(?:产生|收取|收)(?:过)?(?:任何)?(?:政府信息公开)?(?:信息)?处理费", text)
    if charged and not_charged and float(charged[1]) > 0:
        yield Hit(f"正文既称“{charged[0]}”，又称“{not_charged[0]}”", (), charged[0], not_charged[0])


@rule("C11", code="GK1108", severity=Severity.INFO, title="正文与表格口径不同")
def prose_of_the_office_only(case: Case) -> Iterator[Hit]:
    """Prose counts the government's own office while the tables count the whole district: no mistake, but it
    should be said. One hit."""
    for m in _mismatches(case, "new", "received", "handled", "closed", "carried_out"):
        if m.claim.office:
            yield Hit(
                f"正文“{m.claim.words}”是政府办公室一家的口径，{_table(m)}“{m.subject.name}” {number(m.value)} 件"
                "是全地区口径，建议在正文注明", m.subject.readings[0], m.claim.value, m.value,
            )
            return
