"""Days as a notice words them: 1月28日（周三）至2月4日，9月20日（周日）、10月10日（周六）.

A weekday written behind a day is held against the calendar: it is there to catch a slip of the pen.
"""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.core.text.fold import fold
from gongkai.core.text.patterns import lazy

LONGEST = 31  # days of one span; anything longer is a slip
WEEKDAYS = "一二三四五六日"

_DAY = lazy(
    r"(?:(?P<year>\d{4})[年/.-])?(?:(?P<month>\d{1,2})[月/.-])?(?P<day>\d{1,2})[日号]?"
    r"(?:\((?P<note>[^()]*)\))?"
)
_NOTED = lazy(r"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
_SPAN = lazy(r"[至到~—–]+")
_NEXT = lazy(r"[、,;和及]+")


class Unclear(ValueError):
    """Words that name no days; the text says which and why, in Chinese."""


def weekday(day: date) -> str:
    """周一 … 周日."""
    return "周" + WEEKDAYS[day.weekday()]


def days_of(text: str, year: int) -> list[date]:
    """The days that a text names, in its order. A missing year is `year`, a missing month the one before it.

    Raises Unclear for words that are no days, days that no calendar has, a weekday that is not that day's, spans
    that run backwards or longer than a month.
    """
    folded = fold(text)
    days: list[date] = []
    at, month = 0, None
    while at < len(folded):
        first, at, month = _day(folded, at, year, month)
        if span := _SPAN.match(folded, at):
            last, at, month = _day(folded, span.end(), first.year, month)
            length = (last - first).days
            if not 0 <= length < LONGEST:
                raise Unclear(f"“{text}”起止日期不对")
            days += [first + timedelta(days=offset) for offset in range(length + 1)]
        else:
            days.append(first)
        if at < len(folded):
            gap = _NEXT.match(folded, at)
            if gap is None or gap.end() == len(folded):
                raise Unclear(f"看不懂“{text}”，可写 10月1日至7日 或 9月20日、10月10日")
            at = gap.end()
    if not days:
        raise Unclear("没有写日期")
    return days


def _day(folded: str, at: int, year: int, month: int | None) -> tuple[date, int, int]:
    found = _DAY.match(folded, at)
    if found is None or (found["month"] is None and month is None):
        raise Unclear(f"看不懂“{folded[at:at + 20]}”，可写 10月1日至7日 或 9月20日、10月10日")
    number = int(found["month"]) if found["month"] else month
    assert number is not None
    try:
        day = date(int(found["year"] or year), number, int(found["day"]))
    except ValueError:
        raise Unclear(f"没有“{found[0]}”这一天") from None
    noted = _NOTED.search(found["note"] or "")
    if noted and WEEKDAYS.index(noted["weekday"].replace("天", "日")) != day.weekday():
        raise Unclear(f"“{found[0]}”是{weekday(day)}，请核对日期")
    return day, found.end(), number
