"""What changed between two editions, line by line, as a reader sees it: for the history of a document."""

from __future__ import annotations

import difflib
from typing import NamedTuple

_MOST_LINES = 4_000
_MOST_WORDS = 2_000


class Line(NamedTuple):
    """A line of the comparison: "same", "gone" or "new", in pieces of which some are marked."""

    kind: str
    pieces: tuple[tuple[str, bool], ...]


def compared(old: str, new: str, around: int = 1) -> list[Line]:
    """The lines that differ with `around` lines beside them; of a line that was changed, which words.

    Too long texts are compared by their first lines alone.
    """
    before, after = _lines(old), _lines(new)
    found: list[Line] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(around):
        if found:
            found.append(Line("gap", ()))
        for tag, a, b, c, d in group:
            if tag == "equal":
                found += [Line("same", ((line, False),)) for line in before[a:b]]
            elif tag == "replace" and b - a == d - c:
                for left, right in zip(before[a:b], after[c:d], strict=True):
                    found += _words(left, right)
            else:
                found += [Line("gone", ((line, False),)) for line in before[a:b]]
                found += [Line("new", ((line, False),)) for line in after[c:d]]
    return found


def _words(left: str, right: str) -> list[Line]:
    if max(len(left), len(right)) > _MOST_WORDS:
        return [Line("gone", ((left, False),)), Line("new", ((right, False),))]
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    gone: list[tuple[str, bool]] = []
    new: list[tuple[str, bool]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if left[a:b]:
            gone.append((left[a:b], tag != "equal"))
        if right[c:d]:
            new.append((right[c:d], tag != "equal"))
    return [Line("gone", tuple(gone)), Line("new", tuple(new))]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:_MOST_LINES]
