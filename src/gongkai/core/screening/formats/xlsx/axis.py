"""Rows or columns counted again after the hidden ones are gone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection


class Axis:
    """`gone` are the numbers (from 1) that fall away."""

    def __init__(self, gone: Collection[int]) -> None:
        self._gone = sorted(gone)
        self._set = frozenset(gone)

    def gone(self, number: int) -> bool:
        """Does this one fall away?"""
        return number in self._set

    def new(self, number: int) -> int:
        """The new number of one that stays, or of the next that stays."""
        return number - bisect_left(self._gone, number)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """The new first and last number of a stretch; None when nothing of it stays."""
        start = first - bisect_left(self._gone, first)
        end = last - bisect_right(self._gone, last)
        return (start, end) if start <= end else None
