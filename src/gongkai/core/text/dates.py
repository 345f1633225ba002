"""Dates and years as Chinese documents write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.core.text.numerals import parse_chinese

_YEAR = r"(?<![\d〇零○一二三四五六七八九])(?P<year>(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
_MONTH = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})"
_DAY = r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"{_YEAR}\s*(?:年\s*{_MONTH}\s*月\s*{_DAY}\s*[日号]|(?P<mark>[-./])\s*(?P<m2>\d{{1,2}})\s*(?P=mark)\s*(?P<d2>\d{{1,2}})(?!\d))"
)
_YEARS = re.compile(rf"{_YEAR}\s*年")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, with the slice in which it stood (of the text in NFKC)."""

    on: date
    start: int
    stop: int


def find_dates(text: str) -> Iterator[Found]:
    """Every date of a text in order: 2021年1月26日, 二〇二一年一月二十六日, 2021-01-26, 2021.1.26, with spaces or not.

    What no calendar has (2021年2月30日) is passed over.
    """
    for match in _DATE.finditer(unicodedata.normalize("NFKC", text)):
        parts = [_number(part) for part in (match["year"], match["month"] or match["m2"], match["day"] or match["d2"])]
        try:
            yield Found(date(*parts), match.start(), match.end())
        except ValueError:
            continue


def parse_date(text: str) -> date | None:
    """The date that `text` is, apart from white space around it; None when it is anything else."""
    folded = unicodedata.normalize("NFKC", text).strip()
    for found in find_dates(folded):
        if found.start == 0 and found.stop == len(folded):
            return found.on
    return None


def find_years(text: str) -> list[int]:
    """Every year named with 年, in order, repetitions kept: 2021年, 二〇二一年度."""
    return [_number(match["year"]) for match in _YEARS.finditer(unicodedata.normalize("NFKC", text))]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else parse_chinese(text) or 0
