"""Words for days, holidays and what is not known yet: the parts of an explanation that every time limit shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby

from gongkai.core.deadlines.facts import Step
from gongkai.core.workdays import Calendar, DayNote
from gongkai.core.workdays.wording import weekday


@lru_cache(4096)
def said(day: date) -> str:
    """2026年2月10日（周二）"""
    return f"{day.year}年{day.month}月{day.day}日（{weekday(day)}）"


def passed(calendar: Calendar, after: date, through: date) -> Iterator[Step]:
    """The holidays and make-up days that the count meets in (after, through], each with its notice."""
    notes = calendar.special(after, through)
    for (workday, what, source), group in groupby(notes, lambda note: note[1:]):
        days = list(group)
        if workday:
            for note in days:
                yield _counted(note)
        else:
            yield _left_out(days[0].day, days[-1].day, len(days), what, source)


@lru_cache(512)
def _counted(note: DayNote) -> Step:
    return Step(note.day, f"{said(note.day)}{note.what}，计入", "", note.source)


@lru_cache(2048)
def _left_out(first: date, last: date, workdays: int, what: str, source: str) -> Step:
    span = said(first) if first == last else f"{said(first)}至{said(last)}"
    return Step(first, f"{span}{what}，周一至周五有 {workdays} 天不计入", "", source)


def unknown(calendar: Calendar, after: date, through: date) -> Step | None:
    """A step that names the first day on which the count had to guess."""
    day = calendar.first_unknown(after, through)
    if day is None:
        return None
    lacking = calendar.unsettled(day.year)
    if lacking is None:
        return Step(day, f"{said(day)}的安排未经核实，采用正式通知后重新计算", "", calendar.note(day).source)
    if lacking.region:
        what = f"{lacking.name or lacking.region}{day.year}年的本地假日尚未导入，暂按全国安排计算，导入后重新计算"
    else:
        what = f"自{said(day)}起的节假日安排尚未导入，暂按周一至周五上班估算，导入后重新计算"
    return Step(day, what, "")


def first_counted(calendar: Calendar, start: date) -> date:
    """The first working day of a period whose start is not counted."""
    return calendar.add(start, 1)



def cited(article: str) -> str:
    """条例第三十三条 for "33"; nothing for nothing."""
    if not article:
        return ""
    from gongkai.core.law.articles import cite

    return f"条例{cite(article)}"
