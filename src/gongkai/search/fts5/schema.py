"""The tables of the index. They are no Django models: an index is made anew from its sources at any time.

A row's number is its day and a count within the day, so that the newest come first by walking the index backwards and
a span of days is a span of rows. The two full-text tables keep no text (`content=''`): what must be shown or taken out
again stands in `search_text`. Narrow `search_row` is what counts are made of.
"""

from __future__ import annotations

import secrets
import sqlite3
from datetime import date

from gongkai.search.tokens import VERSION

DAY_BITS = 24  # rows of one day: sixteen million

_TABLES = """
CREATE TABLE IF NOT EXISTS search_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_row (
    id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, agency INTEGER NOT NULL, item TEXT NOT NULL,
    topic TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, validity TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS search_text (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, number TEXT NOT NULL, index_number TEXT NOT NULL, title TEXT NOT NULL,
    body NOT NULL);
CREATE TABLE IF NOT EXISTS search_phrase (
    text TEXT PRIMARY KEY, shown TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS search_title USING fts5(text, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE IF NOT EXISTS search_body USING fts5(text, content='', columnsize=0, tokenize='ascii');
"""
# Merging is not left to the acts: it would make every twentieth of them wait. `settle` does it between them; only when
# this many segments have come together before that does the act itself.
_SEGMENTS = 64
CACHE_KILOBYTES = 32_000  # of one connection: a count of 10,000 rows takes a third less time than with SQLite's 2,000
_STEP_PAGES = 256  # of one step of merging: some ten milliseconds
FULL_TEXT = ("search_title", "search_body")
_GATHERED = 32 * 1024 * 1024  # bytes that a transaction of many entries gathers before it writes them down
_NAMES = ("search_row", "search_text", "search_phrase", *FULL_TEXT, "search_meta")


def lay(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there. Inside a transaction this is part of it."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    made = connection.execute("INSERT OR IGNORE INTO search_meta VALUES ('tokens', ?)", (VERSION,)).rowcount
    if made:
        for table in FULL_TEXT:
            _tell(connection, table, "automerge", 0)
            _tell(connection, table, "crisismerge", _SEGMENTS)
            _tell(connection, table, "hashsize", _GATHERED)
        stamp(connection)


def _tell(connection: sqlite3.Connection, table: str, what: str, value: int) -> None:
    """A word to FTS5 about one of its tables, in its own way."""
    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (what, value))  # noqa: S608 - our names


def clear(connection: sqlite3.Connection) -> None:
    """Throw the whole index away and lay an empty one."""
    for name in _NAMES:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    lay(connection)


def meta(connection: sqlite3.Connection, name: str) -> str | None:
    """A note of the index; None when it was never made."""
    row = connection.execute("SELECT value FROM search_meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def note(connection: sqlite3.Connection, name: str, value: str | None) -> None:
    """Set a note, or forget it."""
    if value is None:
        connection.execute("DELETE FROM search_meta WHERE name = ?", (name,))
    else:
        connection.execute("INSERT OR REPLACE INTO search_meta VALUES (?, ?)", (name, value))


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was made with the tokens of this program."""
    return meta(connection, "tokens") == VERSION


def stamp(connection: sqlite3.Connection) -> None:
    """Say that the index is not what it was: answers that are remembered under an older stamp hold no more. Drawn, not
    counted, for what a roll-back takes away must not come again for another state."""
    note(connection, "stamp", secrets.token_hex(8))


def settle(connection: sqlite3.Connection, *, whole: bool = False) -> bool:
    """One step of merging; False when nothing is left to do. `whole` starts to merge everything into one."""
    worked = False
    for table in FULL_TEXT:
        before = connection.total_changes
        _tell(connection, table, "merge", -_STEP_PAGES if whole else _STEP_PAGES)
        worked = worked or connection.total_changes - before > 1
    return worked


def first_of(day: date) -> int:
    """The smallest number of a row of `day`."""
    return day.toordinal() << DAY_BITS


def last_of(day: date) -> int:
    """The largest number of a row of `day`."""
    return first_of(day) + (1 << DAY_BITS) - 1


def day_of(row: int) -> date:
    """The day of a row."""
    return date.fromordinal(row >> DAY_BITS)
