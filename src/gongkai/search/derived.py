"""An index outside the main database, which follows it: nothing that was committed can be missed.

Acts write rows of `Change` in their own transaction. An index remembers the last one that it has followed; whoever
searches first follows what is new, so a withdrawn entry is gone with the commit, whichever process or machine asks.
After a commit the acting process follows at once, so that readers seldom have to. A crash between the two costs
nothing. An index that cannot say where it stands (new, older than the changes that are kept, or beside a restored
database) is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import structlog
from django.db import connection, transaction

from gongkai.infra import locks
from gongkai.search import sources
from gongkai.search.checking import batches
from gongkai.search.entry import Entry, Query, Report, Results
from gongkai.search.fts5.store import Store
from gongkai.search.models import Change
from gongkai.search.state import State
from gongkai.search.words import Asked, parse

BATCH = 500
# Up to so many entries a search makes a missing index itself; more are left to the worker or `gongkai search rebuild`.
AT_ONCE = 2_000
_NOBODY = 0  # no entry has this key
log = structlog.get_logger(__name__)


class Shelf(Protocol):
    """Where an index lies outside the database. `mark` is the last change that it has followed."""

    def open(self) -> Store | None:
        """The index in use, None when there is none that this program can use."""

    def mark(self, store: Store) -> str:
        """The mark of an index; "" when it has none."""

    def following(self, store: Store, keep: bool) -> AbstractContextManager[None]:
        """Hold the only pen: what is written inside is there for all when it ends, or not at all (`keep` False)."""

    def set_mark(self, store: Store, mark: str) -> None:
        """Note a mark, inside `following`."""

    def fresh(self, fill: Callable[[Store], None]) -> None:
        """Make a new index by `fill` and then put it in the place of the old one, for every process."""


class Derived:
    """The five methods over a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def put(self, entries: Iterable[Entry]) -> None:
        """Note that these have changed; what is taken in is what the sources say after the commit."""
        self._changed(entry.key for entry in entries)

    def withdraw(self, keys: Iterable[int]) -> None:
        """Note that these have changed; what no source has any more is taken out."""
        self._changed(keys)

    def search(self, query: Query) -> Results:
        """One page."""
        return self.answer(parse(query))

    def answer(self, asked: Asked) -> Results:
        """One page for a query that is taken apart already."""
        with self._ready() as store:
            return Results(incomplete=True, size=asked.query.size) if store is None else store.answer(asked)

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Wordings that go on from what was typed."""
        with self._ready() as store:
            return [] if store is None else store.suggest(prefix, limit)

    def check(self, sample: Iterable[Entry]) -> Report:
        """Compare entries with what is kept and found of them."""
        with self.following() as store:
            return store.check(sample)

    @contextmanager
    def following(self) -> Iterator[Store]:
        """The store, up to date; made first where it is missing."""
        if self._usable() is None:
            self.rebuild()
        with self._ready() as store:
            if store is None:
                raise RuntimeError("the search index went away while it was looked at")
            yield store

    def matching(self, asked: Asked) -> set[int]:
        """The keys of all that matches, uncapped."""
        with self.following() as store:
            return store.matching(asked)

    def state(self) -> State:
        """What doctor asks; nothing is followed for it."""
        store, wanted = self._usable(), sources.count()
        if store is None:
            return State(kept=0, wanted=wanted, behind=0, building=wanted > 0)
        behind = Change.objects.filter(seq__gt=_seq(self.shelf.mark(store))).count()
        return State(kept=store.count(), wanted=wanted, behind=behind, building=False)

    def rebuild(self, told: Callable[[int], object] | None = None) -> int:
        """A new index from the sources beside the old one, then in its place. Returns how many entries."""
        counted = 0

        def fill(store: Store) -> None:
            nonlocal counted
            if not Change.objects.exists():
                Change.objects.append([_NOBODY])  # something to remember, so that it knows its place from the first
            mark = _newest()  # what changes from here on is followed afterwards
            for batch in batches(sources.entries(), BATCH):
                with self.shelf.following(store, keep=True):
                    store.put(batch)
                counted += len(batch)
                if told is not None and counted % (BATCH * 20) == 0:
                    told(counted)
            with self.shelf.following(store, keep=True):
                self.shelf.set_mark(store, mark)
            self._merged(store, whole=True)

        self.shelf.fresh(fill)
        return counted

    def keep(self) -> None:
        """Make an index that is missing, follow, merge what is in pieces."""
        if self._usable() is None:
            self.rebuild()
        with self._ready() as store:
            if store is not None:
                self._merged(store)

    def settle(self, *, whole: bool = False) -> bool:
        """One step of merging."""
        with self.following() as store, self.shelf.following(store, keep=True):
            return store.settle(whole=whole)

    def catch_up(self) -> None:
        """Follow what is new; called after each commit. A failure is logged: whoever searches next follows."""
        try:
            store = self._usable()
            if store is not None:
                self._follow(store)
        except Exception as error:
            log.warning("search index not followed", error=type(error).__name__)

    def _changed(self, keys: Iterable[int]) -> None:
        with transaction.atomic():
            # Numbers are drawn before commits: without the lock a later number could be seen before an earlier one.
            locks.serialise("search")
            Change.objects.append(keys)
            transaction.on_commit(self.catch_up)

    @contextmanager
    def _ready(self) -> Iterator[Store | None]:
        """The index as the database is now. Inside a transaction, whose changes may yet be undone, it is followed for
        this question alone."""
        store = self._usable()
        if store is None and sources.count() <= AT_ONCE:
            self.rebuild()
            store = self._usable()
        if store is None or self.shelf.mark(store) == _newest():
            yield store
        elif connection.in_atomic_block:
            with self.shelf.following(store, keep=False):
                self._apply(store)
                yield store
        else:
            self._follow(store)
            yield store

    def _usable(self) -> Store | None:
        """The index if it knows where it stands among the changes that are kept."""
        store = self.shelf.open()
        if store is None:
            return None
        mark, newest = self.shelf.mark(store), _newest()
        if mark and mark == newest:
            return store
        known = mark and Change.objects.filter(seq=_seq(mark), stamp=mark.partition(":")[2]).exists()
        return store if known else None

    def _follow(self, store: Store) -> None:
        with self.shelf.following(store, keep=True):
            self._apply(store)

    def _apply(self, store: Store) -> None:
        changes = list(Change.objects.filter(seq__gt=_seq(self.shelf.mark(store))).order_by("seq"))
        if not changes:
            return
        for keys in batches(dict.fromkeys(change.key for change in changes), BATCH):
            current = {entry.key: entry for entry in sources.entries(keys)}
            store.withdraw(key for key in keys if key not in current)
            store.put(current.values())
        self.shelf.set_mark(store, str(changes[-1]))

    def _merged(self, store: Store, *, whole: bool = False) -> None:
        for step in range(10_000 if whole else 20):
            with self.shelf.following(store, keep=True):
                if not store.settle(whole=whole and step == 0):
                    return


def _newest() -> str:
    """The mark of the newest change; "" when there never was one."""
    newest = Change.objects.order_by("-seq").first()
    return "" if newest is None else str(newest)


def _seq(mark: str) -> int:
    return int(mark.partition(":")[0] or 0)
