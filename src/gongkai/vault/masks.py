"""What may be seen of a person without a reason: the masks of 永安市's rule, widened to everything a form asks.

No Django, no key. A mask is made when a value is sealed and stored beside it, so that lists never decrypt. Whatever
is not surely safe is starred: a mask that hides too much costs one logged reveal, one that hides too little cannot be
taken back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Mask = Callable[[str], str]
STARS = "****"
_CHINESE = re.compile(r"^[\u3400-\u9fff]")
# What stands in a house number, a road or a block is not part of the name of a district: where one of these characters
# would have to be kept, the mask stops earlier. Some true names (道县, 五里街镇) lose their last step to it.
_NOT = r"0-9０-９A-Za-zＡ-Ｚａ-ｚ〇零号路巷弄栋幢室街道\s"
_QUARTER = "小社校厂院营舍属活宅库片矿"  # 小区, 社区, 校区 …: where somebody lives, not a county
_BELOW = "县区村"  # what stands in no name of a province or city
_PLACE = re.compile(
    rf"((?:[^{_NOT}{_BELOW}省]{{2,4}}省|[^{_NOT}{_BELOW}]{{2,6}}?自治区|(?:北京|天津|上海|重庆)市)?"
    rf"(?:[^{_NOT}{_BELOW}]{{1,12}}?(?:市(?!场)|自治州|州(?!市)|地区|盟))?"
    rf"(?:[^{_NOT}镇乡村庄屯园苑厦院寓县区市旗]{{1,10}}(?:县|(?<![{_QUARTER}])区|市(?!场)|旗))?)"
    rf"(?:(?:(?![{_QUARTER}]区)[^{_NOT}镇乡村]){{1,10}}(?:街道|镇|乡|苏木))?"
)


def name(value: str) -> str:
    """张伟明 → 张**; John Smith → J**. Two stars stand for whatever is longer, so length tells nothing either."""
    kept = value[:1] if len(value) > 1 else ""
    return kept + ("*" if len(value) <= 2 and _CHINESE.match(value) else "**")


def id_number(value: str) -> str:
    """35*************123: the first two and the last three; shorter ones show less."""
    if len(value) < 10:
        return value[:1] + "*" * (len(value) - 1) if len(value) > 4 else STARS
    return value[:2] + "*" * (len(value) - 5) + value[-3:]


def phone(value: str) -> str:
    """138****1234; a landline keeps its first three and last two digits; separators stay where they are."""
    text = re.sub(r"^\s*(?:\+|00)?\s*86[\s-]*(?=1[3-9])", "", unicodedata.normalize("NFKC", value)).strip()
    digits = sum(c.isdigit() for c in text)
    if digits < 7:
        return STARS
    mobile = re.fullmatch(r"1[3-9](?:[\s-]?\d){9}", text) is not None
    first, last = (3, 4) if mobile else (3, 2) if digits >= 10 else (1, 2)
    if mobile:
        text = re.sub(r"\D", "", text)
    out, seen = [], 0
    for character in text:
        if character.isdigit():
            seen += 1
            out.append(character if seen <= first or seen > digits - last else "*")
        elif character in "-()（） +":
            out.append(character)
        else:
            out.append("*")
    return "".join(out)


def address(value: str) -> str:
    """Down to the township or street office and no further: 福建省三明市永安市燕西街道****."""
    text = re.sub(r"\s+", "", value)
    found = _PLACE.match(text)
    return (found.group(0) if found else "") + STARS


def email(value: str) -> str:
    """a***@x.cn."""
    box, at, host = value.partition("@")
    return f"{box[:1]}***@{host}" if at and box and host else STARS


def postcode(value: str) -> str:
    """The first two digits: the province."""
    return value[:2] + STARS if len(value) >= 6 else STARS


def everything(_value: str) -> str:
    """Nothing is shown."""
    return STARS


def nothing(value: str) -> str:
    """What is not personal stands as it is: the name of an organisation, the kind of a document."""
    return value


def mask(field: str, value: str) -> str:
    """The masked form of one field's value. Raises KeyError for a field that does not exist."""
    from gongkai.vault.fields import FIELDS

    return FIELDS[field].mask(value.strip()) if value.strip() else ""
