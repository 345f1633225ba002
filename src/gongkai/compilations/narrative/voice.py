"""How an office speaks of itself, and in which of several ways it says a thing this year.

The sentences of two years running differ, since a report that repeats last year's is an accountable fault (C21); the
same agency and year always give the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from gongkai.annual_reports.models import Scope

_REGION = {
    "省": "全省", "自治区": "全区", "自治州": "全州", "州": "全州", "盟": "全盟", "市": "全市", "区": "全区",
    "县": "全县", "旗": "全旗", "镇": "全镇", "乡": "全乡", "苏木": "全苏木", "街道": "全街道",
}
_OWN = (
    ("街道办事处", "我街道"), ("办公厅", "我厅"), ("办公室", "我办"), ("委员会", "我委"), ("管委会", "我委"),
    ("厅", "我厅"), ("局", "我局"), ("委", "我委"), ("中心", "我中心"), ("镇人民政府", "我镇"), ("乡人民政府", "我乡"),
)


class Voice:
    """One agency's words in one year."""

    def __init__(self, agency: str, year: int, scope: str) -> None:
        self.agency, self.year = agency, year
        self.who = whole(agency) if Scope(scope) is Scope.CONSOLIDATED else own(agency)
        self._turn = year + int.from_bytes(sha256(agency.encode()).digest()[:2], "big")

    def pick(self, *ways: str) -> str:
        """One of several ways of saying the same; next year it is another one."""
        return ways[self._turn % len(ways)]

    def listed(self, parts: Sequence[str]) -> str:
        """Parts of a sentence, 、 between them."""
        return "、".join(parts)


def own(agency: str) -> str:
    """How an office speaks of itself: 我局, 我镇; 本机关 where its name does not tell."""
    return next((word for ending, word in _OWN if agency.endswith(ending)), "本机关")


def whole(agency: str) -> str:
    """How a government speaks of everything below it: 全县; 全系统 for a department."""
    place = agency.removesuffix("办事处").removesuffix("人民政府").removesuffix("政府").removesuffix("行政公署")
    ending = max((ending for ending in _REGION if place.endswith(ending)), key=len, default="")
    return _REGION.get(ending, "全系统")
