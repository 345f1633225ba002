"""The days of a row that came with a register, when one is put right: an order that can be, and none to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from gongkai.core.errors import Refused


def check_days(days: Sequence[tuple[str, date | None]], today: date) -> None:
    """`days` in the order in which they must follow, with their names; None is a day that there is not.

    Raises Refused: future-date, mend-order.
    """
    known = [(name, day) for name, day in days if day is not None]
    if any(day > today for _, day in known):
        raise Refused("future-date", "日期还没有到，请核对；没有保存")
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            raise Refused(
                "mend-order", "“%(later)s” %(second)s 早于“%(earlier)s” %(first)s，次序不可能，请核对；没有保存",
                later=later, second=second.isoformat(), earlier=earlier, first=first.isoformat(),
            )
