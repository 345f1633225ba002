"""What a detector gives back, and how the office masks it: the same length, so that a mask fits over runs of text."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.view import View

STAR = "*"


@dataclass(frozen=True, slots=True)
class Hit:
    """A value in a text: its kind, the case of the policy, where it stands, and what may be shown in its place.

    `masked` is as long as the value. Never log `start:stop` of the text itself.
    """

    kind: Kind
    case: str
    start: int
    stop: int
    masked: str


def starred(seen: View, start: int, stop: int, first: int, last: int) -> tuple[int, int, str]:
    """The slice of the original and its mask: `first` and `last` letters or digits stay, and so do separators."""
    begin, end = seen.span(start, stop)
    original = seen.source[begin:end]
    solid = [at for at, character in enumerate(original) if character.isalnum()]
    kept = set(solid[:first]) | set(solid[len(solid) - last:] if last else ())
    shown = (STAR if character.isalnum() and at not in kept else character for at, character in enumerate(original))
    return begin, end, "".join(shown)


def hit(kind: Kind, case: str, seen: View, start: int, stop: int, *, first: int, last: int) -> Hit:
    """A hit whose mask keeps the first and last so many letters or digits."""
    begin, end, masked = starred(seen, start, stop, first, last)
    return Hit(kind, case, begin, end, masked)
