"""An index beside the database follows every commit: no crash, process or machine makes it miss one."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.search.corpora import Shelf
from tests.search.test_transactions import ENTRY

from gongkai.search import chores, sources
from gongkai.search.derived import Derived
from gongkai.search.entry import Query
from gongkai.search.fts5.shelf import FileShelf
from gongkai.search.models import Change
from gongkai.search.words import parse

TEXT = Query(text="污水处理")


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setattr(sources, "_SOURCES", [shelf])
    return shelf


@pytest.fixture
def index(source: Shelf, transactional_db: None) -> Derived:
    made = Derived(FileShelf())
    made.rebuild()
    return made


def put(index: Derived, source: Shelf, *entries: Any) -> None:
    with transaction.atomic():
        source.kept |= {entry.key: entry for entry in entries}
        index.put(entries)


def withdraw(index: Derived, source: Shelf, *keys: int) -> None:
    with transaction.atomic():
        for key in keys:
            source.kept.pop(key)
        index.withdraw(keys)


def found(index: Derived) -> list[int]:
    return [hit.key for hit in index.search(TEXT).hits]


def dies(*_: object) -> None:
    """The process ends here."""
    raise KeyboardInterrupt


@pytest.mark.django_db(transaction=True)
def test_it_follows_at_the_commit(index: Derived, source: Shelf) -> None:
    assert found(index) == []
    put(index, source, ENTRY)
    state = index.state()
    assert (state.kept, state.behind, state.building) == (1, 0, False)  # before anybody searched
    assert found(index) == [7]
    withdraw(index, source, 7)
    assert index.state().kept == 0
    assert found(index) == []


@pytest.mark.django_db(transaction=True)
def test_a_crash_between_commit_and_index_loses_nothing(
    index: Derived, source: Shelf, monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(index, source, ENTRY)
    with monkeypatch.context() as broken:
        broken.setattr(Derived, "_follow", dies)  # planted
        with pytest.raises(KeyboardInterrupt):
            withdraw(index, source, 7)
    assert index.state().kept == 1  # the file has not heard of it
    assert index.state().behind == 1
    assert found(index) == []       # whoever asks follows first


@pytest.mark.django_db(transaction=True)
def test_the_test_of_the_crash_would_find_a_reader_that_does_not_follow(
    index: Derived, source: Shelf, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted fault: without following, what was withdrawn is still found."""
    put(index, source, ENTRY)
    monkeypatch.setattr(Derived, "_follow", lambda self, store: None)
    withdraw(index, source, 7)
    assert found(index) == [7]


@pytest.mark.django_db(transaction=True)
def test_a_crash_while_following_leaves_the_file_as_it_was(
    index: Derived, source: Shelf, monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(index, source, ENTRY)
    with monkeypatch.context() as broken:
        broken.setattr(FileShelf, "set_mark", dies)  # planted: entries are out, the mark is not yet noted
        with pytest.raises(KeyboardInterrupt):
            withdraw(index, source, 7)
    assert index.state().kept == 1
    assert found(index) == []
    assert index.check(source.entries()).well


@pytest.mark.django_db(transaction=True)
def test_a_failure_after_the_commit_does_not_break_the_act(
    index: Derived, source: Shelf, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise OSError("disk full")

    found(index)
    with monkeypatch.context() as broken:
        broken.setattr(FileShelf, "set_mark", fails)
        put(index, source, ENTRY)
    assert found(index) == [7]


@pytest.mark.django_db(transaction=True)
def test_a_roll_back_is_never_seen(index: Derived, source: Shelf) -> None:
    found(index)
    with transaction.atomic():
        source.kept[7] = ENTRY
        index.put([ENTRY])
        assert found(index) == [7]  # the act itself sees its work
        source.kept.clear()
        transaction.set_rollback(True)
    assert index.state().kept == 0
    assert found(index) == []


@pytest.mark.django_db(transaction=True)
def test_another_machine_follows_by_itself(index: Derived, source: Shelf, settings: Any, tmp_path: Path) -> None:
    put(index, source, ENTRY)
    here = settings.GONGKAI_DATA
    settings.GONGKAI_DATA = tmp_path / "elsewhere"
    elsewhere = Derived(FileShelf())
    assert found(elsewhere) == [7]
    settings.GONGKAI_DATA = here
    withdraw(index, source, 7)
    settings.GONGKAI_DATA = tmp_path / "elsewhere"
    assert elsewhere.state().behind == 1
    assert found(elsewhere) == []


@pytest.mark.django_db(transaction=True)
def test_another_process_opens_the_file_that_was_made_anew(index: Derived, source: Shelf) -> None:
    put(index, source, ENTRY)
    other = Derived(FileShelf())
    assert found(other) == [7]
    source.kept[8] = dataclasses.replace(ENTRY, key=8)  # behind everybody's back
    assert index.rebuild() == 2
    assert sorted(found(other)) == [7, 8]


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_away_for_too_long_is_made_anew(index: Derived, source: Shelf, settings: Any) -> None:
    put(index, source, ENTRY)
    source.kept = {8: dataclasses.replace(ENTRY, key=8)}
    Change.objects.append([7, 8])
    Change.objects.append([8])
    Change.objects.update(at=timezone.now() - timedelta(days=settings.GONGKAI_SEARCH_CHANGE_DAYS + 1))
    chores.forget_what_is_old()
    assert Change.objects.count() == 1  # the newest always stays
    assert found(index) == [8]


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_noticed_even_where_the_numbers_are_the_same(index: Derived, source: Shelf) -> None:
    put(index, source, ENTRY)
    seq = Change.objects.latest("seq").seq
    Change.objects.all().delete()
    source.kept = {8: dataclasses.replace(ENTRY, key=8)}
    Change.objects.create(seq=seq, key=8)
    assert found(index) == [8]


@pytest.mark.django_db(transaction=True)
def test_a_large_index_that_is_missing_is_left_to_the_worker(
    index: Derived, source: Shelf, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path,
) -> None:
    settings.GONGKAI_DATA = tmp_path / "new"
    monkeypatch.setattr("gongkai.search.derived.AT_ONCE", 0)
    source.kept = {7: ENTRY}
    assert index.search(TEXT).incomplete
    assert index.suggest("污水") == []
    assert index.state().building
    index.keep()
    assert found(index) == [7]


@pytest.mark.django_db(transaction=True)
def test_numbers_of_changes_rise_with_the_commits(index: Derived, source: Shelf) -> None:
    """On PostgreSQL a second act waits for the first one's commit before it draws its number."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    import threading

    order: list[str] = []
    drawn, may_end = threading.Event(), threading.Event()

    def first() -> None:
        try:
            with transaction.atomic():
                index.put([ENTRY])
                drawn.set()
                may_end.wait(5)
                order.append("first")
        finally:
            connection.close()

    def second() -> None:
        try:
            with transaction.atomic():
                index.put([ENTRY])
                order.append("second")
        finally:
            connection.close()

    one, two = threading.Thread(target=first), threading.Thread(target=second)
    one.start()
    assert drawn.wait(5)
    two.start()
    two.join(0.5)
    assert two.is_alive()
    may_end.set()
    one.join(5)
    two.join(5)
    assert order == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_the_derived_index_answers_as_a_scan_does(index: Derived, source: Shelf) -> None:
    put(index, source, *(dataclasses.replace(ENTRY, key=key, body=f"第{key}号文件，污水") for key in range(1, 60)))
    assert index.matching(parse(Query(text="第5"))) == {5, *range(50, 60)}
    assert index.check(source.entries()).well
