"""What many tests build alike is built once by the real acts, and afterwards written again as it was written then.

A step (`step`) that begins where a test began, or where another step ended, leaves on SQLite the same rows every time.
So the statements that wrote them are kept, with the files, the callbacks after commit and what the step returned, and
whoever takes the same step again gets all that without the acts. As soon as anything else writes, nothing is known any
more and every step is really taken, so is it on PostgreSQL, in tests that commit, and in those that put other code or
other settings in the place of ours. `tests/compilations/test_remembered.py` holds both ways equal.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

_CHANGED = {"monkeypatch", "settings"}  # with these, code or settings may be others than those a step was taken with
_READS = ("SELECT", "SAVEPOINT", "RELEASE")
_SIGNING_IN = 'UPDATE "accounts_user" SET "last_login" ='  # neither this nor a session is anything that a step looks at

T = TypeVar("T")
Way = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a step did, and what it gave back."""

    writes: list[tuple[str, Any, bool]]
    files: dict[str, bytes]
    after: list[Callable[[], Any]]
    result: Any


@dataclass(slots=True)
class _Memory:
    """The steps of a test so far, None where they are not known; all steps that were ever taken."""

    way: Way | None = None
    kept: dict[Way, _Kept] = field(default_factory=dict)
    writing: list[list[tuple[str, Any, bool]]] = field(default_factory=list)

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Around every statement: a write that is no step ends what is known, and belongs to the step under way."""
        if not sql.startswith(_READS):
            if not sql.startswith(_SIGNING_IN) and '"django_session"' not in sql:
                self.way = None
            for writes in self.writing:
                writes.append((sql, params, many))
        return execute(sql, params, many, context)


_MEMORY = _Memory()


@contextmanager
def followed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Around a test whose steps are remembered. It may have no database at all."""
    if request.node.get_closest_marker("django_db") is None and "db" not in request.fixturenames:
        yield
        return
    if not request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
    if connection.vendor != "sqlite" or not connection.in_atomic_block or _changes(request):
        yield
        return
    with followed_from_here():
        yield


def _changes(request: pytest.FixtureRequest) -> bool:
    return bool(_CHANGED & set(inspect.signature(request.function).parameters))


@contextmanager
def followed_from_here() -> Iterator[None]:
    """The same around a piece of code, which may lie in a test that is followed. Which keys new rows will have is where
    a way begins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        _MEMORY.way = tuple(cursor.fetchall())
    watching = _MEMORY.watch in connection.execute_wrappers
    try:
        with nullcontext() if watching else connection.execute_wrapper(_MEMORY.watch):
            yield
    finally:
        _MEMORY.way = None


def forget() -> None:
    """Steps are taken again from here on."""
    _MEMORY.way = None


def step(key: Hashable, take: Callable[[], T]) -> T:
    """What `take` returns, a copy of it where the step is remembered. `key` says everything that the step depends on
    beside the steps before it and the day."""
    way = _MEMORY.way
    if way is None:
        return take()
    way = (*way, (timezone.localdate(), key))
    kept = _MEMORY.kept.get(way)
    return _again(way, kept) if kept is not None else _taken(way, take)


def _taken(way: Way, take: Callable[[], T]) -> T:
    folder, writes = Path(settings.GONGKAI_DATA), []
    before, waiting = set(_files(folder)), len(connection.run_on_commit)
    _MEMORY.writing.append(writes)
    try:
        result = take()
    finally:
        _MEMORY.writing.pop()
    if not any(sql.startswith("ROLLBACK") for sql, _params, _many in writes):
        files = {name: (folder / name).read_bytes() for name in _files(folder) if name not in before}
        after = [callback for _savepoints, callback, *_rest in connection.run_on_commit[waiting:]]
        _MEMORY.kept[way] = _Kept(writes, files, after, copy.deepcopy(result))
        _MEMORY.way = way
    return result


def _again(way: Way, kept: _Kept) -> Any:
    with connection.cursor() as cursor:
        for sql, params, many in kept.writes:
            (cursor.executemany if many else cursor.execute)(sql, params)
    for name, data in kept.files.items():
        file = Path(settings.GONGKAI_DATA) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for callback in kept.after:
        transaction.on_commit(callback)
    _MEMORY.way = way
    return copy.deepcopy(kept.result)


def _files(folder: Path) -> list[str]:
    return [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]
