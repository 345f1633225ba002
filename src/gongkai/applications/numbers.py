"""Register numbers as people write them: 2026-0001 of an agency and year, 2026-0001-2 for the second piece of a split.

The pieces keep the number that the applicant knows, so that one code and one number lead to all of them.
"""

from __future__ import annotations

import unicodedata

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー_", "-"))


def written(year: int, ordinal: int) -> str:
    """2026 and 17 → 2026-0017; the ten-thousandth is 2026-10000."""
    return f"{year}-{ordinal:04d}"


def piece(parent: str, ordinal: int) -> str:
    """The number of a piece of a split application."""
    return f"{parent}-{ordinal}"


def typed(text: str) -> str:
    """A number as somebody typed it: full-width digits, other dashes and spaces made plain."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
