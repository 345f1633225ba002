"""One office's way of writing: the same choices every time it is asked, other choices the year after.

A report is rewritten after a mistake is planted in it, so its prose may depend on nothing but agency, year and
tables; and a report that repeats last year's sentences is itself a finding (C21).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Voice:
    """Picks phrases and invents the small counts that only prose mentions (visits, courses, articles)."""

    def __init__(self, agency: str, year: int) -> None:
        self._habit = Random(f"{agency}|habit")  # noqa: S311 - reproducibility, not secrecy
        self._year = Random(f"{agency}|{year}")  # noqa: S311
        self._turn = year

    def pick(self, pool: Sequence[T]) -> T:
        """A phrase of the pool; two years running never give the same one."""
        return pool[(self._habit.randrange(len(pool)) + self._turn) % len(pool)]

    def several(self, pool: Sequence[T], count: int) -> list[T]:
        """`count` different phrases of the pool, again moving on from year to year."""
        start = self._habit.randrange(len(pool)) + self._turn * count
        return [pool[(start + i) % len(pool)] for i in range(count)]

    def count(self, low: int, high: int) -> int:
        """A small count between the two, both included."""
        return self._year.randint(low, high)
