"""The six kinds of applicant that table 三 of the annual report counts."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from gongkai.core.text.fold import fold


class ApplicantKind(StrEnum):
    """A column of table 三; the value is the column's key in cell ids."""

    NATURAL = "natural"
    BUSINESS = "business"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL = "legal"
    OTHER = "other"


APPLICANT_NAMES: dict[ApplicantKind, str] = {
    ApplicantKind.NATURAL: "自然人",
    ApplicantKind.BUSINESS: "商业企业",
    ApplicantKind.RESEARCH: "科研机构",
    ApplicantKind.WELFARE: "社会公益组织",
    ApplicantKind.LEGAL: "法律服务机构",
    ApplicantKind.OTHER: "其他",
}

# What registers write instead of the statutory word. Only words that mean one kind: 法人 or 单位 can be any of five.
_ALSO = {
    ApplicantKind.NATURAL: ("公民", "个人", "自然人申请"),
    ApplicantKind.BUSINESS: ("企业", "公司", "商业企业法人"),
    ApplicantKind.RESEARCH: ("科研单位", "科研院所"),
    ApplicantKind.WELFARE: ("公益组织", "社会公益机构"),
    ApplicantKind.LEGAL: ("律师事务所", "律所", "法律服务"),
    ApplicantKind.OTHER: ("其他组织", "其它", "法人或其他组织-其他", "其他法人或组织"),
}


def parse(text: str) -> ApplicantKind | None:
    """The kind that a cell names by its statutory word, its key or a usual other word; None when it names none."""
    return _spellings().get(fold(text).casefold())


@cache
def _spellings() -> dict[str, ApplicantKind]:
    return {
        fold(word).casefold(): kind
        for kind, name in APPLICANT_NAMES.items() for word in (kind.value, name, f"法人或其他组织-{name}", *_ALSO[kind])
        if not (kind is ApplicantKind.NATURAL and word.startswith("法人"))
    }
