"""A tantivy index in a folder under GONGKAI_DATA/search, one writer at a time on a machine."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from django.conf import settings

from gongkai.search.tantivy.store import TantivyStore, schema
from gongkai.search.tokens import VERSION

_POINTER = "current-tantivy"
_HEAP_BYTES = 64 * 1024 * 1024


class TantivyShelf:
    """The index that the pointer names, opened once a process."""

    def __init__(self) -> None:
        self._opened: tuple[Path, TantivyStore] | None = None

    def open(self) -> TantivyStore | None:
        """The index in use, None when there is none or another program's."""
        path = self._current()
        if path is None:
            return None
        if self._opened is None or self._opened[0] != path:
            self._opened = path, TantivyStore(tantivy.Index.open(str(path)))
        store = self._opened[1]
        if store.writer is None:
            store.index.reload()  # another process may have written
        return store

    def mark(self, store: TantivyStore) -> str:
        """The last change that it has followed."""
        return store.mark()

    def set_mark(self, store: TantivyStore, mark: str) -> None:
        """Note it."""
        store.set_mark(mark)

    @contextmanager
    def following(self, store: TantivyStore, keep: bool) -> Iterator[None]:
        """Hold the pen. What is not kept is never seen, not even inside."""
        with _locked("writing"):
            store.index.reload()
            store.writer = store.index.writer(_HEAP_BYTES, 1)
            done = False
            try:
                yield
                done = keep
            finally:
                if done:
                    store.writer.commit()
                else:
                    store.writer.rollback()
                store.writer.wait_merging_threads()
                store.writer = None
                store.index.reload()

    def fresh(self, fill: Callable[[TantivyStore], None]) -> None:
        """A new folder, filled, named by the pointer; folders that no pointer names are removed."""
        with _locked("building-tantivy"):
            folder = _folder()
            path = folder / f"tantivy-{VERSION}-{secrets.token_hex(6)}"
            path.mkdir(mode=0o700)
            fill(TantivyStore(tantivy.Index(schema(), path=str(path))))
            beside = folder / f".{_POINTER}"
            beside.write_text(path.name, "ascii")
            os.replace(beside, folder / _POINTER)
            for old in folder.glob("tantivy-*"):
                if old != path:
                    shutil.rmtree(old, ignore_errors=True)

    def _current(self) -> Path | None:
        try:
            path = _folder() / (_folder() / _POINTER).read_text("ascii")
        except OSError:
            return None
        return path if path.name.startswith(f"tantivy-{VERSION}-") and path.exists() else None


@contextmanager
def _locked(name: str) -> Iterator[None]:
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(_folder() / name, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _folder() -> Path:
    return Path(settings.GONGKAI_DATA) / "search"
