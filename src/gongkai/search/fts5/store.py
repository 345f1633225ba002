"""The five methods on one SQLite connection, whose transactions the caller holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from gongkai.search.checking import compare
from gongkai.search.entry import Entry, Query, Report, Results
from gongkai.search.fts5 import reading, schema, writing
from gongkai.search.words import Asked, parse


class Store:
    """An index on the connection that `connect` gives at the time."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self.connect = connect

    def put(self, entries: Iterable[Entry]) -> None:
        """Take entries in."""
        writing.put(self.connect(), entries)

    def withdraw(self, keys: Iterable[int]) -> None:
        """Take entries out."""
        writing.withdraw(self.connect(), keys)

    def search(self, query: Query) -> Results:
        """One page."""
        return self.answer(parse(query))

    def answer(self, asked: Asked) -> Results:
        """One page for a query that is taken apart, and widened, already."""
        return reading.search(self.connect(), asked)

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Wordings that go on from what was typed."""
        return reading.suggest(self.connect(), prefix, limit)

    def matching(self, asked: Asked) -> set[int]:
        """The keys of all that matches, uncapped."""
        return reading.matching(self.connect(), asked)

    def kept(self, keys: list[int]) -> dict[int, Entry]:
        """The entries of some keys as they are kept."""
        return {entry.key: entry for _, entry in writing.read(self.connect(), keys)}

    def found(self, asked: Asked, key: int) -> bool:
        """Whether a query finds an entry."""
        return reading.finds(self.connect(), asked, key)

    def keys(self) -> set[int]:
        """Every key."""
        return {row[0] for row in self.connect().execute("SELECT key FROM search_row")}

    def count(self) -> int:
        """How many entries are kept."""
        return int(self.connect().execute("SELECT count(*) FROM search_row").fetchone()[0])

    def settle(self, *, whole: bool = False) -> bool:
        """One step of merging what acts left in pieces; False when nothing is left to do."""
        return schema.settle(self.connect(), whole=whole)

    def check(self, sample: Iterable[Entry]) -> Report:
        """Compare entries with what is kept and found of them."""
        return compare(self, sample)
