"""Pages that are built to be slow: a parser of HTML never refuses, it only takes longer and longer.

Two things cost the square of their number: elements nested without end, and formatting elements left open, which
the standard opens anew in every block that follows (HTML standard, 13.2.4.3).
"""

from __future__ import annotations

import re

from gongkai.core.errors import ReadError

_HARMLESS = 3_000       # tags: the square of so few is no matter
_MAX_DEPTH = 1_000      # browsers stop at 512
_MAX_REOPENED = 2_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})
_EMPTY = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})
_ENDING_BY_THEMSELVES = frozenset({
    "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "html", "head", "body",
})


def check_depth(markup: str) -> None:
    """Raise ReadError `html-too-deep` for markup that would keep a parser busy for minutes."""
    if markup.count("<") <= _HARMLESS:
        return
    depth = deepest = unclosed = most = tags = 0
    for closing, name in _TAG.findall(markup):
        tags += 1
        lowered = name.lower()
        if lowered in _FORMATTING:
            unclosed = max(0, unclosed + (-1 if closing else 1))
            most = max(most, unclosed)
        elif lowered not in _EMPTY and lowered not in _ENDING_BY_THEMSELVES:
            depth = max(0, depth + (-1 if closing else 1))
            deepest = max(deepest, depth)
    if deepest > _MAX_DEPTH or most * tags > _MAX_REOPENED:
        raise ReadError(
            "html-too-deep", "网页的嵌套层数异常，正常的网页不会如此，没有解析；请用浏览器重新保存报告页面后再上传。"
        )
