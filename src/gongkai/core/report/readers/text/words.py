"""What a piece of text can be in a table: a value, a known label, a section heading, running prose."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.core.report.locate.labels import Meaning, meaning
from gongkai.core.text.fold import fold
from gongkai.core.text.numerals import is_blank, parse_numeral

_HEADING = re.compile(
    r"(?:[(\[]?[一二三四五六七1-7][)\]]?[、.,:;]?)?.{0,8}"
    r"(?:总体情况|基本情况|主动公开政府信息(?:的)?情况|收到和处理.{0,16}情况|行政复议[、和及与,]?(?:提起)?行政诉讼(?:的)?情况"
    r"|(?:存在的?)?主要问题|存在的?(?:主要)?(?:问题|不足)|(?:其他|其它)需要(?:报告|说明)).{0,12}"
)
_SENTENCE = re.compile(r"[。；？！]|(?:19|20)\d\d\s*年.*[，,条件]")
_NUMBERED = re.compile(r"\s*(?:\d|[(（]?[一二三四五六七][)）、.．])")
_ODD_VALUE = re.compile(r"[\d\s.,，:：+−\-－*＊%％?？/#oOlI〇零一二三四五六七八九十百千万亿元件条个项]{1,24}")
LONG = 60       # characters; no label of the form is longer
LONGISH = 30    # only numbered labels are


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """A number, a mark for nothing, or something that was meant as one (1O, 三, 12?): never a label."""
    if not text or len(text) > 24:
        return False
    return is_blank(text) or parse_numeral(text) is not None or (
        _ODD_VALUE.fullmatch(text) is not None and not _NUMBERED_STUB.fullmatch(text)
    )


_NUMBERED_STUB = re.compile(r"\d{1,2}[.．、]|[一二三四五六七]、?|[(（][一二三四五六七][)）]?")


def known(text: str) -> Meaning | None:
    """What the label names, None when its spelling is unknown."""
    return meaning(text) if text else None


def names_row(found: Meaning | None) -> bool:
    """The label names a row and cannot be a column head."""
    return found is not None and (found.row2 is not None or (found.row3 is not None and found.col3 is None))


@lru_cache(maxsize=1024)
def is_heading(text: str) -> bool:
    """The heading of one of the six sections, numbered or not (一、总体情况, 4、 政府信息公开行政复议…)."""
    if len(text) > 50:
        return False
    return _HEADING.fullmatch(fold(text)) is not None and known(text) is None


def is_prose(text: str) -> bool:
    """Running text that no table of the form holds."""
    if len(text) < 8 or known(text) is not None:
        return False
    if len(text) >= LONG or _SENTENCE.search(text):
        return True
    return len(text) >= LONGISH and not _NUMBERED.match(text) and "勾稽" not in text
