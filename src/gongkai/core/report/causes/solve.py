"""From broken sums to the fewest cells whose correction mends them all.

The sums of the form cross: one wrong number in table 三 breaks the sum of its row, that of its column and
perhaps 一＋二＝（七）＋四. Seen from the other side, the pattern of broken sums tells which cell is wrong, and by
how much. The search runs in three steps. First, cells that alone explain every broken sum they belong to, by the
same amount ("witnesses"): they settle single mistakes, however many there are. What is left goes to a bounded
search for one, two or three cells together, and last to sums left unfilled along a row or column. Explanations
that are equally small are all returned: nothing is chosen silently.

A repair is only thinkable when the cell then holds what a count can be: an integer not below zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from gongkai.core.report.forms import Identity
from gongkai.core.report.model import Number

MOST_CELLS = 3        # cells that one joint explanation may change
MOST_EXPLANATIONS = 40  # equally small explanations that are listed
MOST_STEPS = 20_000   # the search gives up here and the sums are then told one by one

Repair = dict[str, Number]


class Cause(NamedTuple):
    """Broken sums that belong together and the equally small repairs that would mend them all.

    No repair: nothing small explains them. One: that is the mistake. Several: it cannot be told which.
    """

    broken: tuple[Identity, ...]
    repairs: tuple[Repair, ...]


def solve(identities: Sequence[Identity], values: Mapping[str, Number]) -> list[Cause]:
    """The causes behind every broken identity. `values` holds every cell of every identity given."""
    causes: list[Cause] = []
    for group in _connected(identities):
        causes += _Group(group, values).causes()
    order = {id(identity): n for n, identity in enumerate(identities)}
    return sorted(causes, key=lambda cause: min(order[id(i)] for i in cause.broken))


def _connected(identities: Sequence[Identity]) -> list[list[Identity]]:
    """Identities that share cells, directly or through others, in one group."""
    groups: list[tuple[set[str], list[Identity]]] = []
    for identity in identities:
        cells = {*identity.left, *identity.right}
        members = [identity]
        apart = []
        for other_cells, others in groups:
            if cells & other_cells:
                cells |= other_cells
                members = others + members
            else:
                apart.append((other_cells, others))
        groups = [*apart, (cells, members)]
    return [members for _, members in groups]


class _Group:
    """The search inside one group of connected identities; identities are known by their ordinal here."""

    def __init__(self, identities: Sequence[Identity], values: Mapping[str, Number]) -> None:
        self.identities = identities
        self.values = values
        self.signs: dict[str, dict[int, int]] = {}
        for n, identity in enumerate(identities):
            for cell in identity.left:
                self.signs.setdefault(cell, {})[n] = 1
            for cell in identity.right:
                self.signs.setdefault(cell, {})[n] = -1
        self.residuals: dict[int, Number] = {}
        for n, identity in enumerate(identities):
            residual = sum(values[c] for c in identity.left) - sum(values[c] for c in identity.right)
            if residual:
                self.residuals[n] = residual
        self.steps = 0

    def causes(self) -> list[Cause]:
        """Witnesses first, then joint explanations of the rest."""
        causes, explained = self._by_witnesses()
        rest = {n: r for n, r in self.residuals.items() if n not in explained}
        if rest:
            causes += self._jointly(rest)
        return causes

    # -- cells that alone explain all their broken sums ------------------------------------------------------

    def _by_witnesses(self) -> tuple[list[Cause], set[int]]:
        witnesses = {cell: delta for cell in self.signs if (delta := self._sole_delta(cell)) is not None}
        causes: list[Cause] = []
        explained: set[int] = set()
        for broken, cells in self._contested(witnesses):
            covers = self._exact_covers(broken, cells)
            if not covers:
                continue
            explained |= broken
            if len(covers) == 1:
                causes += [self._cause(set(self.signs[c]), [{c: witnesses[c]}]) for c in covers[0]]
            else:
                causes.append(self._cause(broken, [{c: witnesses[c] for c in cover} for cover in covers]))
        return causes, explained

    def _sole_delta(self, cell: str) -> Number | None:
        """The one change of a cell that mends every sum it belongs to, all of them being broken."""
        deltas = {-self.residuals[n] * sign if n in self.residuals else None for n, sign in self.signs[cell].items()}
        delta = deltas.pop()
        return delta if not deltas and delta is not None and self._thinkable(cell, delta) else None

    def _contested(self, witnesses: Mapping[str, Number]) -> list[tuple[set[int], list[str]]]:
        """Witnesses that explain a common sum, with all the sums that they explain."""
        groups: list[tuple[set[int], list[str]]] = []
        for cell in witnesses:
            broken, cells, apart = set(self.signs[cell]), [cell], []
            for other_broken, others in groups:
                if broken & other_broken:
                    broken |= other_broken
                    cells = others + cells
                else:
                    apart.append((other_broken, others))
            groups = [*apart, (broken, cells)]
        return groups

    def _exact_covers(self, broken: set[int], cells: list[str]) -> list[tuple[str, ...]]:
        """The smallest sets of witnesses that explain each broken sum exactly once."""
        for size in range(1, min(len(cells), len(broken)) + 1):
            covers = []
            for chosen in combinations(cells, size):
                self.steps += 1
                if self.steps > MOST_STEPS:
                    return []
                explained = [n for cell in chosen for n in self.signs[cell]]
                if len(explained) == len(broken) and set(explained) == broken:
                    covers.append(chosen)
            if covers:
                return covers[:MOST_EXPLANATIONS]
        return []

    # -- several cells together ------------------------------------------------------------------------------

    def _jointly(self, rest: dict[int, Number]) -> list[Cause]:
        for size in range(1, MOST_CELLS + 1):
            found: dict[frozenset[tuple[str, Number]], Repair] = {}
            for repair in self._search(rest, size, {}):
                found.setdefault(frozenset(repair.items()), repair)
            if len(found) == 1:
                return self._separated(set(rest), next(iter(found.values())))
            if found:
                return [self._cause(set(rest), list(found.values())[:MOST_EXPLANATIONS])]
        recomputed = self._recomputed(rest)
        return [self._cause(set(rest), [recomputed])] if recomputed else [self._cause({n}, []) for n in rest]

    def _recomputed(self, rest: dict[int, Number]) -> Repair | None:
        """Sums that were left unfilled all along a row or a column: row （七）, the column 总计, or both, computed
        anew, where that mends everything."""
        for rules in (("C3",), ("C2",), ("C3", "C2")):
            residuals, repair = dict(rest), Repair()
            for rule in rules:
                for n in [n for n in residuals if self.identities[n].rule == rule]:
                    cell = self.identities[n].left[0]
                    if n in residuals and cell not in repair and self._thinkable(cell, -residuals[n]):
                        repair[cell] = -residuals[n]
                        residuals = self._after(residuals, cell, repair[cell])
            if repair and not residuals:
                return repair
        return None

    def _search(self, residuals: dict[int, Number], size: int, chosen: Repair) -> Iterator[Repair]:
        """Repairs of exactly `size` more cells; every step mends at least one sum that is still broken."""
        if not residuals:
            if size == 0:
                yield chosen
            return
        self.steps += 1
        if size == 0 or self.steps > MOST_STEPS or len(residuals) > 3 * size:
            return
        narrowest = min(residuals, key=lambda n: len(self.identities[n].left) + len(self.identities[n].right))
        identity = self.identities[narrowest]
        for cell in (*identity.left, *identity.right):
            signs = self.signs[cell]
            if cell in chosen or (size == 1 and not residuals.keys() <= signs.keys()):
                continue
            for delta in {-residuals[n] * sign for n, sign in signs.items() if n in residuals}:
                if self._thinkable(cell, delta):
                    yield from self._search(self._after(residuals, cell, delta), size - 1, {**chosen, cell: delta})

    def _after(self, residuals: dict[int, Number], cell: str, delta: Number) -> dict[int, Number]:
        after = dict(residuals)
        for n, sign in self.signs[cell].items():
            residual = after.pop(n, 0) + delta * sign
            if residual:
                after[n] = residual
        return after

    def _separated(self, broken: set[int], repair: Repair) -> list[Cause]:
        """One joint repair taken apart into mistakes that have no sum in common."""
        groups: list[tuple[set[int], Repair]] = []
        for cell, delta in repair.items():
            touched, changes, apart = set(self.signs[cell]), {cell: delta}, []
            for other_touched, other_changes in groups:
                if touched & other_touched:
                    touched |= other_touched
                    changes = other_changes | changes
                else:
                    apart.append((other_touched, other_changes))
            groups = [*apart, (touched, changes)]
        return [self._cause(touched & broken, [changes]) for touched, changes in groups]

    # -- common ----------------------------------------------------------------------------------------------

    def _thinkable(self, cell: str, delta: Number) -> bool:
        value = self.values[cell] + delta
        return value >= 0 and value == int(value)

    def _cause(self, broken: set[int], deltas: list[Repair]) -> Cause:
        repairs = tuple({cell: _whole(self.values[cell] + delta) for cell, delta in d.items()} for d in deltas)
        return Cause(tuple(self.identities[n] for n in sorted(broken)), repairs)


def _whole(value: Number) -> Number:
    return int(value) if value == int(value) else value
