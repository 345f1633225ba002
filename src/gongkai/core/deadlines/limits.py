"""The other time limits of an application: confirmation, correction notice, consultation, payment; and that of showing
a decision to the public."""

from __future__ import annotations

from datetime import date

from gongkai.core.deadlines.clock import CONSULTATION_DAYS, CORRECTION_DAYS, PAYMENT_DAYS, received_on
from gongkai.core.deadlines.facts import (
    DEFAULT,
    Channel,
    Conventions,
    Deadline,
    Facts,
    PauseKind,
    Step,
    needs_confirmation,
)
from gongkai.core.deadlines.reply import FEE_RULE, PAUSE_ARTICLES, PAUSE_NAMES
from gongkai.core.deadlines.telling import first_counted, passed, said, unknown
from gongkai.core.workdays import Calendar

# What the standard catalogues of 国办发〔2019〕54号 say of the two kinds of decisions, in their column 公开时限.
SHOWING_RULE = "基层政务公开标准目录：行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示"
_SILENCE = {
    PauseKind.THIRD_PARTY: "逾期未提出意见的，由本机关依照条例决定是否公开，不视为同意",
    PauseKind.CO_MAKER: "逾期未提出意见的，视为同意公开",
    PauseKind.OTHER_ORGAN: "条例没有规定答复期限，此为本机关设定的期限；逾期未答复的，由本机关决定",
}


def confirm_due(facts: Facts, calendar: Calendar, conventions: Conventions = DEFAULT) -> Deadline:
    """The day by which the office confirms receipt with the applicant (Art. 31). None where nothing is to confirm."""
    if not needs_confirmation(facts.channel):
        return Deadline(None, "settled", (Step(facts.arrived, "当面提交和邮寄签收的申请不须确认", "31"),))
    if facts.channel is Channel.LETTER:
        due = facts.arrived if calendar.is_workday(facts.arrived) else calendar.add(facts.arrived, 1)
        what = "平信应当在收到当日与申请人确认"
    else:
        due = calendar.add(facts.arrived, conventions.confirmation_days)
        what = f"条例没有规定确认的期限，本机关设定为 {conventions.confirmation_days} 个工作日"
    return Deadline(due, "settled" if calendar.knows(due) else "provisional", (
        Step(facts.arrived, "申请到达", "31"), Step(due, f"{what}，至{said(due)}", "31"),
    ))


def correction_notice_due(facts: Facts, calendar: Calendar) -> Deadline:
    """The day by which the one correction notice must be given: 7 working days from receipt (Art. 30)."""
    received = received_on(facts)
    if received is None:
        return Deadline(None, "provisional", (Step(facts.arrived, "尚未与申请人确认，期限尚未起算", "31"),))
    return _counted(
        received, CORRECTION_DAYS, calendar, "30", "收到申请", "申请内容不明确的，应当在这一天以前一次性告知补正",
    )


def consultation_due(
    sent_or_delivered: date, kind: PauseKind, calendar: Calendar, conventions: Conventions = DEFAULT,
) -> Deadline:
    """The day by which an opinion is due: 15 working days from receipt of the letter (Arts. 32 and 34). Its last step
    says what silence means."""
    days = conventions.consultation_days if kind is PauseKind.OTHER_ORGAN else CONSULTATION_DAYS
    return _counted(
        sent_or_delivered, days, calendar, PAUSE_ARTICLES[kind], f"{PAUSE_NAMES[kind]}的函件送达", _SILENCE[kind],
    )


def payment_due(notice_received: date, calendar: Calendar) -> Deadline:
    """The day by which the processing fee is due: 20 working days from receipt of the notice (国办函〔2020〕109号)."""
    return _counted(
        notice_received, PAYMENT_DAYS, calendar, "42.2", "收到收费通知", "逾期未缴纳的，视为放弃申请，不再处理",
        FEE_RULE,
    )


def showing_due(decided: date, days: int, calendar: Calendar) -> Deadline:
    """The day by which a decision of licensing or punishment must be shown (双公示): `days` working days from it."""
    return _counted(decided, days, calendar, "", "作出决定", "应当在这一天以前（含当日）公示", SHOWING_RULE)


def _counted(
    start: date, days: int, calendar: Calendar, article: str, begins: str, means: str, source: str = "",
) -> Deadline:
    """`days` working days after `start`, step by step."""
    due = calendar.add(start, days)
    first = first_counted(calendar, start)
    steps = [
        Step(start, begins, article, source),
        Step(first, f"当日不计入，第 1 个工作日为{said(first)}", article, source),
        *passed(calendar, start, due),
        Step(due, f"{said(due)}为第 {days} 个工作日；{means}", article, source),
    ]
    guessed = unknown(calendar, start, due)
    if guessed is not None:
        steps.append(guessed)
    return Deadline(due, "provisional" if guessed else "settled", tuple(steps))
