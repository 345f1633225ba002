"""Numbers that people cut into groups: spaces, hyphens, dots or a line break between the digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

_GROUP = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ \t\r\n._·•・,/|\-]{1,3}")
_LINE = re.compile(r"[\r\n]")
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


def runs(text: str) -> Iterator[list[Group]]:
    """Groups of digits that only gaps part, run by run."""
    run: list[Group] = []
    for found in _GROUP.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].stop, found.start()):
            yield run
            run = []
        run.append(Group(found.start(), found.end(), found[0]))
    if run:
        yield run


def windows(text: str, run: list[Group], sizes: tuple[int, ...], wanted: Callable[[str], bool]) -> Iterator[Window]:
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


def window(text: str, groups: list[Group]) -> Window:
    """Groups as one number."""
    return Window(
        groups[0].start, groups[-1].stop, "".join(group.digits for group in groups),
        tuple(len(group.digits) for group in groups),
        tuple(text[one.stop:other.start] for one, other in pairwise(groups)),
    )


def lonely(text: str, start: int, stop: int, reach: int = 15) -> bool:
    """True when no other digit stands near: a number in a sentence, not in a row of figures."""
    return not _GROUP.search(text[max(0, start - reach):start]) and not _GROUP.search(text[stop:stop + reach])
