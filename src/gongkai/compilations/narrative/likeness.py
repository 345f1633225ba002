"""How much of a text stands in last year's already, and which of its sentences (C21: 雷同、敷衍塞责)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.core.report.checks.similarity import COPIED, SHINGLE
from gongkai.core.report.prose import plain

_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
_SHORTEST = 10  # characters: less is formula


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands, and whether last year's report has it almost word for word."""

    text: str
    copied: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share` of the pieces of a text that last year's has (0 to 1), and its sentences in order."""

    share: float
    sentences: tuple[Sentence, ...]

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(self.share * 100)


def copied(now: str, before: str, year: int) -> Likeness:
    """This year's text against last year's. Years are left out of account, so that a changed year hides no copy."""
    known = _shingles(_yearless(before, year))
    sentences = tuple(
        Sentence(text, _share(_shingles(_yearless(text, year)), known) >= COPIED)
        for text in _SENTENCE.findall(now) if text
    )
    return Likeness(_share(_shingles(_yearless(now, year)), known), sentences)


def _share(pieces: set[str], known: set[str]) -> float:
    return len(pieces & known) / len(pieces) if pieces else 0.0


def _shingles(text: str) -> set[str]:
    if len(text) < _SHORTEST:
        return set()
    return {text[i:i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}


def _yearless(text: str, year: int) -> str:
    return re.sub(rf"(?:{year - 1}|{year}|{year + 1})年", "年", plain(text))
