"""Where entries come from. A room above registers one source; search never imports that room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from gongkai.search.entry import Entry


class Source(Protocol):
    """A room whose published things are found. Keys are unique over all sources."""

    def entries(self, keys: Sequence[int] | None = None) -> Iterator[Entry]:
        """The entries that are public now: those of `keys`, or all, in the order of their keys. In bounded memory."""

    def keys(self) -> Iterator[int]:
        """The keys of all that is public now, in any order. One narrow query."""

    def count(self) -> int:
        """How many there are."""


_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a source; called once, when the room starts."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def registered() -> tuple[Source, ...]:
    """All sources."""
    return tuple(_SOURCES)


def entries(keys: Sequence[int] | None = None) -> Iterator[Entry]:
    """The entries of every source."""
    for source in _SOURCES:
        yield from source.entries(keys)


def keys() -> Iterator[int]:
    """The keys of every source."""
    for source in _SOURCES:
        yield from source.keys()


def count() -> int:
    """How many entries the sources have together."""
    return sum(source.count() for source in _SOURCES)
