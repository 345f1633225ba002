"""Numbers in prose: counts with their units, in digits and in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.core.report.model import Number
from gongkai.core.text.numerals import parse_chinese

COUNT_UNITS = "件条份宗起个项次例"
# Units of things, the longer ones first; years, days and people's visits are no counts of ours.
_UNITS = (
    "人次|件次|万元|亿元|工作日|件|条|份|宗|起|个|项|次|例|篇|期|则|元"
    "|户|名|家|场|批|部|卷|处|张|封|人|页|集|册|类"
)
CHINESE_NUMBER = "[零〇一二两三四五六七八九十百千万]+"
_QUANTITY = re.compile(
    r"(?P<before>约|近|超过?|逾|不足|第)?(?<![\d.%/-])(?P<number>\d+(?:\.\d+)?)"
    r"(?P<more>余|多)?(?P<times>万|亿)?(?P<more2>余|多)?"
    rf"(?P<unit>{_UNITS})(?P<after>以上|左右|以下|以内|工作日|月|百分点)?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count in prose; `exact` is False for 余, 约, 近, 以上 and the like. `start`, `end` are places in the text."""

    value: Number
    unit: str
    start: int
    end: int
    exact: bool


def quantities(text: str) -> Iterator[Quantity]:
    """The counts in `plain` text; ordinals (第3期) and numbers cut by white space are left out."""
    for match in _QUANTITY.finditer(text):
        before = match["before"] or ""
        cut = match.start("number") > 0 and text[match.start("number") - 1] == " "
        if before == "第" or cut or match["after"] in {"工作日", "月", "百分点"}:
            continue
        value: Number = Decimal(match["number"]) if "." in match["number"] else int(match["number"])
        value *= {"万": 10_000, "亿": 100_000_000}.get(match["times"] or "", 1)
        exact = not (before or match["more"] or match["more2"] or match["after"] or match["times"])
        yield Quantity(value, match["unit"], match.start("number"), match.end(), exact)


def count(text: str) -> int | None:
    """A whole number in digits or Chinese numerals."""
    return int(text) if text.isdigit() else parse_chinese(text)
