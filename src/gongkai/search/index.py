"""The search of this installation: five functions, whichever engine stands behind them.

`put` and `withdraw` are called inside the transaction of an act, before its event is recorded. What is put is what the
act's source gives for those keys: an index outside the database asks the source again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.search import meanings
from gongkai.search.choice import engine
from gongkai.search.entry import Entry, Query, Report, Results
from gongkai.search.tokens import folded
from gongkai.search.words import parse, widen


def put(entries: Iterable[Entry]) -> None:
    """Take published entries in, with the transaction of the act; one that is there already is replaced."""
    engine().put(entries)


def withdraw(keys: Iterable[int]) -> None:
    """Take entries out, with the transaction of the act: from its commit nobody finds them."""
    engine().withdraw(keys)


def search(query: Query) -> Results:
    """One page of what matches, the query widened by synonyms, which `corrected` tells."""
    asked, told = parse(query), ()
    if any(not word.exact for word in asked.words):
        asked, told = widen(asked, meanings.synonyms(query.agency))
    found = engine().answer(asked)
    return replace(found, corrected=told) if told else found


def suggest(prefix: str, limit: int = 8) -> list[str]:
    """Wordings that go on from what was typed: official words for what people say, then the matters of titles."""
    typed = folded(prefix)
    official = [
        one for said, officials in meanings.synonyms().items() if len(typed) > 1 and said.startswith(typed)
        for one in officials
    ]
    return list(dict.fromkeys(official + engine().suggest(prefix, limit)))[:limit]


def check(sample: Iterable[Entry]) -> Report:
    """Compare entries with what is kept and found of them."""
    return engine().check(sample)
