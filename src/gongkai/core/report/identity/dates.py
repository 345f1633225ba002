"""Dates and years as reports write them."""

from __future__ import annotations

import re
from datetime import date

from gongkai.core.text.fold import fold

_DIGITS = {ch: str(n) for n, ch in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0", "Ｏ": "0"}
_DATE = re.compile(r"(20\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?号?")
_CHINESE_DATE = re.compile(
    r"([二2][〇零○O0][〇零○O0一二三四五六七八九\d]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_LAST = re.compile(rf"(?:20\d\d年\d{{1,2}}月\d{{1,2}}日|{_CHINESE_DATE.pattern})$")
_CHINESE_YEAR = re.compile(r"二[〇零○O0][〇零○O0一二三四五六七八九]{2}(?=年)")


def arabic_years(text: str) -> str:
    """Folded text with 二〇二三年 written as 2023年."""
    return _CHINESE_YEAR.sub(lambda found: "".join(_DIGITS[ch] for ch in found[0]), fold(text))


def arabic_lines(text: str) -> str:
    """The same, line by line."""
    return "\n".join(map(arabic_years, text.split("\n")))


def whole_date(text: str) -> date | None:
    """The date if the line is a date and nothing else, brackets aside."""
    folded = fold(text).strip("()[]。.")
    found = _DATE.fullmatch(folded)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = _CHINESE_DATE.fullmatch(folded)
    if found:
        year = int("".join(_DIGITS.get(ch, ch) for ch in found[1]))
        return _date(year, _small(found[2]), _small(found[3]))
    return None


def date_at_end(text: str) -> tuple[str, date] | None:
    """A line that ends in a date: what stands before it, and the date."""
    folded = fold(text)
    found = _LAST.search(folded)
    if found is None:
        return None
    day = whole_date(found[0])
    return (folded[:found.start()], day) if day else None


def _small(chinese: str) -> int:
    """十一 → 11, 二十 → 20; up to 99."""
    tens, ten, ones = chinese.rpartition("十")
    if not ten:
        return int(_DIGITS.get(chinese, "0"))
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
