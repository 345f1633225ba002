"""When a batch can be made, sent and received. No Django."""

from __future__ import annotations

from datetime import date

from gongkai.core.errors import Refused
from gongkai.handover.periods import Frequency, Period, period_of


def period(first: date, last: date, frequency: str, since: date, today: date) -> Period:
    """A period for which a batch can be made now. Raises Refused: period-shape, period-early, period-open."""
    asked = Period(first, last)
    if asked != period_of(first, frequency):
        raise Refused("period-shape", "起止日期与移交周期不符；没有编制，请从待移交清单里选")
    if last < since:
        raise Refused("period-early", "%(name)s在开始移交（%(day)s）以前；没有编制", name=asked.name, day=since)
    if last >= today:
        raise Refused("period-open", "%(name)s还没有结束，期满后再编制", name=asked.name)
    return asked


def frequency(text: str) -> Frequency:
    """A frequency by its key. Raises Refused "frequency"."""
    try:
        return Frequency(text)
    except ValueError:
        raise Refused("frequency", "请选择移交周期：每半月、每月或者每季度") from None


def sent(on: date, made_on: date, today: date) -> date:
    """The day of handing over. Raises Refused: wrong-order, future-date."""
    if on < made_on:
        raise Refused("wrong-order", "移交日期早于编制日期；没有保存，请核对")
    if on > today:
        raise Refused("future-date", "移交日期%(day)s还没有到；没有保存", day=on)
    return on


def received(on: date, sent_on: date | None, today: date) -> date:
    """The day on the receipt. Raises Refused: not-sent, wrong-order, future-date."""
    if sent_on is None:
        raise Refused("not-sent", "这一批还没有登记移交，不能登记回执")
    if on < sent_on:
        raise Refused("wrong-order", "回执日期早于移交日期；没有保存，请核对")
    if on > today:
        raise Refused("future-date", "回执日期%(day)s还没有到；没有保存", day=on)
    return on
