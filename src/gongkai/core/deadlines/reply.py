"""The due date of the reply, explained so that a person can check it by hand (Arts. 30 to 35)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.core.deadlines.clock import REPLY_DAYS, Run, Start, Waits, paused, received_on, run, waits
from gongkai.core.deadlines.facts import (
    CHANNEL_NAMES,
    DEFAULT,
    Channel,
    Conventions,
    Deadline,
    Facts,
    Pause,
    PauseKind,
    Status,
    Step,
    needs_confirmation,
)
from gongkai.core.deadlines.telling import first_counted, passed, said, unknown
from gongkai.core.workdays import Calendar

IN_FORCE = date(2019, 5, 15)  # the present Regulations (Order 711)
FEE_RULE = "国办函〔2020〕109号"
PAUSE_ARTICLES = {PauseKind.THIRD_PARTY: "32", PauseKind.CO_MAKER: "34", PauseKind.OTHER_ORGAN: "33"}
PAUSE_NAMES = {
    PauseKind.THIRD_PARTY: "向第三方征求意见", PauseKind.CO_MAKER: "向共同制作机关征求意见",
    PauseKind.OTHER_ORGAN: "向其他机关征求意见",
}
_RECEIVED = {
    Channel.IN_PERSON: "当面提交，提交之日为收到之日", Channel.POST: "邮寄申请由本机关签收，签收之日为收到之日",
    Channel.LETTER: "平信与申请人确认，确认之日为收到之日",
}


def reply_due(facts: Facts, calendar: Calendar, conventions: Conventions = DEFAULT) -> Deadline:
    """The day by which the reply must be posted or handed over. None while the clock waits; a step says for what."""
    steps = list(_until_the_start(facts))
    clock = run(facts, calendar, conventions)
    if clock is None:
        steps.append(_waiting(facts))
        return Deadline(None, "provisional", tuple(steps))
    guessed = unknown(calendar, clock.start, clock.due)
    steps += _counted(facts, clock, calendar, conventions)
    due, status = clock.due, _status(clock, guessed)
    if facts.delayed_to is not None:
        due, status = facts.delayed_to, "settled"
        steps.append(Step(due, f"理由合理但不能按期答复，答复期限确定为{said(due)}", "35"))
    elif guessed is not None:
        steps.append(guessed)
    if facts.served is not None:
        steps.append(_served(facts.served, due, calendar))
    return Deadline(due, status, tuple(steps))


def reply_day(facts: Facts, calendar: Calendar, conventions: Conventions = DEFAULT) -> tuple[date | None, Status]:
    """Day and status alone, for recomputing many: the same as `reply_due` without its steps."""
    clock = run(facts, calendar, conventions)
    if clock is None:
        return None, "provisional"
    if facts.delayed_to is not None:
        return facts.delayed_to, "settled"
    return clock.due, _status(clock, calendar.first_unknown(clock.start, clock.due))


def _status(clock: Run, guessed: object) -> Status:
    return "provisional" if guessed is not None or any(stop.open for stop in clock.stops) else "settled"


def _until_the_start(facts: Facts) -> Iterator[Step]:
    """What happened before the clock could run."""
    received = received_on(facts)
    if received is not None:
        if facts.channel in _RECEIVED:
            what = _RECEIVED[facts.channel]
        else:
            what = f"{CHANNEL_NAMES[facts.channel]}申请经双方确认，确认之日为收到之日"
        if facts.arrived != received:
            what = f"{said(facts.arrived)}到达，{what}"
        elif facts.confirmed is not None and not needs_confirmation(facts.channel):
            what += "，不须另行确认"
        yield Step(received, what, "31")
        if received < IN_FORCE:
            yield Step(IN_FORCE, f"现行条例自{said(IN_FORCE)}起施行，此前收到的申请请依当时的规定核对", "")
    if facts.correction_asked is not None:
        by = f"，期限至{said(facts.correction_due)}" if facts.correction_due else ""
        yield Step(facts.correction_asked, f"一次性告知申请人补正{by}", "30")
    if facts.corrected is not None:
        yield Step(facts.corrected, "收到补正，答复期限自此起算", "30")
    if facts.fee_noticed is not None:
        by = f"，缴费期限至{said(facts.fee_due)}" if facts.fee_due else ""
        yield Step(facts.fee_noticed, f"通知缴纳信息处理费{by}", "42.2", FEE_RULE)
    if facts.paid is not None:
        yield Step(facts.paid, "缴纳信息处理费，答复期限自缴费次日起重新计算", "42.2", FEE_RULE)


def _waiting(facts: Facts) -> Step:
    if waits(facts) is Waits.CONFIRMATION:
        name = CHANNEL_NAMES[facts.channel]
        return Step(facts.arrived, f"{name}申请已到达，尚未与申请人确认；确认之日才是收到之日，期限尚未起算", "31")
    if waits(facts) is Waits.CORRECTION:
        return Step(facts.correction_due, "等待申请人补正，收到补正后起算；无正当理由逾期不补正的，视为放弃申请", "30")
    return Step(facts.fee_due, "等待申请人缴费，缴费次日起重新计算；逾期未缴纳的，视为放弃申请", "42.2", FEE_RULE)


def _counted(facts: Facts, clock: Run, calendar: Calendar, conventions: Conventions) -> Iterator[Step]:
    """From the start to the last day: start, extension, pauses and holidays in the order of their days, the end."""
    first = first_counted(calendar, clock.start)
    if clock.by is Start.PAYMENT:
        counted = "缴费当日不计入"
    elif conventions.receipt_day_counts:
        counted = "收到当日计入"
    else:
        counted = "补正当日不计入" if clock.by is Start.CORRECTION else "收到当日不计入"
    yield Step(first, f"{counted}，第 1 个工作日为{said(first)}，期限 {REPLY_DAYS} 个工作日", "33")
    if facts.extended:
        yield Step(
            facts.extended_on,
            f"经公开工作机构负责人同意延长 {facts.extended} 个工作日，共 {clock.days} 个工作日", "33",
        )
    met = list(passed(calendar, clock.start, clock.due))
    if facts.pauses:
        met += [_paused(pause, clock, calendar, conventions) for pause in facts.pauses]
        met.sort(key=_day)
    yield from met
    taken_out = sum(stop.workdays for stop in clock.stops)
    if clock.stops:
        once = "，重叠的日子只计一次" if len(clock.stops) < len(facts.pauses) else ""
        yield Step(None, f"征求意见期间的 {taken_out} 个工作日不计算在期限内{once}", "33")
    besides = "（不含征求意见期间）" if taken_out else ""
    last = f"{said(clock.due)}为第 {clock.days} 个工作日{besides}"
    yield Step(clock.due, f"{last}，期限届满；当日交邮或者送达即为按期答复", "33")


def _paused(pause: Pause, clock: Run, calendar: Calendar, conventions: Conventions) -> Step:
    """One consultation: when it was out, and whether it moves the end."""
    after, through = paused(pause, calendar, conventions)
    article, name = PAUSE_ARTICLES[pause.kind], PAUSE_NAMES[pause.kind]
    if through <= clock.start:
        return Step(pause.sent, f"{name}，在起算之前结束，不影响期限", article)
    if after >= clock.due:
        return Step(pause.sent, f"{name}，发出时期限已到，不影响期限", article)
    workdays = max(0, calendar.count(max(after, clock.start), through))
    if pause.ended is None:
        told = f"意见尚未收到，暂按{said(through)}期满计算（{workdays} 个工作日），收到后重新计算"
    elif pause.due is not None and pause.ended > pause.due and not conventions.late_opinion_pauses:
        told = f"{said(pause.ended)}才收到意见，而答复意见的期限在{said(through)}已满，算到期满（{workdays} 个工作日）"
    else:
        told = f"{said(pause.ended)}收到意见，其间 {workdays} 个工作日"
    begins = "当日" if conventions.pause_from_sending_day else "次日"
    return Step(pause.sent, f"{name}，发出{begins}起暂停，{told}", article)


def _served(served: date, due: date, calendar: Calendar) -> Step:
    if served <= due:
        return Step(served, "交邮或者送达，在期限之内", "33")
    late = calendar.count(due, served)
    return Step(served, f"交邮或者送达，超过期限 {late} 个工作日", "33")


def _day(step: Step) -> date:
    return step.on or date.min
