"""How many documents there are of each value that a reader could filter by, added up from cells.

A cell is a combination of agency, kind, topic, year and validity with its number of documents. There are far fewer
cells than documents, and a filter looks only at the cells of its rarest values. A facet counts under all *other*
filters, so that its values can be exchanged for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

DIMENSIONS = ("agency", "kind", "topic", "year", "validity")
Value = int | str
Cell = tuple[int, str, str, int, str, int]


class Counts(NamedTuple):
    """`total` under all filters; of each dimension its values with their numbers."""

    total: int
    facets: dict[str, dict[Value, int]]


class Cube:
    """Cells with an index by value."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.cells = list(cells)
        self.total = sum(cell[5] for cell in self.cells)
        self.whole: list[dict[Value, int]] = [defaultdict(int) for _ in DIMENSIONS]
        self._at: list[dict[Value, list[int]]] = [defaultdict(list) for _ in DIMENSIONS]
        for place, cell in enumerate(self.cells):
            for dimension in range(5):
                self.whole[dimension][cell[dimension]] += cell[5]
                self._at[dimension][cell[dimension]].append(place)

    def counts(self, chosen: Mapping[str, Value]) -> Counts:
        """The numbers under filters: dimension → value."""
        asked = [(n, chosen[name]) for n, name in enumerate(DIMENSIONS) if name in chosen]
        if not asked:
            return Counts(self.total, {name: dict(self.whole[n]) for n, name in enumerate(DIMENSIONS)})
        total = 0
        sums: list[dict[Value, int]] = [defaultdict(int) for _ in DIMENSIONS]
        # With one filter its own facet is that of everything; with more, whatever counts anywhere misses at most one
        # of them and so stands under one of any two.
        postings = sorted((self._at[n].get(value, []) for n, value in asked), key=len)
        places = postings[0] if len(asked) == 1 else {*postings[0], *postings[1]}
        for place in places:
            cell = self.cells[place]
            missed = [n for n, value in asked if cell[n] != value]
            if len(missed) > 1:
                continue
            if missed:
                sums[missed[0]][cell[missed[0]]] += cell[5]
                continue
            total += cell[5]
            for n in range(5):
                sums[n][cell[n]] += cell[5]
        if len(asked) == 1:
            sums[asked[0][0]] = self.whole[asked[0][0]]
        return Counts(total, {name: dict(sums[n]) for n, name in enumerate(DIMENSIONS)})
