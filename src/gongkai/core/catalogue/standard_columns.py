"""The columns of a standard catalogue and how their two rows of headings are found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.core.text.fold import fold


class Column(NamedTuple):
    """A column as we write it: the upper heading, the lower one (empty: the upper spans both rows), its width."""

    field: str
    upper: str
    lower: str
    width: int


COLUMNS: tuple[Column, ...] = (
    Column("seq", "序号", "", 6), Column("first", "公开事项", "一级事项", 16),
    Column("second", "公开事项", "二级事项", 20), Column("contents", "公开内容（要素）", "", 34),
    Column("basis", "公开依据", "", 34), Column("limit", "公开时限", "", 22),
    Column("subject", "公开主体", "", 16), Column("channels", "公开渠道和载体", "", 34),
    Column("all", "公开对象", "全社会", 8), Column("group", "公开对象", "特定群体（请写明）", 14),
    Column("proactive", "公开方式", "主动", 8), Column("on_request", "公开方式", "依申请", 8),
    Column("county", "公开层级", "县级", 8), Column("township", "公开层级", "乡、村级", 8),
)
HEADINGS: Mapping[str, str] = {column.field: column.lower or column.upper for column in COLUMNS} | {
    "item": "公开事项", "audience": "公开对象", "method": "公开方式", "tier": "公开层级", "domain": "领域",
}
_ENOUGH = 4
_UPPER = (
    ("seq", re.compile(r"序号")), ("item", re.compile(r"公开事项|事项名称")),
    ("contents", re.compile(r"公开内容|内容标准")), ("basis", re.compile(r"公开依据")),
    ("limit", re.compile(r"公开时限")), ("subject", re.compile(r"公开主体|责任主体")),
    ("channels", re.compile(r"公开渠道")), ("audience", re.compile(r"公开对象")), ("method", re.compile(r"公开方式")),
    ("tier", re.compile(r"公开层级")), ("domain", re.compile(r"(?:公开|试点)?领域$")),
)
_LOWER = (
    ("first", re.compile(r"一级")), ("second", re.compile(r"二级")), ("all", re.compile(r"全社会$")),
    ("group", re.compile(r"特定(?:群体|人群|对象)")), ("proactive", re.compile(r"主动(?:公开)?$")),
    ("on_request", re.compile(r"依申请(?:公开)?$")), ("county", re.compile(r"[市县区](?:[、(]?[市县区)]+)?级?$")),
    ("township", re.compile(r"(?:乡|镇|街道)[^,]{0,10}级?$")),
)


def places(upper: Sequence[str], lower: Sequence[str]) -> tuple[dict[str, int], bool] | None:
    """Where each field stands, and whether `lower` is a second row of headings; None when `upper` is not a row of
    headings."""
    above = [_field(cell, _UPPER) for cell in upper]
    inside = [_field(cell, _LOWER) for cell in upper]
    if len({name for name in above if name}) < _ENOUGH:
        return None
    below = [_field(cell, _LOWER) for cell in lower]
    # A row of data may hold 全社会 or 主动公开 too, but then it holds other things besides.
    doubled = any(below) and all(
        not cell or below[at] or _field(cell, _UPPER) or (at < len(upper) and cell == upper[at])
        for at, cell in enumerate(lower)
    )
    found: dict[str, int] = {}
    for at in range(len(upper)):
        under = below[at] if doubled and at < len(below) else None
        name = under or inside[at] or above[at]
        if name is not None:
            found.setdefault(name, at)
    # 公开对象 over 全社会 and 特定群体 is not a column of its own.
    for whole, parts in (("item", ("first", "second")), ("audience", ("all", "group")),
                         ("method", ("proactive", "on_request")), ("tier", ("county", "township"))):
        if any(part in found for part in parts):
            found.pop(whole, None)
    return found, doubled


def _field(cell: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> str | None:
    plain = fold(cell)
    if not plain or len(plain) > 40:
        return None
    return next((name for name, pattern in patterns if pattern.match(plain)), None)
