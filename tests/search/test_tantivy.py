"""tantivy with the same tokens finds the same; skipped, and said so, where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.corpora import Shelf, entries, queries, scan
from tests.search.test_transactions import ENTRY

from gongkai.search import sources
from gongkai.search.derived import Derived
from gongkai.search.entry import Entry, Query
from gongkai.search.words import parse

tantivy = pytest.importorskip("tantivy", reason="the optional engine is not installed (pip install gongkai[tantivy])")


@contextmanager
def store_of(corpus: list[Entry]) -> Iterator[Any]:
    from gongkai.search.tantivy.store import TantivyStore, schema

    with TemporaryDirectory() as folder:
        store = TantivyStore(tantivy.Index(schema(), path=folder))
        store.writer = store.index.writer(15_000_000, 1)
        store.put(corpus)
        store.writer.commit()
        store.index.reload()
        yield store
        store.writer.wait_merging_threads()


@settings(max_examples=25, deadline=None)
@given(corpus=entries(), asked=st.lists(queries(), min_size=1, max_size=8))
def test_it_finds_what_a_scan_finds(corpus: list[Entry], asked: list[Query]) -> None:
    with store_of(corpus) as store:
        for query in asked:
            expected = scan(corpus, query)
            results = store.search(query)
            assert {hit.key for hit in results.hits} == expected == store.matching(parse(query))
            assert results.total == len(expected)
        assert store.check(corpus).well
        assert store.keys() == {entry.key for entry in corpus}


def test_put_replaces_and_withdraw_takes_out() -> None:
    with store_of([ENTRY]) as store:
        store.put([replace(ENTRY, title="改过的标题", body="")])
        store.put([replace(ENTRY, key=8)])
        store.set_mark("5:abc")
        store.set_mark("6:def")
        store.writer.commit()
        store.index.reload()
        assert (store.count(), store.keys(), store.mark()) == (2, {7, 8}, "6:def")
        assert store.matching(parse(Query(text="污水处理"))) == {8}
        store.withdraw([7, 8, 9])
        store.writer.commit()
        store.index.reload()
        assert (store.count(), store.keys(), store.mark()) == (0, set(), "6:def")
        assert store.suggest("污水") == []


@pytest.mark.django_db(transaction=True)
def test_it_follows_every_commit(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    from gongkai.search.tantivy.shelf import TantivyShelf

    settings.GONGKAI_DATA = tmp_path
    source = Shelf()
    monkeypatch.setattr(sources, "_SOURCES", [source])
    index = Derived(TantivyShelf())
    index.rebuild()
    with transaction.atomic():
        source.kept[7] = ENTRY
        index.put([ENTRY])
    found = index.search(Query(text="污水处理", order="relevance"))
    assert [hit.key for hit in found.hits] == [7]
    assert found.facets["agency"] == [("1", 1, False)]
    assert index.suggest("污水") == ["污水处理收费"]
    with monkeypatch.context() as broken, transaction.atomic():
        broken.setattr(Derived, "catch_up", lambda self: None)  # planted: the process ends after the commit
        source.kept.clear()
        index.withdraw([7])
    assert index.search(Query(text="污水处理")).total == 0
    assert index.state().behind == 0
