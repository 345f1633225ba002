"""Where lines end in a page: at <br> and at the edges of blocks, not where the source breaks.

Before parsing, every such place gets a form feed: white space to a parser, so it moves nothing, and unlike a line
break it never stands in a page by itself.
"""

from __future__ import annotations

import re

BREAK = "\f"
_EDGES = re.compile(
    r"</?(?:br|p|div|li|h[1-6]|section|article|header|footer|nav|aside|main|dd|dt|ul|ol|dl|blockquote|pre|center"
    r"|caption|fieldset|form|option|address|figure|hr)\b",
    re.I,
)
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


def mark_lines(markup: str) -> str:
    """The markup with a form feed at every place where a line ends."""
    return _EDGES.sub(rf"{BREAK}\g<0>", markup)


def split(text: str) -> list[str]:
    """The lines of a text taken from marked markup, without empty ones."""
    return [line for part in text.split(BREAK) if (line := _SPACE.sub(" ", part).strip())]


def tidy(text: str) -> str:
    """The text of a cell: its lines, one below the other."""
    if text.isalnum():
        return text
    return "\n".join(split(text))
