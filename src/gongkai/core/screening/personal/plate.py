"""Number plates (GA 36): province, letter, five places, or six for new energy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.view import View

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_GAP = r"[ \t·•・‧∙.\-]?"
_BREAK = r"[ \t·•・‧∙.\-_|~*:/()\r\n]{0,2}"  # between the letter and the rest, also a line's end or a bracket
_PLATE = re.compile(
    rf"([{_PROVINCES}]{_GAP}[A-HJ-NP-Z]){_BREAK}"
    rf"((?:[A-HJ-NP-Z0-9]{_GAP}){{5}}[A-HJ-NP-Z0-9]|(?:[A-HJ-NP-Z0-9]{_GAP}){{4}}[A-HJ-NP-Z0-9学警挂港澳使领试超])"
    r"(?![A-Za-z0-9])", re.I,
)
_OFFICE = re.compile("公务用车|公务车|公车|执法车|车辆处置|报废|拍卖|竞价|变卖|救护车|消防车|环卫车|押运|资产处置")


def find(seen: View, context: str) -> Iterator[Hit]:
    """Plates of cars; of new energy cars with D or F in their place."""
    for found in _PLATE.finditer(seen.text):
        rest = re.sub(_GAP[:-1] + "+", "", found[2]).upper()
        if not _is_plate(rest):
            continue
        words = f"{context} {around(seen.text, found.start(), found.end())}"
        case = "plate_office" if _OFFICE.search(words) else "plate"
        yield hit(Kind.PLATE, case, seen, found.start(), found.end(), first=2, last=0)


def _is_plate(rest: str) -> bool:
    digits = sum(character.isdecimal() for character in rest)
    if len(rest) == 6:
        return bool(re.fullmatch(r"[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]", rest))
    letters = sum(character.isascii() and character.isalpha() for character in rest)
    return letters <= 2 and digits >= 3 if rest[-1].isascii() else digits + letters == 4 and digits >= 2
