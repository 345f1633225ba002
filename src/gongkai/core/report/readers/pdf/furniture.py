"""Page furniture: page numbers, and heads and feet that come again on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.core.report.readers.pdf.lines import Line
from gongkai.core.report.readers.pdf.page import Page

_NUMBER = re.compile(
    r"[-—–－―─·•~\s]*第?\s*[\d０-９]{1,3}\s*页?(?:\s*[/／,，、|]?\s*共?\s*[\d０-９]{1,3}\s*页?)?[-—–－―─·•~\s]*"
)
_CONTINUED = re.compile(r"[(（]?(?:续表|续上表|接上表|表续)[)）]?\s*[一二三四\d]?")
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.13  # of the page height
_SHARE = 0.6    # of the pages that show a running head


def without_furniture(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page without page numbers and running heads. `lines` run parallel to `pages`."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, own in zip(pages, lines, strict=True):
        seen.update({_key(line) for line in own if _outer(line, page)})
    least = max(2, _SHARE * len(pages))
    return [
        [
            line for n, line in enumerate(own)
            if not (_outer(line, page) and (_runs(line, seen, least) or _is_number(own, n)))
        ]
        for page, own in zip(pages, lines, strict=True)
    ]


def _runs(line: Line, seen: Counter[tuple[str, int]], least: float) -> bool:
    """The same words at the same height on most pages. Numbers alone are never a running head: they may be a row."""
    return seen[_key(line)] >= least and any(ch.isalpha() for ch in line.text)


def _is_number(lines: list[Line], n: int) -> bool:
    """A page number: the first or last line of its page, alone; a bare number also away from the lines before it."""
    text = lines[n].text
    if n not in (0, len(lines) - 1) or _NUMBER.fullmatch(text) is None:
        return False
    if not text.strip().isdigit() or len(lines) == 1:
        return True
    near = lines[1] if n == 0 else lines[-2]
    gap = near.top - lines[n].bottom if n == 0 else lines[n].top - near.bottom
    return gap > lines[n].height


def is_continuation_mark(line: Line) -> bool:
    """True for 续表 and the like, which only say that a table goes on."""
    return _CONTINUED.fullmatch(line.text.strip()) is not None


def _outer(line: Line, page: Page) -> bool:
    middle = (line.top + line.bottom) / 2
    return middle < _MARGIN * page.height or middle > (1 - _MARGIN) * page.height


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.replace(" ", "")), round(line.top / 4)
