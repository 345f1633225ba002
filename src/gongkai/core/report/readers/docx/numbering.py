"""Automatic numbers: 一、 （一） 1. are not in the text of a Word document but in its numbering definitions.

ECMA-376 part 1, 17.9. Lists that share a definition go on counting; a level restarts when a higher one moves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from lxml.etree import _Element

from gongkai.core.report.readers.docx.counters import spell
from gongkai.core.report.readers.docx.names import VAL, W, attribute, integer
from gongkai.core.report.readers.docx.styles import Styles
from gongkai.core.report.readers.limits.xml import parse_xml

_PLACE = re.compile(r"%([1-9])")
_NUM_ID, _LEVEL, _NUM_PR, _STYLE = W + "numId", W + "ilvl", W + "numPr", W + "pStyle"


class _Level(NamedTuple):
    start: int
    kind: str
    text: str
    suffix: str
    legal: bool
    restart: int | None  # the level (1-based) whose step restarts this one; 0 never; None any higher one


class _List:
    """A w:num: its definition's key and its levels with the overrides applied."""

    def __init__(self, key: str, levels: dict[int, _Level], restarts: dict[int, int]) -> None:
        self.key = key
        self.levels = levels
        self.restarts = restarts


class Numbering:
    """Counts paragraphs as they come and says what number stands before each."""

    def __init__(self, fetch: Callable[[], bytes], styles: Styles) -> None:
        self._fetch = fetch
        self._styles = styles
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()

    @cached_property
    def _part(self) -> bytes:
        return self._fetch()

    @cached_property
    def _lists(self) -> dict[str, _List]:
        return _lists(parse_xml(self._part)) if self._part else {}

    @property
    def exists(self) -> bool:
        """True when the document defines any list."""
        return bool(self._part)

    def label(self, style: str | None, num_id: str | None, level: int | None) -> str:
        """The number before a paragraph of this style (w:pStyle) with its own list and level (w:numPr), each None
        where it has none; empty when it has no number. Counts the paragraph."""
        if style is not None and (num_id is None or level is None):
            inherited = self._styles.numbering(style)
            num_id = inherited[0] if num_id is None else num_id
            level = inherited[1] if level is None else level
        level = level or 0
        if num_id is None or num_id == "0":  # 0 takes the number of a style away
            return ""
        found = self._lists.get(num_id)
        if found is None or level not in found.levels:
            return ""
        return self._step(num_id, found, level)

    def _step(self, num_id: str, found: _List, level: int) -> str:
        counters = self._counters.setdefault(found.key, {})
        if num_id not in self._started:
            self._started.add(num_id)
            for restarted, start in found.restarts.items():
                counters[restarted] = start - 1
        definition = found.levels[level]
        counters[level] = counters.get(level, definition.start - 1) + 1
        for deeper in [n for n in counters if n > level]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart and level < restart):
                del counters[deeper]
        return _spelled(definition, found.levels, counters)


def _spelled(definition: _Level, levels: dict[int, _Level], counters: dict[int, int]) -> str:
    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = levels.get(place)
        if level is None:
            return ""
        kind = "decimal" if definition.legal else level.kind
        return spell(counters.get(place, level.start), kind)

    if definition.kind in {"bullet", "none"} and "%" not in definition.text:
        return "" if definition.kind == "bullet" else definition.text
    label = _PLACE.sub(number, definition.text)
    apart = definition.suffix != "nothing" and label[-1:].isalnum()
    return label + " " if apart else label


def reference(properties: _Element) -> tuple[str | None, str | None, int | None]:
    """Style, list and level that the properties of a paragraph (w:pPr) name, as `Numbering.label` takes them."""
    style, num_id, level = properties.find(_STYLE), None, None
    numbered = properties.find(_NUM_PR)
    if numbered is not None:
        num_id, level = numbered.find(_NUM_ID), numbered.find(_LEVEL)
    return (
        None if style is None else style.get(VAL), None if num_id is None else num_id.get(VAL),
        None if level is None else integer(level),
    )


def _lists(root: _Element) -> dict[str, _List]:
    abstract = {
        str(a.get(W + "abstractNumId")): {attribute(lv, W + "ilvl"): _level(lv) for lv in a.findall(W + "lvl")}
        for a in root.findall(W + "abstractNum")
    }
    lists = {}
    for num in root.findall(W + "num"):
        reference = num.find(W + "abstractNumId")
        key = "" if reference is None else reference.get(VAL, "")
        levels, restarts = dict(abstract.get(key, {})), {}
        for override in num.findall(W + "lvlOverride"):
            place = attribute(override, W + "ilvl")
            own, start = override.find(W + "lvl"), override.find(W + "startOverride")
            if own is not None:
                levels[place] = _level(own)
            if start is not None:
                restarts[place] = integer(start, 1)
        lists[str(num.get(W + "numId"))] = _List(key, levels, restarts)
    return lists


def _level(element: _Element) -> _Level:
    kind, text = element.find(W + "numFmt"), element.find(W + "lvlText")
    suffix, restart = element.find(W + "suff"), element.find(W + "lvlRestart")
    return _Level(
        start=integer(element.find(W + "start"), 1),
        kind="decimal" if kind is None else kind.get(VAL, "decimal"),
        text="" if text is None else text.get(VAL, ""),
        suffix="tab" if suffix is None else suffix.get(VAL, "tab"),
        legal=element.find(W + "isLgl") is not None,
        restart=None if restart is None else integer(restart),
    )
