"""Titles and excerpts as pieces, what matches marked. No HTML: a template escapes and marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from gongkai.core.text.fold import squeeze
from gongkai.search.entry import Piece
from gongkai.search.tokens import folded

BEFORE, LENGTH = 40, 160  # characters of an excerpt before the first match, and in all
_CHUNK = 400              # characters that are folded at a time while a match is looked for
_SEARCHED = 100_000       # characters of a text in which an excerpt is looked for


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The whole of a short text in pieces; `words` are folded, the longest first."""
    shown = squeeze(text)
    return tuple(_pieces(shown, words))


def excerpt(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Some 160 characters around the first match, else from the beginning, in pieces; "…" stands where it was cut."""
    at = _first(text, words)
    start = max(0, at - BEFORE) if at is not None else 0
    stop = min(len(text), start + LENGTH)
    pieces = list(_pieces(squeeze(text[start:stop]), words))
    if start > 0 and pieces:
        pieces.insert(0, ("…", False))
    if stop < len(text) and pieces:
        pieces.append(("…", False))
    return tuple(pieces)


def _first(text: str, words: Sequence[str]) -> int | None:
    """Where the earliest match begins in the text as written. Plain occurrences are found at once, others by folding
    piece by piece with an overlap."""
    looked = text[:_SEARCHED]
    plain = [at for word in words if (at := looked.find(word)) >= 0]
    if plain:
        return min(plain)
    longest = max(map(len, words), default=0)
    if not longest:
        return None
    for start in range(0, len(looked), _CHUNK):
        chunk = looked[start:start + _CHUNK + 4 * longest]
        short, places = _folded_with_places(chunk)
        hits = [at for word in words if (at := short.find(word)) >= 0]
        if hits:
            return start + places[min(hits)]
    return None


def _pieces(shown: str, words: Sequence[str]) -> Iterator[Piece]:
    short, places = _folded_with_places(shown)
    done = 0
    for start, stop in _merged(_spans(short, words)):
        begin, end = places[start], places[stop - 1] + 1
        if begin > done:
            yield shown[done:begin], False
        if end > max(begin, done):
            yield shown[max(begin, done):end], True
        done = max(done, end)
    if done < len(shown):
        yield shown[done:], False


def _spans(short: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        at = short.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = short.find(word, at + len(word))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, where it stands in the text. Character by character: an accent
    that joins its letter only when both are folded together is shown without a mark."""
    letters = list(map(_LETTERS.__getitem__, text))
    short = "".join(letters)
    if len(short) + letters.count("") == len(letters):  # one for one, but for what folds to nothing: the usual text
        return short, list(compress(range(len(letters)), letters))
    return short, [at for at, some in enumerate(letters) for _ in some]


class _Letters(dict[str, str]):
    """Each character folded by itself, reckoned once."""

    def __missing__(self, character: str) -> str:
        letters = folded(character)
        if len(self) < _CHARACTERS_KEPT:
            self[character] = letters
        return letters


_CHARACTERS_KEPT = 30_000
_LETTERS = _Letters()
