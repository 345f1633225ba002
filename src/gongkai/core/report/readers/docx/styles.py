"""The few facts of styles.xml that change what is read: which styles number and which hide.

The part is often ten times as large as the text, and a report uses five styles of it: each is looked up when it
is met, and the part is never parsed as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_PARENT = re.compile(rb'<(?:\w+:)?basedOn\s[^>]*?val="([^"]*)"')
_NUMBERED = re.compile(rb"<(?:\w+:)?numPr>(.*?)</(?:\w+:)?numPr>", re.S)
_NUM_ID = re.compile(rb'<(?:\w+:)?numId\s[^>]*?val="(\d{1,9})"')
_LEVEL = re.compile(rb'<(?:\w+:)?ilvl\s[^>]*?val="(\d)"')
_VANISH = re.compile(rb'<(?:\w+:)?vanish\s*(?:/>|[^>]*?val="(?:1|true|on)")')
_END = re.compile(rb"</(?:\w+:)?style>")
_DEEPEST = 20  # styles may be based on each other in a circle


class _Style(NamedTuple):
    parent: str | None
    num_id: str | None
    level: int | None
    hides: bool


_NOTHING = _Style(None, None, None, False)


class Styles:
    """Looks styles up by their id in the bytes of styles.xml, which are fetched on first use."""

    def __init__(self, fetch: Callable[[], bytes]) -> None:
        self._fetch = fetch
        self._part: bytes | None = None
        self._known: dict[str, _Style] = {}

    def numbering(self, style_id: str) -> tuple[str | None, int]:
        """The list (w:numId) and level that a paragraph style gives, inherited ones included."""
        num_id, level = None, None
        for style in self._chain(style_id):
            num_id = style.num_id if num_id is None else num_id
            level = style.level if level is None else level
        return num_id, level or 0

    def hides(self, style_id: str) -> bool:
        """True when the style makes its text hidden."""
        return any(style.hides for style in self._chain(style_id))

    def _chain(self, style_id: str) -> list[_Style]:
        chain: list[_Style] = []
        at: str | None = style_id
        while at is not None and len(chain) < _DEEPEST:
            if at not in self._known:
                self._known[at] = self._look_up(at)
            chain.append(self._known[at])
            at = chain[-1].parent
        return chain

    def _look_up(self, style_id: str) -> _Style:
        if self._part is None:
            self._part = self._fetch()
        start = self._part.find(b'styleId="' + style_id.encode("utf-8", "replace") + b'"')
        end = _END.search(self._part, start) if start >= 0 else None
        if end is None:
            return _NOTHING
        block = self._part[start:end.start()]
        numbered, parent = _NUMBERED.search(block), _PARENT.search(block)
        num_id = _NUM_ID.search(numbered[1]) if numbered else None
        level = _LEVEL.search(numbered[1]) if numbered else None
        return _Style(
            parent=parent[1].decode("utf-8", "replace") if parent else None,
            num_id=num_id[1].decode() if num_id else None,
            level=int(level[1]) if level else None,
            hides=_VANISH.search(block) is not None,
        )
