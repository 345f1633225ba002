"""The nearest known label for a shortened or misspelt one, only where there is no doubt.

A hit must be unique and clearly better than the second best; a written ordinal and a merged group label must not
speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.report.locate.labels import Spelling

LEAD = 2          # edits by which the best must beat the second best
SHORTEST = 2      # characters; a single one says nothing


class Candidate(NamedTuple):
    """A label that could be meant: its key, its spellings, and where the form puts it."""

    key: str
    spellings: tuple[str, ...]
    ordinal: int | None = None
    group: int | None = None


def nearest(spelling: Spelling, candidates: Iterable[Candidate], group: int | None = None) -> str | None:
    """The key that `spelling` must mean among `candidates`, None when two could be meant or none is near.

    `group` is the ordinal of the row group that surely holds the row (a merged cell beside it), else None.
    """
    text = spelling.core
    if len(text) < SHORTEST or text[-1].isdigit():
        return None  # no label ends in a digit: 行政许可20 is a label with a number glued to it
    fitting = [
        c for c in candidates
        if (spelling.ordinal is None or c.ordinal is None or c.ordinal == spelling.ordinal)
        and (group is None or c.group is None or c.group == group)
    ]
    cut = {c.key for c in fitting if any(s.startswith(text) or _runs_on(text, s) for s in c.spellings)}
    if len(cut) == 1:
        return cut.pop()
    if cut:
        return None
    return _by_edits(text, fitting)


def _runs_on(text: str, known: str) -> bool:
    """A full label with words after it: 予以公开的件数. Short labels are too common as beginnings."""
    return len(known) >= 4 and text.startswith(known)


def _by_edits(text: str, candidates: list[Candidate]) -> str | None:
    bound = allowed(len(text)) + LEAD
    scored = sorted((min(_edits_within(bound, text, s) for s in c.spellings), c.key) for c in candidates)
    if not scored or scored[0][0] > allowed(len(text)):
        return None
    if len(scored) > 1 and scored[1][0] - scored[0][0] < LEAD:
        return None
    return scored[0][1]


def _edits_within(bound: int, text: str, known: str) -> int:
    """The edits between two labels, or `bound` where a glance shows that they are at least so many."""
    if abs(len(text) - len(known)) >= bound or sum(letter not in known for letter in text) >= bound:
        return bound
    return edits(text, known)


def allowed(length: int) -> int:
    """How many characters may be wrong in a label of this length: a third, and none in very short ones."""
    return 0 if length < 4 else max(1, length // 3)


@lru_cache(maxsize=4096)
def edits(a: str, b: str) -> int:
    """Characters to insert, delete or replace to turn `a` into `b`."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]
