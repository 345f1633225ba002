"""The FTS5 index finds exactly what a scan finds, and keeps nothing of what was taken out."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.corpora import DAY, LETTERS, entries, queries, scan

from gongkai.search import tokens
from gongkai.search.entry import CAP, Entry, Query
from gongkai.search.excerpts import _folded_with_places
from gongkai.search.fts5 import reading, schema
from gongkai.search.fts5.store import Store
from gongkai.search.words import parse


def store_of(corpus: list[Entry]) -> Store:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.lay(connection)
    store = Store(lambda: connection)
    store.put(corpus)
    return store


def sound(store: Store) -> bool:
    """FTS5's own check of its structure; raises when it is not."""
    for table in schema.FULL_TEXT:
        store.connect().execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 0)")
    return True


@settings(max_examples=50, deadline=None)
@given(corpus=entries(), asked=st.lists(queries(), min_size=1, max_size=8))
def test_it_finds_what_a_scan_finds(corpus: list[Entry], asked: list[Query]) -> None:
    store = store_of(corpus)
    for query in asked:
        expected = scan(corpus, query)
        results = store.search(query)
        assert {hit.key for hit in results.hits} == expected == store.matching(parse(query))
        assert results.total == len(expected)
        if query.order == "newest" or not parse(query).words:
            days = [hit.published_on for hit in results.hits]
            assert days == sorted(days, reverse=True)
        for hit in results.hits:
            for name, value in (("agency", str(hit.agency)), ("item", hit.item), ("year", str(hit.year))):
                assert not value or value in {one for one, _, _ in results.facets[name]}


@settings(max_examples=80, deadline=None)
@given(before=entries(), after=entries(), out=st.sets(st.integers(1, 30)), query=queries())
def test_put_replaces_and_withdraw_leaves_nothing(
    before: list[Entry], after: list[Entry], out: set[int], query: Query,
) -> None:
    store = store_of(before)
    store.put(after)
    store.withdraw(out)
    corpus = {entry.key: entry for entry in [*before, *after]}
    left = [entry for key, entry in corpus.items() if key not in out]
    assert store.matching(parse(query)) == scan(left, query)
    assert store.keys() == {entry.key for entry in left}
    assert sound(store)
    store.withdraw(corpus)
    for table in ("search_row", "search_text", "search_phrase"):
        assert store.connect().execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    assert store.matching(parse(query)) == set()


@settings(max_examples=60, deadline=None)
@given(corpus=entries())
def test_a_sound_index_passes_its_check(corpus: list[Entry]) -> None:
    report = store_of(corpus).check(corpus)
    assert report.well
    assert report.compared == len(corpus)


@given(title=st.text(alphabet=LETTERS, max_size=30), body=st.text(alphabet=LETTERS, max_size=300))
def test_pieces_say_the_text_and_mark_the_word(title: str, body: str) -> None:
    entry = an_entry(title=title, body=body + "污水处理厂收费" + body)
    (hit,) = store_of([entry]).search(Query(text="污水处理")).hits
    assert any(matches and "污" in text for text, matches in hit.excerpt)
    assert all(text for text, _ in (*hit.excerpt, *hit.title_pieces))
    assert len("".join(text for text, _ in hit.excerpt)) <= 170


@given(text=st.text(alphabet=LETTERS, max_size=60))
def test_every_folded_character_knows_its_place(text: str) -> None:
    short, places = _folded_with_places(text)
    assert short == "".join(tokens.folded(one) for one in text)
    assert [tokens.folded(one) for one in text] == [
        "".join(letter for letter, at in zip(short, places, strict=True) if at == n) for n in range(len(text))
    ]


def an_entry(**values: object) -> Entry:
    usual: dict[str, object] = {
        "key": 1, "title": "标题", "body": "正文", "agency": 1, "path": "00000001", "published_on": DAY, "year": 2024,
    }
    return Entry(**(usual | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "body", "found"), [
    ("污水", "污 水", True), ("污水", "污\n水", True), ("污水", "污\f水", False), ("ＡＢＣ", "abc", True),
    ("2026", "２０２６年", True), ("處理", "处理", True), ("gb3838", "执行GB 3838标准", True), ("B38", "gb3838", True),
    ("〔2026〕1号", "青发[2026]1号", True), ("“污水 处理”", "污水处理", True), ("污水 收费", "收费的污水", True),
    ("污水收费", "收费的污水", False), ("水", "污水", False), ("题", "", True), ("𠀀𪚥", "字𠀀𪚥字", True),
    ("NOT 污水", "污水", False),
    ('污水" OR "x', "污水", False), ("*", "任何", False), ("", "任何", True),
])
def test_what_counts_as_the_same(text: str, body: str, found: bool) -> None:
    assert (store_of([an_entry(body=body)]).search(Query(text=text)).total == 1) is found


