"""Numbers as people write them into cells of a form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

BLANKS = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "無", "―", "一一", "－", "·", "、", "空"})
_NUMBER = re.compile(
    r"(?P<sign>[-+−－]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<unit>万元|亿元|元|件|条|个|项|次|宗|起|份)?"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with what stood around it. `unit` is the unit written after it, or None."""

    value: int | Decimal
    unit: str | None


def is_blank(raw: str) -> bool:
    """True when nothing, or only a mark for nothing (- / — 无), stands there."""
    return "".join(raw.split()).strip("\u200b\ufeff\u3000\xa0") in BLANKS


def parse_numeral(raw: str) -> Numeral | None:
    """The one number that `raw` holds, exactly; None when it is anything else.

    Full-width digits and grouping commas are understood; white space between digits is not (it may be two
    numbers). Nothing is rounded: integers are int, decimals are Decimal. `raw` blank gives None: ask `is_blank`.
    """
    text = unicodedata.normalize("NFKC", raw).replace("\u200b", "").strip()
    text = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    digits = match["digits"].replace(",", "") + (match["fraction"] or "")
    value: int | Decimal = Decimal(digits) if match["fraction"] else int(digits)
    if match["sign"] in {"-", "−", "－"}:
        value = -value
    return Numeral(value, match["unit"])
