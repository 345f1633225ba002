"""Time limits of reconsideration (行政复议) and suits (行政诉讼): the organ's, the reviewing body's, the applicant's.

Short periods of reconsideration are working days since 2024; everything else is calendar days and months, of which
only the last day asks the calendar: one that offices do not work moves to the first day after it that they do.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gongkai.core.deadlines.facts import Deadline, Step
from gongkai.core.deadlines.telling import first_counted, passed, said, unknown
from gongkai.core.workdays import Calendar

if TYPE_CHECKING:
    from gongkai.core.law.remedies import RemedySettings

REVISED = date(2024, 1, 1)  # 行政复议法 of 2023 in force (its Art. 90)
ANSWER_DAYS, SIMPLE_ANSWER_DAYS = 10, 5  # Arts. 48 and 54; working days by Art. 88
PLEADING_DAYS = 15  # 行政诉讼法, Art. 67; the same for an appeal and a retrial (解释, Arts. 108 and 111)
REVIEW_DAYS, SIMPLE_REVIEW_DAYS = 60, 30  # Art. 62
FIRST_MONTHS, SECOND_MONTHS, SIMPLE_SUIT_DAYS = 6, 3, 45  # 行政诉讼法, Arts. 81, 88 and 83
JUDGMENT_APPEAL_DAYS, RULING_APPEAL_DAYS = 15, 10  # 行政诉讼法, Art. 85

_REVIEW, _OLD_REVIEW = "《行政复议法》", "《行政复议法》（2017年修正）"
_SUIT, _READING = "《行政诉讼法》", "最高人民法院关于适用《行政诉讼法》的解释"
_ROLLS_IN_REVIEW = f"{_REVIEW}第八十八条、《民事诉讼法》第八十五条"
_ROLLS_IN_SUIT = f"{_READING}第四十八条"
_PLEADING = {
    "first": ("起诉状副本", f"{_SUIT}第六十七条"), "second": ("上诉状副本", f"{_READING}第一百零八条"),
    "retrial": ("再审申请书副本", f"{_READING}第一百一十一条"),
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Remedies:
    """Until when an answer can be contested. `first`: reconsideration must come before a suit, so that the suit has no
    day of its own yet. Both are None where the answer needs no notice of remedies (a withdrawal)."""

    first: bool
    reconsideration: Deadline | None
    suit: Deadline | None


def answer_due(stage: str, received_on: date, simple: bool, calendar: Calendar) -> Deadline:
    """The day by which the organ answers: `stage` is reconsideration, first, second or retrial.

    Reconsideration: ten working days from receipt of the application's copy, five in the simple procedure; before
    2024 ten calendar days. Suits: fifteen calendar days from receipt of the copy. Raises KeyError for another stage.
    """
    if stage != "reconsideration":
        paper, source = _PLEADING[stage]
        return _days(
            received_on, PLEADING_DAYS, calendar, f"收到{paper}", "应当在这一天以前提交答辩材料、证据和依据", source,
            _ROLLS_IN_SUIT,
        )
    means = "应当在这一天以前提出书面答复，并提交证据、依据和其他有关材料"
    if received_on < REVISED:
        return _days(
            received_on, ANSWER_DAYS, calendar, "收到复议申请书副本", means,
            f"{_OLD_REVIEW}第二十三条", f"{_OLD_REVIEW}第四十条",
        )
    days, article = (SIMPLE_ANSWER_DAYS, "第五十四条") if simple else (ANSWER_DAYS, "第四十八条")
    how = "适用简易程序，" if simple else ""
    return _workdays(
        received_on, days, calendar, f"{how}收到复议申请书副本", means, f"{_REVIEW}{article}、第八十八条",
    )


def decision_due(stage: str, accepted_on: date | None, simple: bool, calendar: Calendar) -> Deadline:
    """By when the reviewing body or the court is to decide, for information: sixty days from acceptance (thirty in the
    simple procedure), six months at first instance (45 days), three at second. Raises KeyError for another stage."""
    if stage not in {"reconsideration", *_PLEADING}:
        raise KeyError(stage)
    if accepted_on is None:
        return Deadline(None, "provisional", (Step(None, "受理、立案日期没有登记，审理期限尚不能计算", ""),))
    if stage == "reconsideration":
        if accepted_on < REVISED:
            days, source, rolls = REVIEW_DAYS, f"{_OLD_REVIEW}第三十一条", f"{_OLD_REVIEW}第四十条"
        else:
            days, source = (SIMPLE_REVIEW_DAYS if simple else REVIEW_DAYS), f"{_REVIEW}第六十二条"
            rolls = _ROLLS_IN_REVIEW
        more = "" if simple and accepted_on >= REVISED else "；情况复杂的经批准可以延长，最多三十日"
        means = f"复议机关应当在这一天以前作出决定{more}"
        return _days(accepted_on, days, calendar, "受理复议申请", means, source, rolls)
    means = "法院应当在这一天以前审结；有特殊情况的经批准可以延长"
    if stage == "first" and simple:
        return _days(
            accepted_on, SIMPLE_SUIT_DAYS, calendar, "适用简易程序，立案", "法院应当在这一天以前审结",
            f"{_SUIT}第八十三条", _ROLLS_IN_SUIT,
        )
    if stage == "retrial":
        steps = (Step(
            accepted_on, "再审立案；按第一审程序审理的为六个月，按第二审程序审理的为三个月，由法院确定", "",
            f"{_READING}第五十条",
        ),)
        return Deadline(None, "provisional", steps)
    months, article = (FIRST_MONTHS, "第八十一条") if stage == "first" else (SECOND_MONTHS, "第八十八条")
    begins = "立案" if stage == "first" else "法院收到上诉状"
    return _months(accepted_on, months, calendar, begins, means, f"{_SUIT}{article}", _ROLLS_IN_SUIT)


def appeal_due(served_on: date, calendar: Calendar, *, ruling: bool = False) -> Deadline:
    """Until when a first-instance judgment can be appealed: fifteen days from service, a ruling ten."""
    what, days = ("裁定书", RULING_APPEAL_DAYS) if ruling else ("判决书", JUDGMENT_APPEAL_DAYS)
    return _days(
        served_on, days, calendar, f"收到一审{what}", "不服的可以在这一天以前上诉；各方都不上诉的，裁判发生法律效力",
        f"{_SUIT}第八十五条", _ROLLS_IN_SUIT,
    )


def rehandling_due(from_on: date, days: int, working: bool, calendar: Calendar, *, named: bool = True) -> Deadline:
    """The day by which the organ replies anew. `named`: the period is the decision's own; else it is the one that this
    installation takes where a decision names none. Raises ValueError below one day."""
    if days < 1:
        raise ValueError("a period is at least one day")
    kind = "个工作日" if working else "日"
    source = f"{_REVIEW}第七十七条、{_SUIT}第九十四条"
    begins = f"收到决定、裁判，责令重新处理的期限为 {days} {kind}" if named else (
        f"收到决定、裁判，没有写明重新处理的期限，按本机关设定的 {days} {kind}计算"
    )
    means = "应当在这一天以前重新作出答复"
    if working:
        return _workdays(from_on, days, calendar, begins, means, source)
    return _days(from_on, days, calendar, begins, means, source, f"{_ROLLS_IN_REVIEW}；{_ROLLS_IN_SUIT}")


def remedy_until(
    kind: str, served_on: date, calendar: Calendar, settings: RemedySettings | None = None, *,
    decided_on: date | None = None, settled: bool = True,
) -> Remedies:
    """Until when the applicant may contest an answer of this kind that was served on a day; for `law.remedies.NO_REPLY`
    `served_on` is the day on which the time for the reply ended.

    `decided_on` decides which law holds, the day of service where it is left out. `settled` False: the day of service
    is not known and the given one stands for it. Raises KeyError for an unknown kind.
    """
    # Read when asked: whoever counts a due date on the command line does not wait for the answers' table.
    from gongkai.core.law.answer_kinds import ANSWERS
    from gongkai.core.law.remedies import NO_REPLY, RemedySettings, must_reconsider_first

    rules = settings or RemedySettings()
    decided = decided_on or served_on
    first = must_reconsider_first(kind, decided, rules)
    if kind != NO_REPLY and ANSWERS[kind].remedy == "none":
        return Remedies(False, None, None)
    silent = kind == NO_REPLY
    begins = "答复期限届满而没有答复" if silent else "答复送达申请人"
    law, article = (_OLD_REVIEW, "第九条") if decided < rules.since else (_REVIEW, "第二十条")
    rolls = f"{_OLD_REVIEW}第四十条" if decided < rules.since else _ROLLS_IN_REVIEW
    must = "应当先申请行政复议，" if first else ""
    apply = _days(
        served_on, rules.apply_days, calendar, begins, f"{must}申请人可以在这一天以前申请行政复议", f"{law}{article}",
        rolls,
    )
    if first:
        listed = "第三项" if silent else "第四项"
        suit = Deadline(None, "provisional", (Step(
            None, f"未经行政复议不能直接起诉；收到复议决定书或者复议期满之日起 {rules.sue_after_days} 日内可以起诉", "",
            f"{_REVIEW}第二十三条第一款{listed}、第三十四条，{_SUIT}第四十五条",
        ),))
    else:
        source = f"{_READING}第六十六条" if silent else f"{_SUIT}第四十六条"
        suit = _months(
            served_on, rules.sue_directly_months, calendar, begins, "申请人可以在这一天以前直接起诉", source,
            _ROLLS_IN_SUIT,
        )
    if not settled:
        apply, suit = _supposed(apply, served_on), _supposed(suit, served_on)
    return Remedies(first, apply, suit)


def suit_until(served_on: date, calendar: Calendar, settings: RemedySettings | None = None) -> Deadline:
    """Until when a suit can follow a reconsideration: fifteen days from receipt of its decision."""
    from gongkai.core.law.remedies import RemedySettings

    rules = settings or RemedySettings()
    return _days(
        served_on, rules.sue_after_days, calendar, "复议决定书送达", "不服复议决定的可以在这一天以前起诉",
        f"{_SUIT}第四十五条", _ROLLS_IN_SUIT,
    )


def _workdays(start: date, days: int, calendar: Calendar, begins: str, means: str, source: str) -> Deadline:
    due = calendar.add(start, days)
    steps = [
        Step(start, begins, "", source),
        Step(first_counted(calendar, start), f"当日不计入，第 1 个工作日为{said(first_counted(calendar, start))}", ""),
        *passed(calendar, start, due),
        Step(due, f"{said(due)}为第 {days} 个工作日；{means}", "", source),
    ]
    guessed = unknown(calendar, start, due)
    if guessed is not None:
        steps.append(guessed)
    return Deadline(due, "provisional" if guessed else "settled", tuple(steps))


def _days(
    start: date, days: int, calendar: Calendar, begins: str, means: str, source: str, rolls: str,
) -> Deadline:
    last = start + days * _DAY
    counted = f"当日不计入，自次日起按自然日计算，第 {days} 日为{said(last)}"
    return _ending(start, last, calendar, begins, counted, means, source, rolls)


def _months(
    start: date, months: int, calendar: Calendar, begins: str, means: str, source: str, rolls: str,
) -> Deadline:
    last = months_after(start, months)
    counted = f"当日不计入，{months} 个月后的对应日为{said(last)}"
    return _ending(start, last, calendar, begins, counted, means, source, rolls)


def _ending(
    start: date, last: date, calendar: Calendar, begins: str, counted: str, means: str, source: str, rolls: str,
) -> Deadline:
    """A period whose last day alone asks the calendar."""
    due = last if calendar.is_workday(last) else calendar.add(last, 1)
    steps = [Step(start, begins, "", source), Step(last, counted, "", source)]
    if due != last:
        what = calendar.note(last).what
        steps.append(Step(due, f"最后一日是{what}，顺延到其后第一个工作日{said(due)}", "", rolls))
    steps.append(Step(due, f"期限到{said(due)}为止；{means}", "", source))
    guessed = unknown(calendar, last - _DAY, due)
    if guessed is not None:
        steps.append(guessed)
    return Deadline(due, "provisional" if guessed else "settled", tuple(steps))


def _supposed(deadline: Deadline, served_on: date) -> Deadline:
    step = Step(served_on, f"没有登记签收日期，暂按{said(served_on)}送达计算；实际签收较晚的，期限相应顺延", "")
    return Deadline(deadline.due_on, "provisional", (step, *deadline.steps))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
