"""Tick-marks and tick-lists, as people put them into cells."""

from __future__ import annotations

import re

from gongkai.core.catalogue.vocabulary import channel_of
from gongkai.core.text.fold import fold

TICKED, BOX = "■", "□"
_MARKS = "■☑✔✓√☒●"
_BOXES = "□☐"
_YES = frozenset({*_MARKS, "V", "v", "Y", "y", "是", "1", "有"})
_NO = frozenset({"", "-", "--", "—", "——", "/", "\\", "×", "x", "X", "否", "无", "0", *_BOXES})
_CHOICE = re.compile(rf"([{_MARKS}{_BOXES}])([^{_MARKS}{_BOXES}]*)")
_EDGES = " \t\n:：;；,，、_＿。.．()（）"
_BETWEEN = re.compile(r"[、,，;；\n]")
LONGEST_CHANNEL = 60


def ticked(text: str) -> tuple[bool, str] | None:
    """Whether a cell is ticked, and what is written beside the tick; None when it cannot be told."""
    plain = fold(text)
    if plain in _NO:
        return False, ""
    if plain in _YES:
        return True, ""
    stripped = text.strip()
    if stripped[0] in _MARKS:
        return True, stripped[1:].strip(_EDGES)
    return None


def channels_of(text: str) -> tuple[str, ...] | None:
    """The channels that a cell names, each once: keys, or the office's own words; None when the ticks are unclear.

    With boxes only the ticked ones count; without any box every name in the cell does.
    """
    plain = text.strip()
    if not any(mark in plain for mark in _MARKS + _BOXES):
        return () if fold(plain) in _NO else _named(part for part in _BETWEEN.split(plain))
    before = re.split(f"[{_MARKS}{_BOXES}]", plain, maxsplit=1)[0]
    if any(channel_of(word) for word in re.split(r"\s+", before) if word):
        return None  # the marks stand behind the names, or a name stands outside the list
    return _named(label for mark, label in _CHOICE.findall(plain) if mark in _MARKS)


def _named(labels: object) -> tuple[str, ...] | None:
    found: list[str] = []
    for label in labels:  # type: ignore[attr-defined]
        words = label.strip(_EDGES)
        key = channel_of(words) or channel_of(re.sub(r"[_＿\s]+", "", label))
        if key is None and words.startswith("其他"):
            words = words.removeprefix("其他").strip(_EDGES)
            key = None if words else "other"
        if key is None and not words:
            return None  # a tick without a name
        if len(words) > LONGEST_CHANNEL:
            return None
        if (named := key or words) not in found:
            found.append(named)
    return tuple(found)
