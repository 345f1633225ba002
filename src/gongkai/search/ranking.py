"""Relevance, the same on every engine: a second pass over a bounded number of found entries. Plain values.

Titles that hold every word come first: the whole title, then the more of it the words make up. Of the others those
that speak of the words more often in a shorter text and sooner. Equals stand with the newest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.search.entry import BREAK, Entry
from gongkai.search.tokens import folded
from gongkai.search.words import Word

TITLES, TEXTS = 600, 300  # title hits and other hits that are compared; the newest
_READ = 3_000             # characters of a text that are looked at
_TYPICAL = 1_500          # characters of an ordinary text
_SATURATION = 1.2         # how soon more of the same counts no more


def by_title(words: Sequence[Word], titles: Mapping[int, str]) -> list[int]:
    """The numbers of some titles, the best first; larger numbers are newer."""
    return sorted(titles, key=lambda number: (_of_title(words, folded(titles[number])), number), reverse=True)


def by_text(words: Sequence[Word], entries: Mapping[int, Entry]) -> list[int]:
    """The numbers of some entries by their text, the best first; larger numbers are newer."""
    return sorted(entries, key=lambda number: (_of_text(words, entries[number]), number), reverse=True)


def _of_title(words: Sequence[Word], title: str) -> float:
    held = sum(max((len(text) for text in word.all if text in title), default=0) for word in words)
    return round(min(1.0, held / max(1, len(title))), 2)


def _of_text(words: Sequence[Word], entry: Entry) -> float:
    """Between 0 and about 1.3 a word."""
    text = folded(entry.title + BREAK + entry.body[:_READ])
    norm = _SATURATION * (0.25 + 0.75 * min(len(entry.body), 4 * _READ) / _TYPICAL)
    score = 0.0
    for word in words:
        count = sum(text.count(one) for one in word.all)
        first = min((at for one in word.all if (at := text.find(one)) >= 0), default=_READ)
        score += count / (count + norm) + 0.3 * (1 - min(first, _READ) / _READ)
    return round(score, 2)
