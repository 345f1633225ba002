"""What the style guide shows: one specimen of every component, made up here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Paginator

from gongkai.applications.offers import Situation, offers
from gongkai.applications.states import Act, State
from gongkai.applications.work import Chip
from gongkai.core.deadlines import Channel, Facts, reply_due
from gongkai.core.report.model import Finding, Fix, Report, Severity
from gongkai.core.report.render.tables import statutory_tables
from gongkai.core.report.samples import sample
from gongkai.core.workdays import shipped

COLOURS = ("ink", "ink-soft", "blue", "red", "amber", "green", "line-strong")


@dataclass(frozen=True, slots=True)
class _Moment:
    at: str
    actor_name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Counts:
    errors: int
    inconsistencies: int
    warnings: int


def specimens() -> dict[str, Any]:
    """The context of the page."""
    report: Report = sample(7, form_id="2021")
    findings = [
        Finding("row-sum", "C2", Severity.ERROR, "第一项“总计”写 19，六类申请人相加是 18。", 19, 18,
                ("t3.new.total", "t3.new.natural"), fix=Fix({"t3.new.total": 18}, "把“总计”改为 18。")),
        Finding("prose-differs", "C11", Severity.INCONSISTENCY, "正文写收到申请 20 件，表中是 18 件。", 20, 18,
                ("t3.new.total",)),
        Finding("blank-total", "C18", Severity.WARNING, "结转下年度的“总计”空着，没有时应填 0。", None, None,
                ("t3.carried_out.total",)),
        Finding("old-notice", "C20", Severity.INFO, "引用的格式通知已由 2021 年的通知替代。"),
        Finding("sum-not-checked", "C4", Severity.NOT_CHECKED, "行政复议有空白，没有检查合计。", None, None,
                ("t4.reconsideration.total",)),
    ]
    return {
        "findings": findings, "tables": statutory_tables(report, findings), "corrected": {"t3.granted.natural"},
        "differing": {"t3.partial.natural"}, "colours": COLOURS, "findings_elsewhere": False,
        "states": [("已收", "done"), ("已公开", "now"), ("已撤下", "later")],
        "entries": [_Moment("2026-03-05T14:20:00+08:00", "李文", "更正 t3.new.total：19 → 18，理由：与登记台账核对")],
        "counts": [_Counts(2, 1, 3), _Counts(0, 0, 0)], "page": Paginator(range(95), 10).get_page(3),
        "severities": [severity.value for severity in Severity], **_of_applications(),
    }


def _of_applications() -> dict[str, Any]:
    """The clock with its steps, the acts panel, the gates."""
    facts = Facts(arrived=date(2026, 2, 10), channel=Channel.POST)
    due = date(2026, 3, 18)
    chips = [
        Chip("fine", "还有", 12, due), Chip("soon", "还有", 3, due, provisional=True),
        Chip("today", "今天到期", 0, due), Chip("late", "已逾期", 2, due),
        Chip("still", "等补正", 9, due), Chip("over", "等意见", -2, due),
        Chip("unconfirmed", "待确认，未起算", 2, due), Chip("done", "已办结", 0, due),
        Chip("missed", "逾期办结", 0, due),
    ]
    permitted = {Act.DRAFT, Act.CONSULT, Act.PROPOSE_EXTENSION, Act.CONTACT}
    when = datetime(2026, 3, 5, 6, 20, tzinfo=UTC)
    gates = [
        {"name": "保密审查", "state": "passed", "by": "孙审", "at": when, "version": 2},
        {"name": "合法性审查", "state": "returned", "by": "孙审", "at": when, "version": 2, "remark": "理由没有写条款"},
        {"name": "签发", "state": "open", "version": 2},
    ]
    return {
        "chips": chips, "deadline": reply_due(facts, shipped()), "gates": gates,
        "offers": offers(Situation(State.ASSIGNED, extended=True), permitted),
        "effect": {"name": "答复期限", "before": due, "after": date(2026, 4, 15), "note": "延长 20 个工作日"},
    }
