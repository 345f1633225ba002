"""How a page is shown to somebody who reads with difficulty (适老化): larger type, high contrast, assisted reading.

A choice is kept in one cookie that holds nothing else: "150hc" is 150 % with high contrast and assisted reading. What
is not understood is the ordinary page. It works without scripts, and every public page follows it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

COOKIE = "display"
SIZES = (100, 125, 150, 200)  # per cent
YEAR = 365 * 24 * 3600  # seconds for which a choice is remembered
_CODE = re.compile(r"(100|125|150|200)(c?)(a?)")


class Display(NamedTuple):
    """Size of type in per cent; `contrast`: light on black; `assisted`: one column, large targets, shortcuts first."""

    size: int = 100
    contrast: bool = False
    assisted: bool = False

    @property
    def code(self) -> str:
        """As the cookie keeps it; empty for the ordinary page."""
        if self == PLAIN:
            return ""
        return f"{self.size}{'c' if self.contrast else ''}{'a' if self.assisted else ''}"

    @property
    def classes(self) -> str:
        """Classes of the page's root element."""
        found = [f"size-{self.size}"] if self.size != PLAIN.size else []
        return " ".join(found + ["contrast"] * self.contrast + ["assisted"] * self.assisted)


PLAIN = Display()


@lru_cache(maxsize=64)
def display_of(code: str) -> Display:
    """What a cookie says."""
    match = _CODE.fullmatch(code)
    return Display(int(match[1]), bool(match[2]), bool(match[3])) if match else PLAIN
