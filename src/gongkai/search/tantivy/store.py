"""The methods of an index on tantivy. What is written is seen after `commit`; the shelf holds the pen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import tantivy

from gongkai.search import tokens
from gongkai.search.checking import compare
from gongkai.search.entry import CAP, FACETS, Count, Entry, Query, Report, Results
from gongkai.search.fts5.reading import hit_of
from gongkai.search.phrases import phrases
from gongkai.search.ranking import TEXTS, TITLES, by_text, by_title
from gongkai.search.words import Asked, parse

_KEY_BITS = 36        # of the number that orders entries: their day, then their key
_MARK = 0             # the key of the note of how far the index has followed
_PREFIXES_SEEN = 500
_FIELDS = ("agency", "path", "item", "topic", "kind", "validity", "year", "number", "index_number", "title", "body")


def schema() -> Any:
    """The fields. `data` is the entry as JSON; `row` orders and bounds, the facets are counted from fast columns."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_bytes_field("data", stored=True)
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("phrase", *FACETS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name != "phrase")
    return builder.build()


class TantivyStore:
    """An index in a folder. `writer` is there while the shelf holds the pen."""

    def __init__(self, index: Any) -> None:
        self.index = index
        self.writer: Any = None

    def put(self, entries: Iterable[Entry]) -> None:
        """Take entries in."""
        for entry in entries:
            self._drop(entry.key)
            self.writer.add_document(_document(entry))

    def withdraw(self, keys: Iterable[int]) -> None:
        """Take entries out."""
        for key in keys:
            self._drop(key)

    def mark(self) -> str:
        """The note of how far it has followed."""
        found = self._search(self._term("key", _MARK), 1).hits
        return self._data(found[0][1])["mark"] if found else ""

    def set_mark(self, mark: str) -> None:
        """Set it."""
        self._drop(_MARK)
        self.writer.add_document(_numbered(_MARK, 0, {"mark": mark}))

    def search(self, query: Query) -> Results:
        """One page."""
        return self.answer(parse(query))

    def answer(self, asked: Asked) -> Results:
        """One page of a query that is taken apart already."""
        query = asked.query
        size, page = max(1, min(query.size, 100)), max(1, query.page)
        start = (page - 1) * size
        stop = min(start + size, CAP)
        wanted = self._expression(asked)
        found = self.index.searcher().search(wanted, limit=max(1, stop), count=True, order_by_field="row")
        total = int(found.count)
        if query.order == "relevance" and asked.words:
            entries = self._by_relevance(asked, wanted, stop)[start:stop]
        else:
            entries = [self._entry(address) for _, address in found.hits[start:stop]]
        return Results(
            hits=tuple(hit_of(entry, asked.marked) for entry in entries), total=min(total, CAP), capped=total > CAP,
            page=page, size=size, facets=self._counts(wanted) if query.facets else {}, unseen=asked.unseen,
        )

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Matters of titles that begin with what was typed, the most frequent first; then newest ones that hold it."""
        typed = tokens.folded(prefix)
        if not typed or limit < 1:
            return []
        searcher = self.index.searcher()
        terms = [str(term) for term in searcher.terms_with_prefix("phrase", typed, limit=_PREFIXES_SEEN)]
        terms.sort(key=lambda term: (-searcher.doc_freq("phrase", term), len(term), term))
        found: dict[str, None] = {}
        for term in terms[:limit]:
            for _, address in self._search(self._term("phrase", term), 1).hits:
                found |= dict.fromkeys(
                    one for one in phrases(self._entry(address).title) if tokens.folded(one) == term)
        if len(found) < limit and len(typed) > 1:
            for _, address in self._search(self._phrase("title", typed), 40).hits:
                found |= dict.fromkeys(
                    one for one in phrases(self._entry(address).title) if typed in tokens.folded(one))
        return list(found)[:limit]

    def matching(self, asked: Asked) -> set[int]:
        """The keys of all that matches, uncapped."""
        return {row & ((1 << _KEY_BITS) - 1) for row in self._rows(self._expression(asked))}

    def kept(self, keys: Sequence[int]) -> dict[int, Entry]:
        """The entries of some keys as they are kept."""
        found = (hit for key in keys for hit in self._search(self._term("key", key), 1).hits)
        return {entry.key: entry for entry in (self._entry(address) for _, address in found)}

    def found(self, asked: Asked, key: int) -> bool:
        """Whether a query finds an entry."""
        both = _all_of([self._expression(asked), self._term("key", key)])
        return bool(self._search(both, 1).count)

    def keys(self) -> set[int]:
        """Every key."""
        return {row & ((1 << _KEY_BITS) - 1) for row in self._rows(self._everything())}

    def count(self) -> int:
        """How many entries are kept."""
        return int(self._search(self._everything(), 1).count)

    def settle(self, *, whole: bool = False) -> bool:  # noqa: ARG002
        """tantivy merges by itself."""
        return False

    def check(self, sample: Iterable[Entry]) -> Report:
        """Compare entries with what is kept and found of them."""
        return compare(self, sample)

    def _drop(self, key: int) -> None:
        # By a query, not by a term: the library makes a signed term of the number, which matches nothing here.
        self.writer.delete_documents_by_query(self._term("key", key))

    def _search(self, query: Any, limit: int) -> Any:
        return self.index.searcher().search(query, limit=limit, count=True, order_by_field="row")

    def _rows(self, query: Any) -> Iterator[int]:
        held = max(1, self.index.searcher().num_docs)
        return (row for row, _ in self._search(query, held).hits)

    def _data(self, address: Any) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(bytes(self.index.searcher().doc(address)["data"][0]))
        return kept

    def _entry(self, address: Any) -> Entry:
        data = self._data(address)
        return Entry(published_on=date.fromordinal(data.pop("day")), **data)

    def _by_relevance(self, asked: Asked, wanted: Any, stop: int) -> list[Entry]:
        """As on the other engine: title hits first, then the newest others by their text, then the rest."""
        titled = self._expression(Asked(asked.query, asked.words), in_title=True)
        titles = dict(self._search(titled, TITLES).hits)
        others = [
            (row, address) for row, address in self._search(wanted, max(stop, TITLES + TEXTS)).hits if row not in titles
        ]
        entries = {row: self._entry(address) for row, address in [*titles.items(), *others[:TEXTS]]}
        best = by_title(asked.words, {row: entries[row].title for row in titles})
        spoken = by_text(asked.words, {row: entries[row] for row, _ in others[:TEXTS]})
        first = [entries[row] for row in best + spoken][:stop]
        return first + [self._entry(address) for _, address in others[TEXTS:TEXTS + stop - len(first)]]

    def _counts(self, wanted: Any) -> dict[str, list[Count]]:
        """The values of each facet; exact, since the engine counts them all."""
        asked = {name: {"terms": {"field": name, "size": 1_000}} for name in FACETS}
        found = self.index.searcher().aggregate(wanted, asked)
        return {
            name: [(str(one["key"]), int(one["doc_count"]), False) for one in found[name]["buckets"] if one["key"]]
            for name in FACETS
        }

    def _expression(self, asked: Asked, *, in_title: bool = False) -> Any:
        query = asked.query
        field = "title" if in_title or query.in_title else "body"
        parts = [_any_of([self._phrase(field, text) for text in word.all]) for word in asked.words]
        parts += [self._term("body", tag) for tag in tokens.wanted(query)]
        return _all_of([*parts, self._everything(query.since, query.until)])

    def _everything(self, since: date | None = None, until: date | None = None) -> Any:
        low = max(1, (since.toordinal() if since else 0) << _KEY_BITS)
        high = ((until.toordinal() + 1) << _KEY_BITS) - 1 if until else (1 << 63) - 1
        return tantivy.Query.range_query(
            self.index.schema, "row", tantivy.FieldType.Unsigned, lower_bound=low, upper_bound=high)

    def _phrase(self, field: str, text: str) -> Any:
        words = tokens.of_word(text)
        if len(words) == 1:
            return self._term(field, words[0])
        return tantivy.Query.phrase_query(self.index.schema, field, words)

    def _term(self, field: str, value: object) -> Any:
        return tantivy.Query.term_query(self.index.schema, field, value)


def _all_of(parts: list[Any]) -> Any:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _any_of(parts: list[Any]) -> Any:
    if len(parts) == 1:
        return parts[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])


def _document(entry: Entry) -> Any:
    title, body = tokens.streams(entry)
    data = {name: getattr(entry, name) for name in _FIELDS}
    data |= {"key": entry.key, "day": entry.published_on.toordinal()}
    made = _numbered(entry.key, (entry.published_on.toordinal() << _KEY_BITS) | entry.key, data)
    made.add_text("title", title)
    made.add_text("body", body)
    for shown in phrases(entry.title):
        made.add_text("phrase", tokens.folded(shown))
    for name in FACETS:
        made.add_text(name, str(getattr(entry, name)))
    return made


def _numbered(key: int, row: int, data: dict[str, Any]) -> Any:
    made = tantivy.Document()
    made.add_unsigned("key", key)
    made.add_unsigned("row", row)
    made.add_bytes("data", json.dumps(data, ensure_ascii=False).encode())
    return made
