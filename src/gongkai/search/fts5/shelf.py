"""The index as a file under GONGKAI_DATA/search, shared by the processes of one machine (write-ahead log)."""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from gongkai.search.fts5 import schema
from gongkai.search.fts5.store import Store

_POINTER = "current"  # names the file in use; replaced whole


class FileShelf:
    """One connection a thread, to the file that the pointer names."""

    def __init__(self) -> None:
        self._mine = threading.local()

    def open(self) -> Store | None:
        """The index in use, None when there is none or another program's."""
        path = self._current()
        if path is None:
            return None
        if getattr(self._mine, "path", None) != path:
            self._close()
            self._mine.connection, self._mine.path = _connect(path), path
            self._mine.current = schema.is_current(self._mine.connection)
        connection: sqlite3.Connection = self._mine.connection
        return Store(lambda: connection) if self._mine.current else None

    def mark(self, store: Store) -> str:
        """The last change that it has followed."""
        return schema.meta(store.connect(), "mark") or ""

    def set_mark(self, store: Store, mark: str) -> None:
        """Note it."""
        schema.note(store.connect(), "mark", mark)

    @contextmanager
    def following(self, store: Store, keep: bool) -> Iterator[None]:
        """The write lock of the file; another process waits for it."""
        connection = store.connect()
        connection.execute("BEGIN IMMEDIATE")
        done = False
        try:
            yield
            done = keep
        finally:
            connection.execute("COMMIT" if done else "ROLLBACK")

    def fresh(self, fill: Callable[[Store], None]) -> None:
        """A new file, filled, named by the pointer; files that no pointer names are removed. One at a time."""
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(folder / "building", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            path = folder / f"fts5-{secrets.token_hex(6)}.sqlite3"
            connection = _connect(path)
            try:
                with self.following(Store(lambda: connection), keep=True):
                    schema.lay(connection)
                fill(Store(lambda: connection))
            finally:
                connection.close()
            beside = folder / f".{_POINTER}"
            beside.write_text(path.name, "ascii")
            os.replace(beside, folder / _POINTER)
            for old in folder.glob("fts5-*"):
                if not old.name.startswith(path.name):
                    old.unlink(missing_ok=True)

    def _current(self) -> Path | None:
        folder = _folder()
        try:
            path = folder / (folder / _POINTER).read_text("ascii")
        except OSError:
            return None
        return path if path.name.startswith("fts5-") and path.exists() else None

    def _close(self) -> None:
        if getattr(self._mine, "connection", None) is not None:
            self._mine.connection.close()
            self._mine.connection = self._mine.path = None


def _folder() -> Path:
    return Path(settings.GONGKAI_DATA) / "search"


def _connect(path: Path) -> sqlite3.Connection:
    """NORMAL: a power cut may take the last commits, with their mark; they are followed again."""
    connection = sqlite3.connect(path, timeout=20, isolation_level=None)
    for pragma in (
        "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", f"cache_size=-{schema.CACHE_KILOBYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    path.chmod(0o600)
    return connection
