"""The words of a report: drafted from facts, filled with their numbers, put into the six sections.

`draft` writes the first text, with the names of facts in braces; `fill` puts the numbers in; `sections` gives what is
checked and printed. A number in prose is never typed by the program: it is always a name.
"""

from gongkai.compilations.narrative.draft import KEYS, draft
from gongkai.compilations.narrative.fill import Filled, Piece, fill
from gongkai.compilations.narrative.sections import (
    ASPECTS,
    bodies,
    filled,
    preamble,
    preamble_of,
    sections,
    sections_of,
    texts,
)

__all__ = [
    "ASPECTS", "KEYS", "Filled", "Piece", "bodies", "draft", "fill", "filled", "preamble", "preamble_of",
    "sections", "sections_of", "texts",
]
