"""The five methods of a search engine, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from gongkai.search.entry import Entry, Query, Report, Results


class Engine(Protocol):
    """A store of entries that can be searched.

    `put` and `withdraw` count from the moment they return for whoever shares the transaction, and for everybody from
    its commit; a roll-back takes them back.
    """

    def put(self, entries: Iterable[Entry]) -> None:
        """Take entries in; one with a key that is there already replaces it."""

    def withdraw(self, keys: Iterable[int]) -> None:
        """Take entries out; a key that is not there is no error."""

    def search(self, query: Query) -> Results:
        """One page of what matches."""

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Wordings that go on from what was typed, the most frequent first."""

    def check(self, sample: Iterable[Entry]) -> Report:
        """Compare entries with what is kept and found of them."""
