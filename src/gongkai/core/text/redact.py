"""Taking an applicant out of a text that is to be published (Regulations, Arts. 15 and 44).

`remove_tokens` replaces every form in which a token may stand: with spaces, line breaks, marks without width,
full-width or Chinese digits, hyphens and dots in it; surname with 先生, 某 or asterisks; the last four digits where the
text says that they are; numbers masked in the middle. What may as well be an ordinary word is not touched but listed in
`doubts` for a human. `leaks` (module `leaks`) checks the result by another way; text with a certain leak must not be
published.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.core.text.fold import fold
from gongkai.core.text.leaks import Leak, leaks
from gongkai.core.text.token_forms import (
    DIGITS,
    NAME_CONTEXT_AFTER,
    NAME_CONTEXT_BEFORE,
    Form,
    forms_of,
)
from gongkai.core.text.tokens import ORDINARY_WORDS, Token, TokenKind, tokens

__all__ = ["MARK", "Doubt", "Leak", "Redacted", "Token", "leaks", "remove_tokens", "tokens"]

MARK = "××"
_SENTINEL = "\ue000"  # stands for what was taken out until all is done: no pattern knows it
_UNSEEN = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})
_JOINERS = frozenset("-‐‑‒–—―−_·•・.~|*＊×" + _SENTINEL)
_IN_NUMBERS = frozenset("()（）+,，、/")
_AROUND = 12  # characters of context in an excerpt
_PASSES = 10


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may speak of the applicant or be an ordinary word; `start` in the redacted text. The excerpt
    shows the word: it is for the person who decides, never for a log."""

    kind: TokenKind
    start: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text without the applicant, how often each kind was taken out, and what a human must look at."""

    text: str
    counts: dict[TokenKind, int]
    doubts: tuple[Doubt, ...]


def remove_tokens(
    text: str, tokens: Iterable[Token], *, ordinary: Collection[str] = ORDINARY_WORDS,
) -> Redacted:
    """Replace every token of the applicant by ××. Nothing else is changed.

    `ordinary`: words that are left to a human unless the words around show that they are a name.
    """
    forms = [form for token in tokens for form in forms_of(token, ordinary)]
    counts: Counter[TokenKind] = Counter()
    text = text.replace(_SENTINEL, "")
    for _ in range(_PASSES):  # what is taken out may have stood inside another token
        view = _View(text)
        spans = _merged(span for form in forms if not form.doubtful for span in view.find(form))
        if not spans:
            break
        for start, stop, kind in reversed(spans):
            text = text[:start] + _SENTINEL + text[stop:]
            counts[kind] += 1
    text = re.sub(f"{_SENTINEL}+", MARK, text)
    view = _View(text)
    doubts = {
        (start, kind): Doubt(kind, start, text[max(0, start - _AROUND):stop + _AROUND])
        for form in forms if form.doubtful for start, stop, kind in view.find(form)
    }
    return Redacted(text, dict(counts), tuple(doubts[key] for key in sorted(doubts)))


class _View:
    """A text in every reading that a form asks for, each made once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._readings: dict[str, tuple[str, list[int]]] = {}

    def find(self, form: Form) -> Iterator[tuple[int, int, TokenKind]]:
        """Where a form stands in the text."""
        if form.reading not in self._readings:
            self._readings[form.reading] = _squeeze(self._text, form.reading)
        squeezed, places = self._readings[form.reading]
        for found in form.pattern.finditer(squeezed):
            start, stop = found.span(found.lastindex or 0)
            if start < stop and _fits(form, squeezed, start, stop):
                yield places[start], places[stop - 1] + 1, form.kind


def _fits(form: Form, squeezed: str, start: int, stop: int) -> bool:
    """An ordinary word is a name only where the words around it say so."""
    if not form.in_context:
        return True
    return bool(NAME_CONTEXT_BEFORE.search(squeezed[:start][-8:]) or NAME_CONTEXT_AFTER.match(squeezed[stop:]))


def _merged(spans: Iterable[tuple[int, int, TokenKind]]) -> list[tuple[int, int, TokenKind]]:
    """Overlapping spans as one, of the kind of the longest."""
    merged: list[tuple[int, int, TokenKind]] = []
    longest = 0
    for start, stop, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            first, last, old = merged[-1]
            merged[-1] = first, max(last, stop), kind if stop - start > longest else old
            longest = max(longest, stop - start)
        else:
            merged.append((start, stop, kind))
            longest = stop - start
    return merged


def _squeeze(text: str, reading: str) -> tuple[str, list[int]]:
    """The text as a pattern sees it, and for every character of it the place where it stands in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _folded(character, reading):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=1 << 14)
def _folded(character: str, reading: str) -> str:
    if unicodedata.category(character) in _UNSEEN:
        return ""
    if reading != "masked" and character in _JOINERS:
        return ""
    if reading in {"number", "masked"} and character in _IN_NUMBERS:
        return ""
    folded = fold(character).casefold()
    if reading != "masked":
        folded = "".join(letter for letter in folded if letter not in _JOINERS)
    return folded.translate(DIGITS) if reading in {"number", "masked"} else folded
