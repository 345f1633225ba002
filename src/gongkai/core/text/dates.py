"""Dates and years as Chinese documents write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.core.text.fold import fold
from gongkai.core.text.numerals import parse_chinese
from gongkai.core.text.patterns import lazy

_ZEROS = "〇零○O"
_NUMERALS = f"{_ZEROS}一二三四五六七八九"
_CENTURY = rf"(?:19|[二2][{_ZEROS}0])"  # people mix both ways of writing: 二0二三
_YEAR = rf"(?<![\d{_NUMERALS}])(?P<year>{_CENTURY}[\d{_NUMERALS}]{{2}})"
_MONTH = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})"
_DAY = r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = lazy(
    rf"{_YEAR}(?:(?P<spelt>年){_MONTH}月{_DAY}[日号]"
    r"|(?P<mark>[-./])(?P<m2>\d{1,2})(?P=mark)(?P<d2>\d{1,2})(?!\d)[日号]?)"
)
_SPELT_YEAR = lazy(rf"[二2][{_ZEROS}0][\d{_NUMERALS}]{{2}}(?=年)")
_IN_DIGITS = str.maketrans(_NUMERALS, "0000123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a folded text, with the slice in which it stood; `spelt` with 年, 月 and 日."""

    on: date
    start: int
    stop: int
    spelt: bool


def find_dates(folded: str) -> Iterator[Found]:
    """Every date of a folded text in order: 2021年1月26日, 二〇二一年一月二十六日, 2021-01-26, 2021.1.26.

    What no calendar has (2021年2月30日) is passed over.
    """
    for match in _DATE.finditer(folded):
        year = int(match["year"].translate(_IN_DIGITS))
        month, day = (_number(match[name] or match[other]) for name, other in (("month", "m2"), ("day", "d2")))
        try:
            yield Found(date(year, month, day), match.start(), match.end(), match["spelt"] is not None)
        except ValueError:
            continue


def whole_date(text: str) -> date | None:
    """The date that a line is, white space and brackets around it aside; None when it is anything else."""
    folded = fold(text).strip("()[]。.")
    return next((found.on for found in find_dates(folded) if found.start == 0 and found.stop == len(folded)), None)


def date_at_end(text: str) -> tuple[str, date] | None:
    """A line that ends in a date spelt with 年, 月 and 日: what stands before it, folded, and the date."""
    folded = fold(text)
    for found in find_dates(folded):
        if found.spelt and found.stop == len(folded):
            return folded[:found.start], found.on
    return None


def arabic_years(text: str) -> str:
    """Folded text with 二〇二三年 written as 2023年."""
    return _SPELT_YEAR.sub(lambda found: found[0].translate(_IN_DIGITS), fold(text))


def arabic_lines(text: str) -> str:
    """The same, line by line."""
    return "\n".join(map(arabic_years, text.split("\n")))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else parse_chinese(text) or 0
