"""The whole comparison of the index with its sources: what `gongkai search check` and `gongkai doctor` tell."""

from __future__ import annotations

from dataclasses import replace

from gongkai.search import sources
from gongkai.search.choice import engine
from gongkai.search.entry import Report

_LISTED = 100


def examine() -> Report:
    """Every entry of every source against the index, and every key of the index against the sources. Reads all texts
    in batches; the keys are held in memory (some forty bytes each)."""
    index = engine()
    with index.following() as store:
        report = store.check(sources.entries())
        surplus = sorted(store.keys() - set(sources.keys()))
    return replace(report, surplus=tuple(surplus[:_LISTED]))
