"""Entries into the index and out of it, on a connection whose transaction the caller holds."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence

from gongkai.search import tokens
from gongkai.search.entry import Entry
from gongkai.search.fts5 import schema
from gongkai.search.phrases import phrases

# Texts of this many bytes and more are kept compressed: long ones shrink to half and open in a fraction of a
# millisecond; short ones gain a fifth and would cost more than they save.
_COMPRESSED_FROM = 2_000
_OUT = "INSERT INTO {0} ({0}, rowid, text) VALUES ('delete', ?, ?)"
_COLUMNS = (
    "SELECT r.id, r.key, r.agency, r.item, r.topic, r.kind, r.year, r.validity, t.path, t.number, t.index_number, "
    "t.title, t.body FROM search_row r JOIN search_text t ON t.id = r.id "
)


def put(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Take entries in, each in place of the one with its key. What says the same already is left alone."""
    changed = False
    for entry in sorted(entries, key=lambda one: (one.published_on, one.key)):
        kept = read(connection, [entry.key])
        if kept and kept[0][1] == entry:
            continue
        if kept:
            _remove(connection, *kept[0])
        _insert(connection, _row_for(connection, entry, kept[0][0] if kept else None), entry)
        changed = True
    if changed:
        schema.stamp(connection)


def withdraw(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Take entries out, every token of them."""
    changed = False
    for key in keys:
        for row, entry in read(connection, [key]):
            _remove(connection, row, entry)
            changed = True
    if changed:
        schema.stamp(connection)


def read(connection: sqlite3.Connection, keys: Sequence[int]) -> list[tuple[int, Entry]]:
    """The kept entries of some keys with their rows."""
    marks = ",".join("?" * len(keys))
    return [_entry(row) for row in connection.execute(f"{_COLUMNS} WHERE r.key IN ({marks})", tuple(keys))]


def read_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, Entry]:
    """The kept entries of some rows."""
    marks = ",".join("?" * len(rows))
    return dict(_entry(row) for row in connection.execute(f"{_COLUMNS} WHERE r.id IN ({marks})", tuple(rows)))


def _entry(row: tuple) -> tuple[int, Entry]:  # type: ignore[type-arg]
    return row[0], Entry(
        key=row[1], agency=row[2], item=row[3], topic=row[4], kind=row[5], year=row[6], validity=row[7], path=row[8],
        number=row[9], index_number=row[10], title=row[11], body=opened(row[12]), published_on=schema.day_of(row[0]),
    )


def packed(text: str) -> bytes | str:
    """A text as it is kept."""
    raw = text.encode()
    return text if len(raw) < _COMPRESSED_FROM else zlib.compress(raw, 6)


def opened(kept: bytes | str) -> str:
    """The text of what `packed` made."""
    return kept if isinstance(kept, str) else zlib.decompress(kept).decode()


def _row_for(connection: sqlite3.Connection, entry: Entry, before: int | None) -> int:
    if before is not None and schema.day_of(before) == entry.published_on:
        return before
    first, last = schema.first_of(entry.published_on), schema.last_of(entry.published_on)
    top = connection.execute("SELECT max(id) FROM search_row WHERE id BETWEEN ? AND ?", (first, last)).fetchone()[0]
    return first if top is None else top + 1


def _insert(connection: sqlite3.Connection, row: int, entry: Entry) -> None:
    title, body = tokens.streams(entry)
    connection.execute("INSERT INTO search_row VALUES (?,?,?,?,?,?,?,?)", (
        row, entry.key, entry.agency, entry.item, entry.topic, entry.kind, entry.year, entry.validity))
    connection.execute("INSERT INTO search_text VALUES (?,?,?,?,?,?)", (
        row, entry.path, entry.number, entry.index_number, entry.title, packed(entry.body)))
    connection.execute("INSERT INTO search_title (rowid, text) VALUES (?, ?)", (row, title))
    connection.execute("INSERT INTO search_body (rowid, text) VALUES (?, ?)", (row, body))
    for shown in phrases(entry.title):
        connection.execute(
            "INSERT INTO search_phrase VALUES (?, ?, 1) ON CONFLICT (text) DO UPDATE SET count = count + 1",
            (tokens.folded(shown), shown))


def _remove(connection: sqlite3.Connection, row: int, entry: Entry) -> None:
    """Out with its tokens too, unless the program that put them in made other ones: those find nothing any more, and
    the index is about to be made anew."""
    if schema.is_current(connection):
        title, body = tokens.streams(entry)
        connection.execute(_OUT.format("search_title"), (row, title))
        connection.execute(_OUT.format("search_body"), (row, body))
    connection.execute("DELETE FROM search_row WHERE id = ?", (row,))
    connection.execute("DELETE FROM search_text WHERE id = ?", (row,))
    for shown in phrases(entry.title):
        text = tokens.folded(shown)
        connection.execute("UPDATE search_phrase SET count = count - 1 WHERE text = ?", (text,))
        connection.execute("DELETE FROM search_phrase WHERE text = ? AND count <= 0", (text,))
