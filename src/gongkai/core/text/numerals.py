"""Numbers as people write them into cells of a form."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

BLANKS = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "無", "―", "一一", "－", "·", "、", "空"})
_UNITS = "万元|亿元|元|件|条|个|项|次|宗|起|份"
_NUMBER = re.compile(
    r"(?P<sign>[-+−－]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    rf"(?:(?P<unit>{_UNITS})|\((?P<inner>{_UNITS})\))?"
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]+")  # web pages leave marks without width around numbers
_LONGEST = 64  # characters; a longer text is not a number
_DIGITS = {ch: n for n, ch in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


class Numeral(NamedTuple):
    """A number with what stood around it. `unit` is the unit written after it, or None."""

    value: int | Decimal
    unit: str | None


def is_blank(raw: str) -> bool:
    """True when nothing, or only a mark for nothing (- / — 无), stands there."""
    text = "".join(raw.split())
    return text in BLANKS or _UNSEEN.sub("", text) in BLANKS


def parse_numeral(raw: str) -> Numeral | None:
    """The one number that `raw` holds, exactly; None when it is anything else.

    Full-width digits and grouping commas are understood; white space between digits is not (it may be two
    numbers). Nothing is rounded: integers are int, decimals are Decimal. `raw` blank gives None: ask `is_blank`.
    """
    if len(raw) > _LONGEST:
        return None
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", raw)).strip()
    text = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    digits = match["digits"].replace(",", "") + (match["fraction"] or "")
    value: int | Decimal = Decimal(digits) if match["fraction"] else int(digits)
    if match["sign"] in {"-", "−", "－"}:
        value = -value
    return Numeral(value, match["unit"] or match["inner"])


def parse_chinese(text: str) -> int | None:
    """A whole number written in Chinese characters (一百三十四, 二〇二一, 十万), None for anything else.

    Characters without steps are read digit by digit, as in years. 三百五 may be 305 or 350 and is refused, and so are
    两三 and 三四十, which mean that nobody counted.
    """
    if not text or any(ch not in _DIGITS and ch not in _STEPS and ch not in _MYRIADS for ch in text):
        return None
    if _DIGITS.get(text[-1]) and text[-2:-1] and text[-2] in "百千万亿":
        return None
    if all(ch in _DIGITS for ch in text):
        if len(text) == 2 and all(_DIGITS[ch] for ch in text):
            return None
        return int("".join(str(_DIGITS[ch]) for ch in text))
    total = part = digit = 0
    for ch in text:
        if ch in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[ch]
        elif ch in _STEPS:
            part += (digit or 1) * _STEPS[ch]
            digit = 0
        else:
            total = (total + part + digit) * _MYRIADS[ch] if ch == "亿" else total + (part + digit) * _MYRIADS[ch]
            part = digit = 0
    return total + part + digit
