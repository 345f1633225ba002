"""Dates of rooms above that the same people are reminded of: in the mail of the day and in the calendar feed. They
register here when they start.

    from gongkai.applications.dues import SOURCES, Source
    SOURCES.append(Source("复议诉讼", dues))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Due:
    """A date that somebody has to keep: of what, by number; no names, no texts. `key` is the same as long as the date
    is of the same thing."""

    key: str
    number: str
    what: str
    due_on: date
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A room's dates: `of(actor, until, most)` gives the earliest `most` that are due by a day (None: ever), and how
    many there are. `about` names them in the subject of the mail."""

    about: str
    of: Callable[[Actor, date | None, int], tuple[list[Due], int]]


SOURCES: list[Source] = []


def from_above(actor: Actor, until: date | None, most: int) -> Iterable[tuple[str, list[Due], int]]:
    """Every room's dates, with what they are about."""
    for source in SOURCES:
        rows, count = source.of(actor, until, most)
        if rows:
            yield source.about, rows, count
