"""Cells of a register as dates, whole numbers and text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from gongkai.core.report.readers.xlsx.values import spell
from gongkai.core.text.dates import whole_date
from gongkai.core.text.fold import fold

Value = int | float | str | bool | date | time | timedelta

# What a spreadsheet shows where it has no value.
ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
})
NOT_COMPUTED = "\x00公式"  # stands for a formula without a value; no cell holds it, for text has no control characters

_EPOCH = date(1899, 12, 30)          # day 0 of a spreadsheet that counts from 1900
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)
_SERIALS = range((_FIRST - _EPOCH).days, (_LAST - _EPOCH).days + 1)
_TIME = re.compile(r"(?<=[\d日])[T\s]+\d{1,2}[:：时点]\d{1,2}.*$")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})[.日号]?")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空"})


def text_of(value: Value) -> str:
    """A cell as text that every format can hold: one kind of line end, no control characters, ends trimmed."""
    text = value.isoformat() if type(value) is date else spell(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in _UNPRINTABLE)
    return text.strip()


def is_empty(value: Value) -> bool:
    """True for a cell that holds nothing or only a mark for nothing."""
    return isinstance(value, str) and (not value or value.strip() in _NOTHING)


def is_error(value: Value) -> bool:
    """True for a cell that holds an error of the spreadsheet, or a formula that was never computed."""
    return isinstance(value, str) and value[:1] in {"#", "\x00"} and (
        value == NOT_COMPUTED or value.strip().upper() in ERRORS
    )


def date_of(value: Value) -> date | None:
    """The day that a cell names: a date cell, the number behind one, or a date written in any usual way.

    2020-01-05, 2020/1/5, 2020.1.5, 20200105, 2020年1月5日, 二〇二〇年一月五日, each with or without a time of day.
    None for everything else, and for days before 1990, which are numbers that happen to look like days.
    """
    if isinstance(value, datetime):
        found: date | None = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, bool | time | timedelta):
        found = None
    elif isinstance(value, int | float):
        found = _from_number(value)
    else:
        found = _from_text(value)
    return found if found is not None and _FIRST <= found <= _LAST else None


def whole_number(value: Value) -> int | None:
    """The whole number in a cell: 5, 5.0, "5", "５ 个工作日", "5天"; None for anything else."""
    if isinstance(value, bool | date | time | timedelta):
        return None
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else None
    match = re.fullmatch(r"([-+]?\d{1,6})(?:\.0+)?(?:个?工作日|日|天|个)?", fold(value))
    return int(match[1]) if match else None


def _from_number(value: float) -> date | None:
    whole = int(value)
    if whole in _SERIALS:
        return _EPOCH + timedelta(days=whole)
    return _calendar(whole // 10_000, whole // 100 % 100, whole % 100) if float(value).is_integer() else None


def _from_text(text: str) -> date | None:
    text = text.strip()
    if len(text) > 40:
        return None
    match = _ISO.fullmatch(text)  # nine in ten
    if match:
        return _calendar(int(match[1]), int(match[3]), int(match[4]))
    text = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    digits = fold(text)
    if digits.isascii() and re.fullmatch(r"\d{8}|\d{5}(?:\.\d+)?", digits):
        return _from_number(float(digits))
    return whole_date(text)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
