"""Values as they are written: one decimal for ratios, never rounded to all or to nothing. No Django."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gongkai.core.report.model import Number

_TENTH = Decimal("0.1")
_ALL = Decimal(100)


def shown(value: Decimal | Number | None, unit: str = "") -> str:
    """62.5%, 12.3件, 311.97, −8; "—" for nothing. What is not all is never shown as 100.0%, nor something as 0.0%."""
    if value is None:
        return "—"
    value = Decimal(value)
    if unit in {"", "万元"}:
        return plain(value)
    rounded = value.quantize(_TENTH, ROUND_HALF_UP)
    if value and not rounded:
        return f"{'<' if value > 0 else '>−'}0.1{unit}"
    if unit == "%" and rounded == _ALL and value < _ALL:
        rounded -= _TENTH
    return plain(rounded, tenths=True) + unit


def change(value: Decimal | None, unit: str = "") -> str:
    """A difference with its sign: +1.2 个百分点 is written +1.2, for the head of the column says the unit."""
    if value is None:
        return "—"
    text = plain(value.quantize(_TENTH, ROUND_HALF_UP), tenths=True) if unit not in {"", "万元"} else plain(value)
    return text if value <= 0 else f"+{text}"


def plain(value: Decimal, *, tenths: bool = False) -> str:
    """Without exponents and needless zeros, with a true minus sign."""
    text = f"{value:f}" if tenths else format(value.normalize(), "f") if value else "0"
    return text.replace("-", "\N{MINUS SIGN}", 1)
