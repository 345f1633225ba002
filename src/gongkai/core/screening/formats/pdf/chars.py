"""The characters of a page, and what is known of the page beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

NO_BOX = (0.0, 0.0, 0.0, 0.0)
Box = tuple[float, float, float, float]


class Char(NamedTuple):
    """A character as the file draws it: the box of its ink on the upright page in points from the top left corner, why
    it cannot be seen (empty when it can), and the box of its line height. White space between words and lines has no
    box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    why: str
    line: Box


@dataclass(slots=True)
class Look:
    """A page: its size in points, its characters in the order of drawing, how many have no Unicode value,
    the share of it under pictures, how many shapes it draws, whether its text runs sideways, and whether text stays
    invisible because its font is neither in the file nor on this machine."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    garbled: int = 0
    pictures: float = 0.0
    paths: int = 0
    sideways: bool = False
    no_font: bool = False


class Raw(NamedTuple):
    """A character before it is known whether it can be seen: `why` its own state hides it, `font` is 0 when its font
    is in the file, `white` when it is painted white."""

    text: str
    box: Box | None
    line: Box
    why: str
    font: int
    white: bool
