"""Asking the index: the newest first, a total that is counted to CAP, counts by facet, relevance as a second pass."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import Literal

from gongkai.search import tokens
from gongkai.search.entry import CAP, FACETS, Count, Entry, Hit, Query, Results
from gongkai.search.excerpts import excerpt, marked
from gongkai.search.fts5 import schema
from gongkai.search.fts5.writing import read_rows
from gongkai.search.phrases import phrases
from gongkai.search.ranking import TEXTS, TITLES, by_text, by_title
from gongkai.search.words import Asked

_PREFIXES_SEEN = 2_000  # phrases with the typed beginning that are compared
_ANSWERS_REMEMBERED = 256  # in one process
_ROWS_REMEMBERED = 1_000   # of one answer: fifty pages; more than relevance compares (TITLES and TEXTS)
_ROWS_AHEAD = 200          # of an answer beyond CAP while a page up to the tenth is asked for
_AT_A_TIME = 500           # rows that are counted by facet before the next are fetched
_TITLES_SEEN = 40       # titles that hold what was typed, the newest


def search(connection: sqlite3.Connection, asked: Asked) -> Results:
    """One page."""
    size, page = max(1, min(asked.query.size, 100)), max(1, asked.query.page)
    start = (page - 1) * size
    found = _found(connection, asked, start + size)
    return Results(
        hits=_hits(connection, asked, found.rows[start:start + size]), total=found.total, capped=found.capped,
        page=page, size=size, facets=found.facets, unseen=asked.unseen,
        incomplete=schema.meta(connection, "building") is not None or not schema.is_current(connection),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: its first rows in order, the total and the counts."""

    rows: tuple[int, ...]
    total: int
    capped: bool
    facets: dict[str, list[Count]]


_REMEMBERED: OrderedDict[tuple[object, ...], Found] = OrderedDict()
_LOCK = threading.Lock()


def forget() -> None:
    """Forget the answers that are remembered, for measurements."""
    with _LOCK:
        _REMEMBERED.clear()


def _found(connection: sqlite3.Connection, asked: Asked, needed: int) -> Found:
    """What a query finds, remembered until the index changes."""
    query = asked.query
    by_relevance = query.order == "relevance" and bool(asked.words)
    key = (
        schema.meta(connection, "stamp"), expression(asked), query.in_title, query.since, query.until, query.facets,
        by_relevance,
    )
    with _LOCK:
        known = _REMEMBERED.get(key)
        if known is not None and (needed <= len(known.rows) or len(known.rows) == known.total):
            _REMEMBERED.move_to_end(key)
            return known
    found = _look(connection, asked, by_relevance, needed)
    short = Found(found.rows[:_ROWS_REMEMBERED], found.total, found.capped, found.facets)
    with _LOCK:
        _REMEMBERED[key] = short
        while len(_REMEMBERED) > _ANSWERS_REMEMBERED:
            _REMEMBERED.popitem(last=False)
    return found


def _look(connection: sqlite3.Connection, asked: Asked, by_relevance: bool, needed: int) -> Found:
    """The rows are as many as are remembered, or as the page needs."""
    if asked.query.facets:
        rows, seen, facets = _rows_and_counts(connection, asked)
    else:
        most = _ROWS_REMEMBERED if by_relevance or needed > _ROWS_AHEAD else _ROWS_AHEAD
        rows, seen = _rows(connection, asked, min(CAP, max(needed, most)))
        facets = {}
    if by_relevance:
        rows = _by_relevance(connection, asked, rows)
    return Found(tuple(rows), min(seen, CAP), seen > CAP, facets)


