"""Decisions about a campaign on plain facts. No Django, and nothing here asks what day it is.

Art. 49: departments of governments at county level and above submit to the supervisor and publish by 31 January; the
supervisor publishes the government's report by 31 March. Local notices set earlier days.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from gongkai.core.errors import Refused
from gongkai.core.required import required

FIRST_YEAR = 2008
TITLE_MOST, NUMBER_MOST, NOTICE_MOST, REASON_MOST, EXPLANATION_MOST, REMINDER_MOST = 200, 100, 20_000, 300, 500, 500


def statutory(year: int) -> tuple[date, date]:
    """The last days of the law for the report of a year: members' and the government's."""
    return date(year + 1, 1, 31), date(year + 1, 3, 31)


def year(asked: int, today: date) -> int:
    """A year of which reports are due or were. Raises Refused: year-implausible."""
    if not FIRST_YEAR <= asked <= today.year:
        raise Refused("year-implausible", "年度应在 %(first)s 和 %(last)s 之间", first=FIRST_YEAR, last=today.year)
    return asked


def days(of_year: int, due_on: date, publish_by: date) -> None:
    """The two days of a campaign. Raises Refused: due-too-early, due-too-late, published-too-late, wrong-order."""
    last, out = statutory(of_year)
    if due_on <= date(of_year, 12, 31):
        raise Refused("due-too-early", "提交期限须在统计年度结束以后；没有保存")
    if due_on > last:
        raise Refused("due-too-late", "提交期限不能晚于%(last)s（第四十九条）；没有保存", last=last.isoformat())
    if publish_by > out:
        raise Refused("published-too-late", "公布期限不能晚于%(last)s（第四十九条）；没有保存", last=out.isoformat())
    if publish_by < due_on:
        raise Refused("wrong-order", "公布期限不能早于提交期限；没有保存")


def own_day(of_year: int, on: date, publish_by: date) -> date:
    """Another day for one member. Raises Refused: due-too-early, due-too-late."""
    if on <= date(of_year, 12, 31):
        raise Refused("due-too-early", "提交期限须在统计年度结束以后；没有保存")
    if on > publish_by:
        raise Refused("due-too-late", "另定的期限不能晚于公布期限%(last)s；没有保存", last=publish_by.isoformat())
    return on


def reason(text: str) -> str:
    """Why the list of members changes. Raises Refused: words-missing, words-too-long."""
    return required("理由", text, REASON_MOST)


def late_days(due: date, on: date) -> int:
    """Days after the last day, 0 in time."""
    return max(0, (on - due).days)


def stage(due: date, today: date, before: Collection[int], after: Collection[int]) -> date | None:
    """The day of the latest reminder that is due by today: so many days before or after the last day; None before the
    first. Whoever was reminded on or after it needs no other."""
    marks = [due - timedelta(days=n) for n in before] + [due + timedelta(days=n) for n in after]
    return max((mark for mark in marks if mark <= today), default=None)
