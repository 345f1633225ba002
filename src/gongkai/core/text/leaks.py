"""Is anything of the applicant left in a text? A check that shares no pattern with the removal it checks.

The removal knows forms; this check knows none. It throws away everything that is no letter, digit or Chinese character
and looks for the bare token and for long pieces of it, wherever they stand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from gongkai.core.text.fold import fold
from gongkai.core.text.tokens import ORDINARY_WORDS, Token, TokenKind

_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_STOPS = frozenset("。；;，,！!？?：:、\n")
_TITLES = ("先生", "女士", "小姐", "同志", "某某", "某")
_PIECE = 6    # digits in a row of an identity or telephone number that give it away
_AROUND = 8
_MASK = "××"


@dataclass(frozen=True, slots=True)
class Leak:
    """Something left. `excerpt` shows the surroundings with every leak masked, so that it can be shown and logged.
    `certain` is False where it may be an accident: an ordinary word, or two sentences that meet."""

    kind: TokenKind
    start: int
    excerpt: str
    certain: bool = True


def leaks(text: str, tokens: Iterable[Token], *, ordinary: Collection[str] = ORDINARY_WORDS) -> list[Leak]:
    """Everything of the applicant that is still in a text, in its order; empty when nothing is."""
    bare, places = _bare(text)
    numeric = bare.translate(_DIGITS)
    found: dict[tuple[int, int], tuple[TokenKind, bool]] = {}
    for token in tokens:
        wanted, _ = _bare(token.value)
        for at, length, sure in _search(token.kind, wanted, bare, numeric, ordinary):
            span = places[at], places[at + length - 1] + 1
            sure = sure and not _STOPS.intersection(text[span[0]:span[1]].strip("\n").replace("\n", ""))
            known = found.get(span)
            found[span] = (token.kind, sure or (known is not None and known[1]))
    spans = sorted(found)
    return [Leak(found[span][0], span[0], _excerpt(text, span, spans), found[span][1]) for span in spans]


def _search(
    kind: TokenKind, wanted: str, bare: str, numeric: str, ordinary: Collection[str],
) -> Iterator[tuple[int, int, bool]]:
    if not wanted:
        return
    if kind in {"phone", "id_number"}:
        digits = wanted.translate(_DIGITS)
        size = min(_PIECE, len(digits))
        for start in range(len(digits) - size + 1):
            # The region and the year of birth are shared by thousands: a piece must reach beyond them.
            if kind == "id_number" and len(digits) >= 15 and start + size <= 10:
                continue
            for at in _all(numeric, digits[start:start + size]):
                yield at, size, len(digits) <= _PIECE or _more(numeric, at, digits, start, size)
        return
    certain = not (kind == "name" and (len(wanted) == 1 or wanted in ordinary))
    for at in _all(bare, wanted):
        yield at, len(wanted), certain
    if kind == "name" and 2 <= len(wanted) <= 4 and not wanted.isascii():
        for title in _TITLES:
            for at in _all(bare, wanted[0] + title):
                yield at, 1 + len(title), len(wanted) < 4
    if kind == "email" and (local := wanted.split("@")[0]) and len(local) >= 5:
        for at in _all(bare, local):
            yield at, len(local), True


def _more(numeric: str, at: int, digits: str, start: int, size: int) -> bool:
    """True when at least one digit more agrees: six may be a date or a document number by accident."""
    before = start > 0 and at > 0 and numeric[at - 1] == digits[start - 1]
    stop = start + size
    after = stop < len(digits) and at + size < len(numeric) and numeric[at + size] == digits[stop]
    return before or after


def _all(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _bare(text: str) -> tuple[str, list[int]]:
    """Letters, digits and @ of a text in one spelling, with the place of each in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in fold(character).casefold():
            if letter == "@" or unicodedata.category(letter)[0] in "LN":
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _excerpt(text: str, own: tuple[int, int], spans: list[tuple[int, int]]) -> str:
    first, last = max(0, own[0] - _AROUND), min(len(text), own[1] + _AROUND)
    hidden = [False] * len(text)
    for start, stop in spans:
        hidden[start:stop] = [True] * (stop - start)
    parts: list[str] = []
    for place in range(first, last):
        if not hidden[place]:
            parts.append(" " if text[place].isspace() else text[place])
        elif not parts or parts[-1] != _MASK:
            parts.append(_MASK)
    return "".join(parts)
