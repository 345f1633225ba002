"""Number plates (GA 36): province, letter, five places, or six for new energy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around, before
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.view import View

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵黔粤青藏川宁琼使"
_GAP = r"[ \t·•・‧∙.\-]?"
_BREAK = r"[ \t·•・‧∙.\-_|~*:/()\r\n]{0,2}"  # between the letter and the rest, also a line's end or a bracket
_PLATE = re.compile(
    rf"([{PROVINCES}]{_GAP}[A-HJ-NP-Z]){_BREAK}"
    rf"((?:[A-HJ-NP-Z0-9]{_GAP}){{5}}[A-HJ-NP-Z0-9]|(?:[A-HJ-NP-Z0-9]{_GAP}){{4}}[A-HJ-NP-Z0-9学警挂港澳使领试超])"
    r"(?![A-Za-z0-9])", re.I,
)
_NARROW = re.compile(  # the line ends within the number, or before its letter
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[牌号为驶是的车：:]))([{PROVINCES}](?:\r?\n)?[A-HJ-NP-Z])"
    r"([·•]?(?:[A-HJ-NP-Z0-9](?:\r?\n)?){4,5}[A-HJ-NP-Z0-9])(?![A-Za-z0-9年.月])"
)
_SPECIAL = re.compile(
    rf"WJ[·•.\- ]?(?:[{PROVINCES}]|[0-9]{{2}})[·•.\- ]?[0-9A-Z]{{4}}[0-9A-Z警消边电通森水]?(?![0-9A-Za-z])"
    r"|(?<=[牌号照为车驶是：: （(])(?:使[·•.\- ]?[0-9]{3}[·•.\- ]?[0-9]{3}|[军空海北沈兰济南广成][A-Z][·•.\- ]?[0-9]{5}"
    rf"|民航[·•.\- ]?[A-Z0-9][0-9]{{3,4}}|[{PROVINCES}]O[·•.\- ]?[0-9]{{5}}"
    rf"|[{PROVINCES}][\"“”‘’「」『』][A-HJ-NP-Z][0-9]{{5}})(?![0-9A-Za-z])", re.I,
)
_WITHOUT_PROVINCE = re.compile(r"\s*([A-HJ-NP-Z])[·•. ]?([A-HJ-NP-Z0-9]{5,6})\s*")  # in a column of plates
_NAMED = re.compile("车牌|号牌|牌照|车号|车辆|驾驶")
_MAY_BE_SPECIAL = re.compile("WJ|wj|[车牌照驾]")
_OFFICE = re.compile("公务用车|公务车|公车|执法车|车辆处置|报废|拍卖|竞价|变卖|救护车|消防车|环卫车|押运|资产处置")


def is_plate_head(context: str) -> bool:
    """True when the head of a column speaks of plates."""
    return _NAMED.search(context) is not None


def find(seen: View, context: str) -> Iterator[Hit]:
    """Plates of cars; of new energy cars with D or F in their place; of embassies and forces where the words say so."""
    for pattern in (_PLATE, _NARROW) if "\n" in seen.text else (_PLATE,):
        for found in pattern.finditer(seen.text):
            rest = re.sub(_GAP[:-1] + "+|[\\r\\n]", "", found[2]).upper()
            if _is_plate(rest):
                yield _hit(seen, found, context)
    if _NAMED.search(context) and (alone := _WITHOUT_PROVINCE.fullmatch(seen.text)) and _is_plate(alone[2]):
        yield _hit(seen, alone, context)
    for found in _SPECIAL.finditer(seen.text) if _MAY_BE_SPECIAL.search(f"{context} {seen.text}") else ():
        if found[0][:2].upper() == "WJ" or _NAMED.search(f"{context} {before(seen.text, found.start())}"):
            yield _hit(seen, found, context)


def _hit(seen: View, found: re.Match[str], context: str) -> Hit:
    words = f"{context} {around(seen.text, found.start(), found.end())}"
    case = "plate_office" if _OFFICE.search(words) else "plate"
    return hit(Kind.PLATE, case, seen, found.start(), found.end(), first=2, last=0)


def _is_plate(rest: str) -> bool:
    digits = sum(character.isdecimal() for character in rest)
    if len(rest) == 6:
        return bool(re.fullmatch(r"[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]", rest))
    letters = sum(character.isascii() and character.isalpha() for character in rest)
    return letters <= 2 and digits >= 3 if rest[-1].isascii() else digits + letters == 4 and digits >= 2
