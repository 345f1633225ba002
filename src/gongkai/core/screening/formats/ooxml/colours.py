"""When text cannot be seen against what lies behind it."""

from __future__ import annotations

import re

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_NEAR = 24  # of 255, in each of red, green and blue: nobody reads such text
TINY_POINTS = 2.0
WHITE = "FFFFFF"
HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": WHITE, "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}


def is_colour(value: str | None) -> bool:
    """Six hexadecimal digits; "auto" and names are not."""
    return bool(value and _HEX.fullmatch(value))


def alike(text: str, behind: str) -> bool:
    """Two colours (RRGGBB) that the eye does not tell apart."""
    return all(abs(int(text[i:i + 2], 16) - int(behind[i:i + 2], 16)) <= _NEAR for i in (0, 2, 4))
