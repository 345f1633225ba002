"""What an item may say. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gongkai.core.catalogue.limits import is_at_once, parse_limits, shortest_days
from gongkai.core.catalogue.ticks import LONGEST_CHANNEL
from gongkai.core.catalogue.vocabulary import ASPECTS
from gongkai.core.errors import Refused

LONGEST_REASON = 300
_LENGTHS = {
    "name": 200, "code": 40, "domain": 60, "subject": 200, "group": 200, "topic": 60, "limit_text": 1_000,
    "contents": 5_000, "basis": 5_000,
}
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


def sound(values: Mapping[str, Any]) -> None:
    """Refuse an item that cannot be: `values` is the whole of it.

    Raises Refused: name-needed, code-odd, too-long, period-needed, group-needed, unknown-aspect, channel-odd.
    """
    if not values["name"]:
        raise Refused("name-needed", "请写明事项名称")
    if not _CODE.fullmatch(values["code"]):
        raise Refused("code-odd", "编码“%(odd)s”不能用，只能用字母、数字和 . _ -，例如 20.1", odd=values["code"][:40])
    for field, most in _LENGTHS.items():
        if len(values[field]) > most:
            raise Refused("too-long", "“%(text)s…”超过 %(most)s 个字，请缩短", text=values[field][:10], most=most)
    if values["mode"] == "periodic" and not values["period"]:
        raise Refused("period-needed", "定期公开的事项要写明周期：每月、每季度、每半年或者每年")
    if values["audience"] == "group" and not values["group"] and values["source"] != "standard":
        raise Refused("group-needed", "公开对象是特定群体的，请写明是哪个群体")
    if not set(values["aspects"]) <= set(ASPECTS):
        raise Refused("unknown-aspect", "五公开只有决策、执行、管理、服务、结果五项")
    if any(not name or len(name) > LONGEST_CHANNEL for name in values["channels"]):
        raise Refused("channel-odd", "渠道的名称不能空，也不能超过 %(most)s 个字", most=LONGEST_CHANNEL)


def derived(limit_text: str, typed_days: int | None = None) -> dict[str, Any]:
    """`limit_days` and `at_once` of a limit in words. A number that somebody typed counts only where the words give
    none: what stands in the catalogue wins."""
    limits = parse_limits(limit_text)
    days = shortest_days(limits)
    return {"limit_days": typed_days if days is None else days, "at_once": is_at_once(limits)}


def reason_given(reason: str) -> str:
    """The reason, trimmed. Raises Refused: reason-needed, reason-too-long."""
    plain = reason.strip()
    if not plain:
        raise Refused("reason-needed", "请写明理由，它和这一版一起保留")
    if len(plain) > LONGEST_REASON:
        raise Refused("reason-too-long", "理由不能超过 %(most)s 个字", most=LONGEST_REASON)
    return plain


def not_before(on: date, last: date) -> None:
    """Editions follow each other. Raises Refused `edition-earlier`."""
    if on < last:
        raise Refused("edition-earlier", "新的一版不能早于上一版的日期%(last)s，请核对", last=last)


def next_code(prefix: str, codes: Iterable[str]) -> str:
    """The code after the last of `codes` right below `prefix`: own.1, own.2 …"""
    pattern = re.compile(re.escape(prefix) + r"\.(\d{1,6})")
    numbers = [int(found[1]) for code in codes if (found := pattern.fullmatch(code))]
    return f"{prefix}.{max(numbers, default=0) + 1}"
