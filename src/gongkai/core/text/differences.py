"""In which years, numbers and places two texts part: "the same of another year" is no repeated application.

Works on folded text without a dictionary. A place is recognised by its last character (县, 镇, 村, 路 …).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from gongkai.core.text.dates import arabic_years
from gongkai.core.text.fold import fold
from gongkai.core.text.numerals import parse_chinese

Kind = Literal["year", "number", "place"]

# What applicants write around the matter, longest first. It would make every two applications alike.
_FILLER = (
    "中华人民共和国政府信息公开条例", "政府信息公开条例", "政府信息公开申请", "申请政府信息公开", "依法申请公开",
    "依申请公开", "申请信息公开", "信息公开申请", "申请公开", "请求公开", "要求公开", "希望公开", "申请获取",
    "申请提供", "请求提供", "要求提供", "请予公开", "予以公开", "请公开", "请提供", "请贵局", "请贵单位", "向贵局",
    "向贵单位", "贵机关", "贵单位", "贵局", "贵委", "贵府", "政府信息", "本人", "我公司", "我单位", "现依据", "根据",
    "依据", "依照", "按照", "相关信息", "有关信息", "相关材料", "有关材料", "相关文件", "有关文件", "信息内容",
    "所需", "具体", "以及", "关于", "谢谢", "申请人", "有关", "相关", "全部", "所有",
)
_FILLERS = re.compile("|".join(map(re.escape, sorted(_FILLER, key=len, reverse=True))))
_BREAKS = re.compile(r"[^\w]+|[的了和与及或在于对向将我请]")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})年?(?:-|~|至|到|—)((?:19|20)\d{2})(?!\d)")
_DIGITS = re.compile(r"\d+")
_SPELT = re.compile(r"第?([一二三四五六七八九十百]{1,5})(?=[号期批组栋幢标段次队届])")
_COUNTED = re.compile(r"\d+(?:年度?|月份?|日|号|期|批)?")
_PLACE = re.compile(r"([^\W\d_]{1,6}?)(街道|社区|小区|自治区|自治州|省|市|县|区|镇|乡|村|组|路|街|旗)")
_NOT_PLACES = frozenset({
    "全省", "全市", "全县", "全区", "全镇", "全乡", "全村", "本省", "本市", "本县", "本区", "本镇", "本乡", "本村",
    "我省", "我市", "我县", "我区", "我镇", "我乡", "我村", "城市", "农村", "乡村", "道路", "公路", "线路", "园区",
    "山区", "地区", "小组", "城区", "集市", "上市", "超市",
})
_LONGEST_RANGE = 30  # years


class Difference(NamedTuple):
    """What only the one text (`ours`) and what only the other (`theirs`) says, of one kind."""

    kind: Kind
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def apart(self) -> bool:
        """True when each says something that the other does not: 2022 against 2023, not 2022 against nothing."""
        return bool(self.ours and self.theirs)


def differs_in(a: str, b: str) -> tuple[Difference, ...]:
    """The years, numbers and places that stand in only one of two texts; empty when they agree in all of them."""
    left, right = _facts(a), _facts(b)
    found: list[Difference] = []
    kinds: tuple[Kind, ...] = ("year", "number", "place")
    for kind, mine, other in zip(kinds, left, right, strict=True):
        ours = tuple(sorted(word for word in mine if not _in(word, other, kind)))
        theirs = tuple(sorted(word for word in other if not _in(word, mine, kind)))
        if ours or theirs:
            found.append(Difference(kind, ours, theirs))
    return tuple(found)


def without_filler(text: str) -> list[str]:
    """The folded text in pieces, without the phrases of every application and without punctuation and particles."""
    return [piece for piece in _BREAKS.split(_FILLERS.sub(" ", arabic_years(text).casefold())) if piece]


def _facts(text: str) -> tuple[set[str], set[str], set[str]]:
    folded = arabic_years(fold(text))
    years = set(_YEARS.findall(folded))
    for first, last in _RANGE.findall(folded):
        if 0 <= int(last) - int(first) <= _LONGEST_RANGE:
            years.update(str(year) for year in range(int(first), int(last) + 1))
    numbers = {number.lstrip("0") or "0" for number in _DIGITS.findall(_YEARS.sub(" ", folded))}
    numbers |= {str(number) for spelt in _SPELT.findall(folded) if (number := parse_chinese(spelt))}
    places = {
        name + suffix for piece in without_filler(text) for name, suffix in _PLACE.findall(_COUNTED.sub(" ", piece))
        if name + suffix not in _NOT_PLACES
    }
    return years, numbers, places


def _in(word: str, others: set[str], kind: Kind) -> bool:
    """A place is the same with or without what stands before it: 办理李家庄村 and 李家庄村."""
    if kind != "place":
        return word in others
    return any(word.endswith(other) or other.endswith(word) for other in others)
