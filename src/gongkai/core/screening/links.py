"""The addresses that a text or a page leads to; whether they still answer is for others to ask."""

from __future__ import annotations

import re
from html import unescape

_URL = re.compile(r"https?://[^\s<>\"'“”‘’（）()，。；、！？《》\u4e00-\u9fff]+", re.I)
_ATTRIBUTE = re.compile(r"<[a-z][^<>]*?\s(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.I)
_TRAILING = ".,;:!?)]}'\"、。，；：！？"


def links(text: str) -> tuple[str, ...]:
    """The web addresses in a text or in HTML, in their order, each once, without what a sentence puts behind them."""
    found: dict[int, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        target = unescape(match[1] or match[2] or match[3] or "").strip()
        if target.lower().startswith(("http://", "https://")):
            found[match.start()] = target
    bare = _ATTRIBUTE.sub(lambda match: " " * len(match[0]), text)
    for match in _URL.finditer(bare):
        found[match.start()] = unescape(match[0]).rstrip(_TRAILING)
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))
