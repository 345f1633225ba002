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
        cells = list(cells)
        self.total = sum(cell[5] for cell in cells)
        self.whole: list[dict[Value, int]] = [defaultdict(int) for _ in DIMENSIONS]
        self._columns = [[cell[dimension] for cell in cells] for dimension in range(5)]
        self._numbers = [cell[5] for cell in cells]
        self._at: list[dict[Value, set[int]]] = [defaultdict(set) for _ in DIMENSIONS]
        for dimension, column in enumerate(self._columns):
            for place, value in enumerate(column):
                self.whole[dimension][value] += self._numbers[place]
                self._at[dimension][value].add(place)

    def counts(self, chosen: Mapping[str, Value]) -> Counts:
        """The numbers under filters: dimension → value."""
        asked = {n: self._at[n].get(chosen[name], set()) for n, name in enumerate(DIMENSIONS) if name in chosen}
        if not asked:
            return Counts(self.total, {name: dict(self.whole[n]) for n, name in enumerate(DIMENSIONS)})
        found = set.intersection(*asked.values())
        facets: dict[str, dict[Value, int]] = {}
        for n, name in enumerate(DIMENSIONS):
            others = [places for dimension, places in asked.items() if dimension != n]
            if not others:
                facets[name] = dict(self.whole[n])
            elif n in asked:
                facets[name] = self._sums(n, set.intersection(*others))
            else:
                facets[name] = self._sums(n, found)
        return Counts(sum(map(self._numbers.__getitem__, found)), facets)

    def _sums(self, dimension: int, places: set[int]) -> dict[Value, int]:
        """The numbers of some cells by their value in a dimension."""
        sums: dict[Value, int] = defaultdict(int)
        column, numbers = self._columns[dimension], self._numbers
        for place in places:
            sums[column[place]] += numbers[place]
        return dict(sums)
