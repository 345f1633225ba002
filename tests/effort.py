"""How much a test that repeats itself does. GONGKAI_EXAMPLES says it:

- `short`, where somebody waits (the default): properties take fewer examples, repeated acts are repeated less.
- `usual`, in `.ci/run` on PostgreSQL: properties take fewer examples, everything else its whole number.
- `thorough`, in `.ci/run` on SQLite: every number as it is named.

What is asserted is the same in all three, what the repeating must have reached included.
"""

from __future__ import annotations

import os

PROFILE = os.environ.get("GONGKAI_EXAMPLES") or "short"


def times(whole: int, *, short: int) -> int:
    """How often a test repeats something: the whole number in `.ci/run`, else `short`."""
    return short if PROFILE == "short" else whole
