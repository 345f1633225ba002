"""What can be true of a dispute: its track, the order of its days, what a result is, whether a duty follows. No Django;
days come as arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.rules.intake import cleaned, not_before, not_to_come
from gongkai.core.errors import Refused
from gongkai.core.law.answer_kinds import ANSWERS
from gongkai.core.required import required
from gongkai.disputes.states import (
    ENDING_NAMES,
    ENDINGS_OF,
    FOLLOWS,
    RESULT_NAMES,
    STAGE_NAMES,
    STAGES_OF,
    Against,
    Ending,
    Result,
    Stage,
    Track,
)

SUBJECT_MOST, NUMBER_MOST, BODY_MOST, REASON_MOST, WORDS_MOST = 300, 100, 120, 300, 5000
REPLY_NUMBER_MOST = 200
REDO_MOST = 365  # days of a period to reply anew
_ANSWER_BY = {Stage.RECONSIDERATION: "《行政复议法》第四十八条"}
_SUIT = "《行政诉讼法》第六十七条"


@dataclass(frozen=True, slots=True)
class Course:
    """The days and the result of one proceeding, as they are or are to be."""

    stage: str
    received_on: date
    filed_on: date | None = None
    accepted_on: date | None = None
    answered_on: date | None = None
    decided_on: date | None = None
    served_on: date | None = None
    result: str = ""
    ending: str = ""


def track(value: str) -> Track:
    """Raises Refused "track"."""
    if value not in set(Track):
        raise Refused("track", "请选择类别：行政复议、未经复议直接起诉，或者复议后起诉；没有保存")
    return Track(value)


def against(value: str) -> Against:
    """Raises Refused "against"."""
    if value not in set(Against):
        raise Refused("against", "请选择争议事项；没有保存")
    return Against(value)


def text(name: str, value: str, most: int) -> str:
    """One line that may be empty. Raises Refused "words-too-long"."""
    said = " ".join(cleaned(value).split())
    if len(said) > most:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name=name, most=most)
    return said


def words(name: str, value: str, most: int = WORDS_MOST) -> str:
    """Several lines that may be empty. Raises Refused "words-too-long"."""
    said = cleaned(value)
    if len(said) > most:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name=name, most=most)
    return said


def reason(name: str, value: str) -> str:
    """A reason that must be given. Raises Refused: words-missing, words-too-long."""
    return required(name, " ".join(cleaned(value).split()), REASON_MOST)


def begun(kind: Track, stage: str) -> Stage:
    """The first instance of a track: reconsideration, or 一审. Raises Refused "stage" for another one."""
    if stage not in STAGES_OF[kind]:
        raise Refused("stage", "这一类案件没有所选的审级；没有保存")
    return Stage(stage)


def next_stage(kind: str, last: str, stage: str) -> Stage:
    """The instance that may follow the last one. Raises Refused: stage."""
    if Track(kind) is Track.RECONSIDERATION:
        raise Refused("stage", "不服复议决定起诉的，请另行登记为“复议后起诉”的诉讼案件，并关联这件复议；没有保存")
    if stage not in FOLLOWS[Stage(last)]:
        raise Refused(
            "stage", "%(last)s之后应当是%(able)s；没有保存", last=STAGE_NAMES[Stage(last)],
            able="、".join(STAGE_NAMES[able] for able in FOLLOWS[Stage(last)]),
        )
    return Stage(stage)


def course(of: Course, today: date, *, after: date | None = None, before: date | None = None) -> None:
    """Whether the days of a proceeding can be: none to come, each after what it follows.

    `after` is the day that this one follows (receipt of the application, or the decision before), `before` the
    receipt of the next one. Raises Refused: future-date, too-early, answered-late, result-without-day.
    """
    article = _ANSWER_BY.get(Stage(of.stage), _SUIT)
    for name, day in (
        ("收到通知日期", of.received_on), ("申请、起诉日期", of.filed_on), ("受理、立案日期", of.accepted_on),
        ("答复、答辩日期", of.answered_on), ("决定、裁判日期", of.decided_on), ("收到决定、裁判日期", of.served_on),
    ):
        if day is not None:
            not_to_come(name, day, today, article)
    if after is not None:
        not_before("收到通知日期", of.received_on, "前面的日期", after, article)
    _in_order("受理、立案日期", of.accepted_on, "申请、起诉日期", of.filed_on, article)
    _in_order("收到通知日期", of.received_on, "申请、起诉日期", of.filed_on, article)
    _in_order("收到通知日期", of.received_on, "受理、立案日期", of.accepted_on, article)
    _in_order("答复、答辩日期", of.answered_on, "收到通知日期", of.received_on, article)
    _in_order("决定、裁判日期", of.decided_on, "收到通知日期", of.received_on, article)
    if of.answered_on is not None and of.decided_on is not None and of.answered_on > of.decided_on:
        raise Refused(
            "answered-late", "答复、答辩日期%(answered)s晚于决定、裁判日期%(decided)s，请核对；没有保存",
            answered=of.answered_on, decided=of.decided_on,
        )
    _in_order("收到决定、裁判日期", of.served_on, "决定、裁判日期", of.decided_on, article)
    if (of.decided_on is None) != (not of.result) or (of.served_on is not None and of.decided_on is None):
        raise Refused("result-without-day", "结果和决定、裁判日期须同时填写；没有保存")
    if before is not None:
        if of.decided_on is None:
            raise Refused("decided-needed", "后面还有审理程序，这一程序的结果不能清空；没有保存")
        _in_order("下一程序的收到通知日期", before, "决定、裁判日期", of.decided_on, article)


def result(value: str, ending: str) -> tuple[Result, Ending]:
    """A result of table 四 with what it was in particular. Raises Refused: result, ending."""
    if value not in set(Result):
        raise Refused("result", "请选择结果：维持、纠正或者其他；没有保存")
    found = Result(value)
    if ending not in ENDINGS_OF[found]:
        raise Refused(
            "ending", "结果是“%(result)s”的，请写明具体结果：%(able)s；没有保存", result=RESULT_NAMES[found],
            able="、".join(ENDING_NAMES[able] or "不填" for able in ENDINGS_OF[found]),
        )
    return found, Ending(ending)


def owes(value: str, ending: str) -> bool:
    """Whether a decision leaves the organ to act anew: it was set aside, changed, found unlawful, or ordered."""
    return value == Result.CORRECTED and ending in ENDINGS_OF[Result.CORRECTED]


def redo(*, owed: bool, wanted: bool, why: str, days: int | None) -> str:
    """Why nothing is to be done anew, empty where it is or nothing is owed. Raises Refused: redo-reason, redo-days."""
    if not owed:
        return ""
    if not wanted:
        said = " ".join(cleaned(why).split())
        if not said:
            raise Refused("redo-reason", "结果纠正而不须重新答复的，请写明理由，例如变更决定已经代替了原答复；没有保存")
        return text("不须重新答复的理由", said, REASON_MOST)
    if days is not None:
        period(days)
    return ""


def period(days: int) -> int:
    """A period to reply anew, in days. Raises Refused "redo-days"."""
    if not 1 <= days <= REDO_MOST:
        raise Refused("redo-days", "重新答复的期限应为 1 到 %(most)s 日，决定没有写明的留空；没有保存", most=REDO_MOST)
    return days


def redo_from(day: date, decided_on: date) -> None:
    """A period runs from the decision or later. Raises Refused "too-early"."""
    not_before("起算日期", day, "决定、裁判日期", decided_on, "《行政复议法》第七十七条")


def lifted(on: date, decided_on: date, today: date) -> None:
    """When a duty ceased. Raises Refused: future-date, too-early."""
    not_to_come("解除日期", on, today, "《行政复议法》第七十七条")
    not_before("解除日期", on, "决定、裁判日期", decided_on, "《行政复议法》第七十七条")


def fulfilled(answer_kind: str, on: date, decided_on: date, today: date) -> None:
    """How and when the organ replied anew. Raises Refused: answer-kind, future-date, too-early."""
    if answer_kind not in ANSWERS:
        raise Refused("answer-kind", "请选择重新答复的结果；没有保存")
    not_to_come("重新答复日期", on, today, "《行政复议法》第七十七条")
    not_before("重新答复日期", on, "决定、裁判日期", decided_on, "《行政复议法》第七十七条")


def closed(on: date, decided_on: date, today: date, open_duties: int) -> None:
    """A case is put away when it was decided and nothing is left to do. Raises Refused."""
    if open_duties:
        raise Refused(
            "rehandling-open", "还有 %(count)s 项重新答复没有办完，不能了结；请先登记重新答复", count=open_duties,
        )
    not_to_come("了结日期", on, today, "条例第四十五条")
    not_before("了结日期", on, "决定、裁判日期", decided_on, "条例第四十五条")


def _in_order(name: str, day: date | None, earlier: str, floor: date | None, article: str) -> None:
    if day is not None and floor is not None:
        not_before(name, day, earlier, floor, article)
