"""Marks without a width that word processors and web pages leave in text, and marks that turn its direction round.

Nobody sees them and no font draws them; one that turns the direction makes a sealed report read other than it is
stored.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")


def seen(text: str) -> str:
    """The text without them. Line ends that only Unicode knows become ordinary ones."""
    return _UNSEEN.sub(lambda mark: "\n" if mark[0] in "\u2028\u2029" else "", text)
