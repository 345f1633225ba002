"""The columns of the open-data CSV, and the guard against spreadsheets that take text for formulas.

One row a cell, and the report's identity in every row, so that the files of many agencies can be put together by
appending them.
"""

from __future__ import annotations

from gongkai.core.text.patterns import lazy

COLUMNS = ("机关", "年度", "格式", "编号", "表", "行", "列", "数值", "状态", "单位", "原文")
STATUS_WORDS = {"value": "有数值", "blank": "空白", "missing": "缺失", "unreadable": "无法识别"}

# Excel and WPS run what begins with these, full-width forms included; the apostrophe itself is guarded so that
# taking the guard away is exact.
_DANGEROUS = tuple("=+-@\t\r＝＋－＠'")
_PLAIN_NUMBER = lazy(r"[-+]?\d+(\.\d+)?")


def are_in(data: bytes) -> bool:
    """Whether a file begins with the head row that this project writes."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(",".join(COLUMNS).encode())


def guard(text: str) -> str:
    """Text that no spreadsheet will run. A plain signed number stays a number."""
    return f"'{text}" if text.startswith(_DANGEROUS) and not _PLAIN_NUMBER.fullmatch(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_DANGEROUS) else text
