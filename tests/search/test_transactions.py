"""The index moves with the transaction of the act, on every database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from tests.search.corpora import DAY, Shelf

from gongkai.search import index, sources
from gongkai.search.choice import engine
from gongkai.search.complete import examine
from gongkai.search.entry import Entry, Query

ENTRY = Entry(
    key=7, title="关于污水处理收费的通知", body="污水处理费按用水量计收。", agency=1, path="00000001", published_on=DAY,
    year=2024,
)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A source of our own, alone; an index that is empty, whatever other tests left in it."""
    shelf = Shelf()
    monkeypatch.setattr(sources, "_SOURCES", [shelf])
    engine().rebuild()
    return shelf


def put(shelf: Shelf, *entries: Entry) -> None:
    """What an act does: its row, then the index."""
    shelf.kept |= {entry.key: entry for entry in entries}
    index.put(entries)


def withdraw(shelf: Shelf, *keys: int) -> None:
    for key in keys:
        shelf.kept.pop(key, None)
    index.withdraw(keys)


def found(text: str = "污水处理") -> list[int]:
    return [hit.key for hit in index.search(Query(text=text)).hits]


@pytest.mark.django_db(transaction=True)
def test_what_is_put_is_found_and_what_is_withdrawn_is_gone_when_the_act_returns(shelf: Shelf) -> None:
    with transaction.atomic():
        put(shelf, ENTRY)
    assert found() == [7]
    with transaction.atomic():
        put(shelf, replace(ENTRY, body="改为固定收费。", title="收费通知"))
    assert found() == []
    assert found("固定收费") == [7]
    with transaction.atomic():
        withdraw(shelf, 7)
    assert found("固定收费") == []
    assert index.suggest("收费") == []


@pytest.mark.django_db(transaction=True)
def test_a_roll_back_takes_the_entry_back(shelf: Shelf) -> None:
    with transaction.atomic():
        put(shelf, ENTRY)
        transaction.set_rollback(True)
    shelf.kept.clear()
    assert found() == []
    with transaction.atomic():
        put(shelf, ENTRY)
    with transaction.atomic():
        index.withdraw([7])
        transaction.set_rollback(True)
    assert found() == [7]
    assert examine().well


@pytest.mark.django_db
def test_an_act_finds_its_own_work(shelf: Shelf) -> None:
    put(shelf, ENTRY)
    assert found() == [7]
    withdraw(shelf, 7)
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_doctor_finds_what_is_missing_surplus_or_different(shelf: Shelf) -> None:
    from gongkai.search import probes

    put(shelf, ENTRY, replace(ENTRY, key=8))
    assert probes.search().well
    assert probes.search_word_for_word().well
    shelf.kept[9] = replace(ENTRY, key=9)   # planted: rows that changed behind the index's back
    shelf.kept[8] = replace(ENTRY, key=8, title="改过的标题")
    del shelf.kept[7]
    assert probes.search_word_for_word().well is False
    report = examine()
    assert (report.missing, report.surplus, report.different) == ((9,), (7,), (8,))
    shelf.kept[10] = replace(ENTRY, key=10)
    assert probes.search().well is False
    assert engine().rebuild() == 3
    assert examine().well
    assert probes.search().well


@pytest.mark.django_db(transaction=True)
def test_an_index_of_another_program_is_made_anew_by_the_worker(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.infra.tasks import CHORES
    from gongkai.search import chores
    from gongkai.search.fts5 import schema

    assert chores.keep_the_index in CHORES
    put(shelf, ENTRY, replace(ENTRY, key=8))
    with engine().following() as store, transaction.atomic():
        schema.note(store.connect(), "tokens", "0-other")
        schema.note(store.connect(), "stamp", "x")
    chores.keep_the_index()
    assert sorted(found()) == [7, 8]
    assert examine().well