def test_totals_and_counts_are_capped_and_say_so() -> None:
    store = store_of([an_entry(key=key, agency=key % 2 + 1) for key in range(1, CAP + 3)])
    results = store.search(Query(text="正文"))
    assert (results.total, results.capped, results.pages) == (CAP, True, CAP // 20)
    assert sum(count for _, count, _ in results.facets["agency"]) == CAP
    assert all(more for _, _, more in results.facets["agency"])
    exact = store.search(Query(text="正文", agency=1))
    assert not exact.capped
    assert store.search(Query(text="正文", page=CAP // 20)).hits
    assert store.search(Query(text="正文", page=CAP // 20 + 1)).hits == ()


@settings(max_examples=40, deadline=None)
@given(corpus=entries(), asked=st.lists(queries(), min_size=1, max_size=4), cap=st.integers(1, 6))
def test_what_is_beyond_the_cap_is_the_oldest(corpus: list[Entry], asked: list[Query], cap: int) -> None:
    """With and without counts, page by page: the newest, in their order, and counts of these alone."""
    store = store_of(corpus)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(reading, "CAP", cap)
        small.setattr(reading, "_ROWS_REMEMBERED", 3)
        small.setattr(reading, "_ROWS_AHEAD", 2)
        small.setattr(reading, "_AT_A_TIME", 2)
        for query in (*asked, Query(), Query(kind="notice"), Query(agency=1)):
            newest = replace(query, order="newest", size=2)
            every = [key for key, in store.connect().execute("SELECT key FROM search_row ORDER BY id DESC")]
            fitting = scan(corpus, query)
            expected = [key for key in every if key in fitting][:cap]
            for facets in (False, True, False):
                pages = [store.search(replace(newest, facets=facets, page=page)) for page in range(1, cap // 2 + 3)]
                assert [hit.key for page in pages for hit in page.hits] == expected
                assert {(page.total, page.capped) for page in pages} == {(len(expected), len(fitting) > cap)}
            counted: dict[str, int] = {}
            for entry in corpus:
                if entry.key in expected:
                    counted[str(entry.agency)] = counted.get(str(entry.agency), 0) + 1
            facets_of = store.search(newest).facets
            if query.facets:
                assert {value: count for value, count, _ in facets_of["agency"]} == counted
            reading.forget()


def test_titles_come_first_by_relevance() -> None:
    old, new = DAY, DAY + timedelta(30)
    store = store_of([
        an_entry(key=1, title="关于污水处理收费的通知", published_on=old),
        an_entry(key=2, title="污水处理", published_on=old),
        an_entry(key=3, body="污水处理" + "，其他事项" * 200, published_on=new),
        an_entry(key=4, body="污水处理" * 5, published_on=old), an_entry(key=5, body="别的", published_on=new),
    ])
    assert [hit.key for hit in store.search(Query(text="污水处理", order="relevance")).hits] == [2, 1, 4, 3]
    assert [hit.key for hit in store.search(Query(text="污水处理")).hits] == [3, 4, 2, 1]


def test_suggestions_are_the_matters_of_titles() -> None:
    store = store_of([
        an_entry(key=1, title="青澜县财政局关于印发污水处理费管理办法的通知"),
        an_entry(key=2, title="关于污水处理费管理办法的解读"),
        an_entry(key=3, title="《青澜县污水治理条例》公布"), an_entry(key=4, title="关于开展污水普查的通知"),
    ])
    assert store.suggest("污水") == ["污水处理费管理办法", "污水普查", "青澜县污水治理条例"]
    assert store.suggest("污水", 1) == ["污水处理费管理办法"]
    assert store.suggest("") == store.suggest("没有这回事") == []
    store.withdraw([1, 2])
    assert store.suggest("污水处理") == []


def test_remembered_answers_end_with_the_next_change() -> None:
    store = store_of([an_entry()])
    assert store.search(Query(text="正文")).total == 1
    store.put([an_entry(key=2)])
    assert store.search(Query(text="正文")).total == 2
    store.connect().execute("BEGIN")
    store.withdraw([1])
    assert store.search(Query(text="正文")).total == 1
    store.connect().execute("ROLLBACK")
    assert store.search(Query(text="正文")).total == 2


def test_an_index_of_other_tokens_hides_what_is_withdrawn_until_it_is_made_anew() -> None:
    store = store_of([an_entry(), an_entry(key=2)])
    schema.note(store.connect(), "tokens", "0-other")
    store.withdraw([1])
    assert [hit.key for hit in store.search(Query(text="正文")).hits] == [2]


def test_a_fault_in_the_index_is_found() -> None:
    """Planted: a text without its tokens, a text that was changed, a row that is gone."""
    corpus = [an_entry(key=key, title=f"第{key}件", body=f"事由{key}" * 9) for key in range(1, 5)]
    store = store_of(corpus)
    base = store.connect()
    row = base.execute("SELECT id FROM search_row WHERE key = 1").fetchone()[0]
    base.execute("INSERT INTO search_body (search_body, rowid, text) VALUES ('delete', ?, ?)",
                 (row, tokens.streams(corpus[0])[1]))
    base.execute("UPDATE search_text SET title = '改过' WHERE id = (SELECT id FROM search_row WHERE key = 2)")
    base.execute("DELETE FROM search_row WHERE key = 3")
    report = store.check(corpus)
    assert (report.missing, report.different, report.wrong) == ((3,), (2,), ("1",))
    assert not report.well


def test_merging_ends_and_changes_no_answer() -> None:
    store = store_of([])
    for key in range(1, 80):
        store.put([an_entry(key=key, body=f"事由{key}" * 40)])
    store.settle(whole=True)
    steps = 0
    while store.settle():
        steps += 1
        assert steps < 1_000
    assert store.search(Query(text="事由")).total == 79
    assert sound(store)


def test_words_beyond_the_eighth_are_told() -> None:
    results = store_of([an_entry()]).search(Query(text="正文 " + " ".join(f"词语{n}" for n in range(9))))
    assert results.unseen == ("词语7", "词语8")


def test_an_entry_moves_with_its_day() -> None:
    store = store_of([an_entry(), an_entry(key=2)])
    store.put([replace(an_entry(), published_on=DAY + timedelta(9))])
    assert [hit.key for hit in store.search(Query()).hits] == [1, 2]
    assert reading.matching(store.connect(), parse(Query(since=DAY + timedelta(9)))) == {1}


def test_an_index_of_other_tokens_says_that_it_is_incomplete_before_anybody_builds_it_anew() -> None:
    store = store_of([])
    assert not store.search(Query("公开")).incomplete
    schema.note(store.connect(), "tokens", "of an older program")
    assert store.search(Query("公开")).incomplete
