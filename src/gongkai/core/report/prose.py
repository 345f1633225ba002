"""Prose made ready for comparing and for reading numbers: one kind of punctuation, no line breaks, sentences.

Text from PDF is broken at every line's end; white space therefore means nothing, except between two digits, where
it may part two numbers: those stay apart and are not read as one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gongkai.core.report.model import Report


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """Half-width digits, full-width punctuation, no white space but between digits, no grouping commas."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=\d)\s+(?=\d)", "\x00", text)
    text = re.sub(r"[\s\u200b-\u200f\ufeff]+", "", text).replace("\x00", " ")
    text = re.sub(r"(?<![\d,])(\d{1,3})((?:,\d{3})+)(?![\d,])", lambda m: m[1] + m[2].replace(",", ""), text)
    return text.translate(str.maketrans(",;:()!?", "，；：（）！？"))


def plain_sections(report: Report) -> dict[int, str]:
    """The prose of every section, `plain`, by number in statutory order."""
    return {number: plain(section.text) for number, section in sorted(report.sections.items())}


def sentences(text: str) -> list[str]:
    """The sentences of `plain` text, without their full stop."""
    return [s for s in re.split(r"[。！？]", text) if s]


def without_brackets(text: str) -> str:
    """Text without what stands in brackets (innermost first)."""
    while (shorter := re.sub(r"（[^（）]*）", "", text)) != text:
        text = shorter
    return text
