"""Which of several numbers is odd, and why. No Django.

Robust: the middle is the median and the usual distance from it the median of the distances (MAD), so that the odd
numbers themselves do not shift what they are held against. A number is odd when its distance is more than LIMIT times
the usual one (0.6745 makes the MAD of a normal distribution comparable with its standard deviation; 3.5 is the limit
that Iglewicz and Hoaglin proposed). Where more than half of the numbers are the same the MAD is zero; the mean
distance takes its place then (1.2533 for the same comparison). Where all are the same nothing is odd.

The answer depends neither on the order of the numbers nor on their unit.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from gongkai.core.report.model import Number

LIMIT = Decimal("3.5")
LEAST = 5       # with fewer numbers nobody can say what is usual
LEAST_BASE = 10  # a ratio of fewer cases jumps by itself: one case of two is 50 %

_MAD = Decimal("0.6745")
_MEAN = Decimal("1.2533")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Odd(Generic[Key]):
    """A number far from what is usual among `among` numbers. `score` is the distance in usual distances, negative
    below the median; `usual` the usual distance itself."""

    key: Key
    value: Decimal
    median: Decimal
    usual: Decimal
    score: Decimal
    among: int

    @property
    def high(self) -> bool:
        """Above the median."""
        return self.score > 0


def median(values: list[Decimal]) -> Decimal:
    """The middle of some numbers. Raises ValueError for none."""
    if not values:
        raise ValueError("no numbers")
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def odd_ones(numbers: Mapping[Key, Number | Decimal], *, least: int = LEAST) -> list[Odd[Key]]:
    """The odd ones of some numbers, the farthest first; none where fewer than `least` numbers stand."""
    if len(numbers) < least:
        return []
    values = {key: Decimal(value) for key, value in numbers.items()}
    middle = median(list(values.values()))
    distances = [abs(value - middle) for value in values.values()]
    usual = median(distances) / _MAD or sum(distances) * _MEAN / len(distances)
    if not usual:
        return []
    found = [
        Odd(key, value, middle, usual, (value - middle) / usual, len(values))
        for key, value in values.items() if abs(value - middle) > LIMIT * usual
    ]
    return sorted(found, key=lambda odd: (-abs(odd.score), str(odd.key)))
