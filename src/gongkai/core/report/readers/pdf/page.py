"""What stands on one page: glyphs and rules, in points from the top left corner of the page as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character with the box of its line height, in the order in which the file draws it."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str


class Rule(NamedTuple):
    """A ruling line, or a piece of one, as the box that it fills: a long side and a thin one."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Page:
    """A page taken from the file. `fills` are the sides of shaded boxes; `garbled` counts characters that the file
    does not map to Unicode; `pictures` is the share of the page under images, `hidden` says that its text is
    invisible: the text layer of a scan."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Rule] = field(default_factory=list)
    garbled: int = 0
    pictures: float = 0.0
    hidden: bool = False
