"""A cell's value as text, exactly as a person typed it: 311.97 and not 311.96999, 5 and not 5.0."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from gongkai.core.report.readers.xlsx.workbook import Value

_LARGEST_EXACT = 1e15  # Excel keeps fifteen digits


def spell(value: Value) -> str:
    """The text of a cell; dates as 2024年1月5日, with the time of day only when there is one."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        day = f"{value.year}年{value.month}月{value.day}日"
        return day if value.time() == time(0) else f"{day}{value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _LARGEST_EXACT:
        return str(int(value))
    # Fifteen digits are what Excel shows: the sixteenth and seventeenth are noise of its arithmetic.
    return format(Decimal(format(value, ".15g")), "f")