def suggest(connection: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Matters of titles that begin with what was typed, the most frequent first; then newest ones that hold it."""
    typed = tokens.folded(prefix)
    if not typed or limit < 1:
        return []
    rows = connection.execute(
        "SELECT shown FROM (SELECT shown, count FROM search_phrase WHERE text >= ? AND text < ? LIMIT ?) "
        "ORDER BY count DESC, length(shown), shown LIMIT ?",
        (typed, typed + "\U0010ffff", _PREFIXES_SEEN, limit),
    ).fetchall()
    found = dict.fromkeys(row[0] for row in rows)
    if len(found) < limit and len(typed) > 1:
        titles = connection.execute(
            "SELECT t.title FROM search_title f CROSS JOIN search_text t ON t.id = f.rowid "
            "WHERE f.text MATCH ? ORDER BY f.rowid DESC LIMIT ?", (_phrase(typed), _TITLES_SEEN))
        for (title,) in titles:
            found |= dict.fromkeys(one for one in phrases(title) if typed in tokens.folded(one))
    return list(found)[:limit]


def matching(connection: sqlite3.Connection, asked: Asked) -> set[int]:
    """The keys of everything that matches, without any cap: for checks and benchmarks."""
    sql, values = _statement(asked, "r.key")
    return {row[0] for row in connection.execute(sql, values)}


def finds(connection: sqlite3.Connection, asked: Asked, key: int) -> bool:
    """Whether the query finds the entry of `key`; filters narrow it as ever."""
    row = connection.execute("SELECT id FROM search_row WHERE key = ?", (key,)).fetchone()
    if row is None:
        return False
    sql, values = _statement(asked, "")
    return connection.execute(f"{sql} AND f.rowid = ?", [*values, row[0]]).fetchone() is not None


def expression(asked: Asked) -> str:
    """The query in the language of FTS5; "" for everything. Tokens are letters and digits, so nothing is escaped."""
    parts = []
    for word in asked.words:
        any_of = " OR ".join(_phrase(text) for text in word.all)
        parts.append(f"({any_of})" if word.alternatives else any_of)
    return " AND ".join(parts + tokens.wanted(asked.query))


def _phrase(text: str) -> str:
    return '"' + " ".join(tokens.of_word(text)) + '"'


def _rows(connection: sqlite3.Connection, asked: Asked, most: int) -> tuple[list[int], int]:
    """The newest rows, at least `most` if there are so many, and how many there are, counted to CAP + 1.

    SQLite walks its lists forwards in two thirds of the time that it takes backwards. So all are found forwards, and
    only where they are more than CAP the newest are asked for again: they come at once, there being so many. Found
    rows come out as one text: row by row Python would take as long to fetch many as SQLite takes to find them.
    """
    sql, values = _statement(asked, "", order="ASC", most=CAP + 1)
    seen, listed = connection.execute(
        f"SELECT count(*), group_concat(number) FROM ({sql})", values,  # noqa: S608 - what was typed is bound
    ).fetchone()
    if seen <= CAP:
        return sorted(map(int, listed.split(",")), reverse=True) if seen else [], seen
    sql, values = _statement(asked, "", order="DESC", most=most)
    return [row[0] for row in connection.execute(sql, values)], seen


def _rows_and_counts(
    connection: sqlite3.Connection, asked: Asked,
) -> tuple[list[int], int, dict[str, list[Count]]]:
    """Up to CAP rows, the newest first; how many there are, counted to CAP + 1; and for each facet its values among
    these rows, the most frequent first. A few rows at a time: thousands at once would be walked through by the
    collector of garbage."""
    columns = ", ".join(("r.id", *(f"r.{name}" for name in FACETS)))
    sql, values = _statement(asked, columns, order="DESC", most=CAP + 1)
    rows: list[int] = []
    seen, counters = 0, [Counter[object]() for _ in FACETS]
    cursor = connection.execute(sql, values)
    while some := cursor.fetchmany(_AT_A_TIME):
        seen += len(some)
        values_of = zip(*some[:CAP - len(rows)], strict=True)
        rows += next(values_of, ())
        for counter, column in zip(counters, values_of, strict=False):
            counter.update(column)
    return rows, seen, {
        name: [(str(value), count, seen > CAP) for value, count in counter.most_common() if value != ""]
        for name, counter in zip(FACETS, counters, strict=True)
    }


def _statement(
    asked: Asked, columns: str, *, order: Literal["", "ASC", "DESC"] = "", most: int = 0,
) -> tuple[str, list[object]]:
    """In an order of rows the first `most`, else all. Without `columns` the numbers of rows alone, which the full-text
    index gives by itself."""
    query, match = asked.query, expression(asked)
    table = "search_title" if query.in_title and asked.words else "search_body"
    if not match:
        source, number = "search_row r", "r.id"
    elif columns:
        source, number = f"{table} f CROSS JOIN search_row r ON r.id = f.rowid", "f.rowid"
    else:
        source, number = f"{table} f", "f.rowid"
    where, values = [], []
    if match:
        where.append("f.text MATCH ?")
        values.append(match)
    if query.since is not None:
        where.append(f"{number} >= ?")
        values.append(schema.first_of(query.since))
    if query.until is not None:
        where.append(f"{number} <= ?")
        values.append(schema.last_of(query.until))
    sql = f"SELECT {columns or f'{number} AS number'} FROM {source}"  # noqa: S608 - our own names; what was typed is bound
    sql += f" WHERE {' AND '.join(where)}" if where else ""
    if order:
        sql += f" ORDER BY {number} {order} LIMIT {most}"
    return sql, values


def _by_relevance(connection: sqlite3.Connection, asked: Asked, rows: list[int]) -> list[int]:
    """Title hits first, then the newest others by how they speak of the words, then the rest, the newest first."""
    sql, values = _statement(Asked(_in_title(asked.query), asked.words), "", order="DESC", most=TITLES)
    titles = [row[0] for row in connection.execute(sql, values)]
    first = set(titles)
    others = [row for row in rows if row not in first]
    best = by_title(asked.words, _titles(connection, titles))
    spoken = by_text(asked.words, read_rows(connection, others[:TEXTS]))
    return best + spoken + others[TEXTS:]


def _titles(connection: sqlite3.Connection, rows: list[int]) -> dict[int, str]:
    marks = ",".join("?" * len(rows))
    return dict(connection.execute(
        f"SELECT id, title FROM search_text WHERE id IN ({marks})", rows,  # noqa: S608 - question marks
    ))


def _in_title(query: Query) -> Query:
    return Query(
        agency=query.agency, under=query.under, item=query.item, topic=query.topic, kind=query.kind, year=query.year,
        validity=query.validity, since=query.since, until=query.until, in_title=True,
    )


def _hits(connection: sqlite3.Connection, asked: Asked, rows: list[int]) -> tuple[Hit, ...]:
    """What a page shows. A row without its text was taken out by another program's tokens and is not shown."""
    kept, words = read_rows(connection, rows), asked.marked
    return tuple(hit_of(kept[row], words) for row in rows if row in kept)


def hit_of(entry: Entry, words: tuple[str, ...]) -> Hit:
    """An entry as it is shown."""
    return Hit(
        key=entry.key, title=entry.title, title_pieces=marked(entry.title, words), excerpt=excerpt(entry.body, words),
        agency=entry.agency, path=entry.path, published_on=entry.published_on, year=entry.year, item=entry.item,
        topic=entry.topic, kind=entry.kind, validity=entry.validity, number=entry.number,
        index_number=entry.index_number,
    )
