"""The index inside the site's own SQLite database: an act and what is found of it are one transaction."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from gongkai.search import sources
from gongkai.search.checking import batches
from gongkai.search.entry import Entry
from gongkai.search.fts5 import schema
from gongkai.search.fts5.store import Store
from gongkai.search.state import State

BATCH = 500      # entries of one transaction while the index is built: others wait no longer than for these
_STEPS = 20      # of merging at one visit of the worker


_mine = threading.local()


def _database() -> sqlite3.Connection:
    """Django's own connection, so that its transaction is ours; with room for the pages that a search walks over."""
    connection.ensure_connection()
    database: sqlite3.Connection = connection.connection
    if getattr(_mine, "known", None) is not database:
        database.execute(f"PRAGMA cache_size = -{schema.CACHE_KILOBYTES}")
        _mine.known = database
    return database


class Embedded(Store):
    """The engine of a site on SQLite."""

    def __init__(self) -> None:
        super().__init__(_database)

    def put(self, entries: Iterable[Entry]) -> None:
        """Take entries in, with the caller's transaction or in one of its own."""
        with transaction.atomic():
            super().put(entries)

    def withdraw(self, keys: Iterable[int]) -> None:
        """Take entries out, with the caller's transaction or in one of its own."""
        with transaction.atomic():
            super().withdraw(keys)

    @contextmanager
    def following(self) -> Iterator[Store]:
        """The store, up to date: this one always is."""
        yield self

    def state(self) -> State:
        """What doctor asks."""
        building = schema.meta(self.connect(), "building") is not None or not schema.is_current(self.connect())
        return State(kept=self.count(), wanted=sources.count(), behind=0, building=building)

    def rebuild(self, told: Callable[[int], object] | None = None) -> int:
        """Everything anew from the sources, in many short transactions: acts go on meanwhile, and what they change is
        taken in as it then is. Until the end answers say that they are incomplete. Returns how many entries."""
        with transaction.atomic():
            schema.clear(self.connect())
            schema.note(self.connect(), "building", "0")
        return self._build_on(told)

    def keep(self) -> None:
        """Make an index of another program anew, go on with one that is half made, merge what is in pieces."""
        if not schema.is_current(self.connect()):
            self.rebuild()
        elif schema.meta(self.connect(), "building") is not None:
            self._build_on(None)
        for _ in range(_STEPS):
            with transaction.atomic():
                if not self.settle():
                    return

    def _build_on(self, told: Callable[[int], object] | None) -> int:
        done = 0
        for batch in batches(list(sources.keys()), BATCH):
            with transaction.atomic():
                # Read inside the transaction that writes: nothing can be withdrawn between the two.
                super().put(sources.entries(batch))
            done += len(batch)
            if told is not None and done % (BATCH * 20) == 0:
                told(done)
        with transaction.atomic():
            schema.note(self.connect(), "building", None)
        going = self._step(whole=True)
        while going:
            going = self._step()
        return self.count()

    def _step(self, *, whole: bool = False) -> bool:
        with transaction.atomic():
            return self.settle(whole=whole)
