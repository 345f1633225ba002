"""The information processing fee (政府信息公开信息处理费管理办法, 国办函〔2020〕109号; Regulations, Art. 42).

An application is charged either by piece (按件, all outcomes of one applicant in one calendar month together) or by
volume (按量, pages), never both. Tiers stand in fees.toml; amounts are exact, in 元.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

Method = Literal["piece", "page"]


@dataclass(frozen=True, slots=True)
class Tier:
    """From the `first` to the `last` piece or page (None: without end) each costs `rate` 元."""

    first: int
    last: int | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One tier of a calculation: how many pieces or pages fall into it, at what rate, and what that makes."""

    tier: Tier
    count: int
    amount: Decimal
    sentence: str


def by_piece(pieces: int, before: int = 0) -> Decimal:
    """What `pieces` applications of one applicant in one calendar month cost, `before` others having come before.

    Raises ValueError for negative numbers.
    """
    return _total(explain("piece", pieces, before))


def by_page(pages: int) -> Decimal:
    """What providing this many pages costs. Raises ValueError for a negative number."""
    return _total(explain("page", pages))


def piece_fee(nth: int) -> Decimal:
    """What the nth application of a calendar month costs by itself. Raises ValueError below 1."""
    if nth < 1:
        raise ValueError(nth)
    return by_piece(1, nth - 1)


def explain(method: Method, quantity: int, before: int = 0) -> tuple[Step, ...]:
    """The calculation tier by tier, in words. `before`: pieces of the same month that were counted already."""
    if quantity < 0 or before < 0:
        raise ValueError((quantity, before))
    steps: list[Step] = []
    unit = "件" if method == "piece" else "页"
    for tier in _tiers(method, before + quantity):
        last = before + quantity if tier.last is None else min(tier.last, before + quantity)
        count = last - max(tier.first, before + 1) + 1
        if count > 0:
            amount = count * tier.rate
            steps.append(Step(tier, count, amount, _sentence(tier, count, amount, unit)))
    return tuple(steps)


def in_force(on: date) -> bool:
    """True when the rule applies on a day; its first day is data that could not be verified (fees.toml)."""
    return on >= _IN_FORCE_FROM


def _tiers(method: Method, upto: int) -> list[Tier]:
    tiers = list(_TIERS[method])
    if method == "piece":  # every further ten pieces are a tier of their own, each 100 元 dearer
        while (end := tiers[-1].last) is not None and end < upto:
            tiers.append(Tier(end + 1, end + _STEP_PIECES, tiers[-1].rate + _STEP_RATE))
    return tiers


def _sentence(tier: Tier, count: int, amount: Decimal, unit: str) -> str:
    span = f"第 {tier.first} {unit}以上" if tier.last is None else f"第 {tier.first}–{tier.last} {unit}"
    if not tier.rate:
        return f"{span}：{count} {unit}，不收费。"
    return f"{span}：{count} {unit} × {tier.rate} 元 = {amount} 元。"


def _total(steps: tuple[Step, ...]) -> Decimal:
    return sum((step.amount for step in steps), Decimal(0))


_data = tomllib.loads(Path(__file__).with_name("fees.toml").read_text("utf-8"))
_TIERS: dict[Method, tuple[Tier, ...]] = {
    "piece": tuple(Tier(t["first"], t.get("last"), Decimal(t["rate"])) for t in _data["piece"]),
    "page": tuple(Tier(t["first"], t.get("last"), Decimal(t["rate"])) for t in _data["page"]),
}
_STEP_PIECES: int = _data["step_pieces"]
_STEP_RATE = Decimal(_data["step_rate"])
_IN_FORCE_FROM: date = _data["in_force_from"]
PAYMENT_WORKDAYS: int = _data["payment_workdays"]
NOTICE: str = _data["notice"]
