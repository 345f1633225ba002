"""Numbers that people cut into groups: spaces, hyphens, dots or a line break between the digits, or odd marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_GROUP = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ \t\r\n._·•・,/|\-]{1,3}")
_ODD_GAP = re.compile(r" ?(?:(?:[^\w\s]|_){1,2}|丶) ?")
_ODD = re.compile(r"[0-9] ?(?:[^\w\s.·•・,/|\-]|丶)[^\w\s]? ?[0-9]")
_LINE = re.compile(r"[\r\n]")
_BRACKETS = str.maketrans(")[]{}<>《》〈〉【】〔〕「」", "(" * 17)
_THOUSAND = 3


class Group(NamedTuple):
    """Digits without a gap, with their slice of the view."""

    start: int
    stop: int
    digits: str


class Window(NamedTuple):
    """Neighbouring groups taken as one number."""

    start: int
    stop: int
    digits: str
    sizes: tuple[int, ...]
    gaps: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True when nothing stands between the digits."""
        return len(self.sizes) == 1

    @property
    def broken(self) -> bool:
        """True when a line ends within the number."""
        return any(_LINE.search(gap) for gap in self.gaps)

    @property
    def single(self) -> bool:
        """True when every digit stands alone."""
        return all(size == 1 for size in self.sizes)

    @property
    def amount(self) -> bool:
        """True for digits grouped as an amount: 135802467.89, or with thousands 13,580,246.801."""
        if self.whole or set(self.gaps) - {",", "."} or "." in self.gaps[:-1]:
            return False
        thousands = self.sizes[1:-1] if self.gaps[-1] == "." else self.sizes[1:]
        return all(size == _THOUSAND for size in thousands)

    @property
    def regular(self) -> bool:
        """True when all gaps are alike: the same mark, or every digit alone, or groups of one size with a rest."""
        if len({gap.strip("\r") for gap in self.gaps}) > 1:
            return False
        return self.single or len(self.sizes) <= 3 or len(set(self.sizes[:-1])) == 1

    @property
    def odd(self) -> bool:
        """True when a mark stands between the digits that nobody sets there: 6222~0251~…"""
        return not all(_GAP.fullmatch(gap) for gap in self.gaps)

    @property
    def alike(self) -> bool:
        """True when the same mark stands in every gap; brackets of every kind are one mark."""
        return len({gap.strip().translate(_BRACKETS) for gap in self.gaps}) <= 1


@lru_cache(maxsize=2)  # three detectors ask for those of the same text
def runs(text: str) -> Sequence[Sequence[Group]]:
    """Groups of digits that only gaps part, run by run."""
    return tuple(_runs(text, (_GAP,)))


@lru_cache(maxsize=2)
def odd_runs(text: str) -> Sequence[Sequence[Group]]:
    """The same where marks part the groups that nobody sets there (~ : * = brackets). Only for a number that proves
    itself by a check digit, or that the words around name."""
    if not _ODD.search(text):
        return ()
    return tuple(run for run in _runs(text, (_GAP, _ODD_GAP)) if len(run) > 1)


def _runs(text: str, gaps: tuple[re.Pattern[str], ...]) -> Iterator[Sequence[Group]]:
    run: list[Group] = []
    for found in _GROUP.finditer(text):
        if run and not any(gap.fullmatch(text, run[-1].stop, found.start()) for gap in gaps):
            yield run
            run = []
        run.append(Group(found.start(), found.end(), found[0]))
    if run:
        yield run


def windows(
    text: str, run: Sequence[Group], sizes: tuple[int, ...], wanted: Callable[[str], bool]
) -> Iterator[Window]:
    """Every stretch of a run whose groups have together as many digits as one of `sizes` and that are `wanted`."""
    longest = max(sizes)
    for first in range(len(run)):
        digits = ""
        for last in range(first, len(run)):
            digits += run[last].digits
            if len(digits) in sizes and wanted(digits):
                yield window(text, run[first:last + 1])
            if len(digits) >= longest:
                break


def window(text: str, groups: Sequence[Group]) -> Window:
    """Groups as one number."""
    return Window(
        groups[0].start, groups[-1].stop, "".join(group.digits for group in groups),
        tuple(len(group.digits) for group in groups),
        tuple(text[one.stop:other.start] for one, other in pairwise(groups)),
    )


def lonely(text: str, start: int, stop: int, reach: int = 15) -> bool:
    """True when no other digit stands near: a number in a sentence, not in a row of figures."""
    return not _GROUP.search(text[max(0, start - reach):start]) and not _GROUP.search(text[stop:stop + reach])
