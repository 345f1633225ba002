"""Whether an index says what its sources say: each entry as it is kept, and found by words out of its own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

from gongkai.search.entry import Entry, Query, Report
from gongkai.search.tokens import GAP, folded
from gongkai.search.words import Asked, Word

_BATCH = 500
_LISTED = 100
T = TypeVar("T")


class Kept(Protocol):
    """What a check asks of an engine."""

    def kept(self, keys: list[int]) -> dict[int, Entry]: ...

    def found(self, asked: Asked, key: int) -> bool: ...


def compare(engine: Kept, sample: Iterable[Entry]) -> Report:
    """Each entry of the sample is kept as it is, and found by the beginning, middle and end of its title and text."""
    compared, missing, different, wrong = 0, [], [], []
    for batch in batches(sample, _BATCH):
        kept = engine.kept([entry.key for entry in batch])
        for entry in batch:
            compared += 1
            if entry.key not in kept:
                missing.append(entry.key)
            elif kept[entry.key] != entry:
                different.append(entry.key)
            else:
                wrong += [f"{entry.key}" for asked in _probes(entry) if not engine.found(asked, entry.key)][:1]
    return Report(compared, tuple(missing[:_LISTED]), (), tuple(different[:_LISTED]), tuple(wrong[:_LISTED]))


def batches(entries: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same in lists of at most `size`."""
    walk = iter(entries)
    while batch := list(islice(walk, size)):
        yield batch


def _probes(entry: Entry) -> Iterator[Asked]:
    """Queries that must find the entry, kept to its own day so that each is answered at once."""
    query = Query(agency=entry.agency, since=entry.published_on, until=entry.published_on, facets=False)
    for text in (*folded(entry.title).split(GAP), *folded(entry.body).split(GAP)):
        if len(text) < 2:
            continue
        for start in {0, max(0, len(text) // 2 - 4), max(0, len(text) - 8)}:
            yield Asked(query, (Word(text[start:start + 8], exact=True),))
