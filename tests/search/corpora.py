"""Random corpora, queries over them, and the brute-force scan that every engine is held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from gongkai.search.entry import Entry, Query
from gongkai.search.tokens import folded
from gongkai.search.words import parse

# Few letters, so that words meet: Chinese, both widths, case, marks, controls, emoji with joiners, rare characters,
# letters that fold to several, private ones, half a surrogate.
LETTERS = (
    "污水处理收费通知关于的年度號号Ａa AaBb1２12-，,。.()（）〔〕“”\"'\n\u3000\f\0\x1f\u200b😀👩\u200d💻"
    "𠀀𪚥éeÉ\u0301ßﬁ①㎡\U000f0041\ud800*:^"
)
TEXTS = st.text(alphabet=LETTERS, max_size=40)
DAY = date(2024, 1, 1)


def entries(most: int = 12) -> st.SearchStrategy[list[Entry]]:
    """Entries with keys of their own, many on the same days."""
    one = st.builds(
        Entry, key=st.integers(1, 30), title=TEXTS, body=st.text(alphabet=LETTERS, max_size=120),
        agency=st.integers(1, 3), path=st.sampled_from(["00000001", "0000000100000002", "0000000100000003", ""]),
        published_on=st.integers(-2, 40).map(lambda days: DAY + timedelta(days)), year=st.integers(2023, 2025),
        item=st.sampled_from(["", "20.1", "20.11"]), topic=st.sampled_from(["", "环保", "财政"]),
        kind=st.sampled_from(["", "notice"]), validity=st.sampled_from(["", "in_force"]),
    )
    return st.lists(one, max_size=most, unique_by=lambda entry: entry.key)


def queries() -> st.SearchStrategy[Query]:
    """Queries with and without words and filters."""
    word = st.text(alphabet=LETTERS, min_size=1, max_size=8)
    return st.builds(
        Query, text=st.one_of(word, st.lists(word, max_size=3).map(" ".join), word.map(lambda text: f"“{text}”")),
        agency=st.sampled_from([None, None, 1]),
        under=st.sampled_from([None, None, "", "00000001", "0000000100000002"]),
        item=st.sampled_from(["", "", "20.1"]), topic=st.sampled_from(["", "", "环保"]),
        kind=st.sampled_from(["", "notice"]), year=st.sampled_from([None, 2024]),
        validity=st.sampled_from(["", "", "in_force"]), since=st.sampled_from([None, DAY]),
        until=st.sampled_from([None, DAY + timedelta(20)]), in_title=st.booleans(),
        order=st.sampled_from(["newest", "relevance"]), size=st.just(50),
    )


def scan(corpus: Iterable[Entry], query: Query) -> set[int]:
    """The keys of what matches, by looking at every folded text."""
    return {entry.key for entry in corpus if _fits(entry, query) and _speaks(entry, query)}


def _fits(entry: Entry, query: Query) -> bool:
    return (
        query.agency in (None, entry.agency) and entry.path.startswith(query.under or "")
        and query.year in (None, entry.year)
        and all(getattr(query, name) in ("", getattr(entry, name)) for name in ("item", "topic", "kind", "validity"))
        and (query.since is None or query.since <= entry.published_on)
        and (query.until is None or entry.published_on <= query.until)
    )


def _speaks(entry: Entry, query: Query) -> bool:
    title, body = folded(entry.title), folded(entry.body)
    return all(
        word.text in title or (len(word.text) > 1 and not query.in_title and word.text in body)
        for word in parse(query).words
    )


class Shelf:
    """A source for tests: a dictionary."""

    def __init__(self, corpus: Sequence[Entry] = ()) -> None:
        self.kept = {entry.key: entry for entry in corpus}

    def entries(self, keys: Sequence[int] | None = None) -> Iterator[Entry]:
        for key in sorted(self.kept) if keys is None else keys:
            if key in self.kept:
                yield self.kept[key]

    def keys(self) -> Iterator[int]:
        return iter(list(self.kept))

    def count(self) -> int:
        return len(self.kept)
