"""Values cut over neighbouring paragraphs or cells: a number in boxes, a number with a line end inside."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TAIL = re.compile(r"[0-9０-９][0-9０-９\s\-]*$")
_HEAD = re.compile(r"^\s*[0-9０-９][0-9０-９\s\-]*[XxＸ]?|^\s*[XxＸ](?![A-Za-z])")
_BOX = re.compile(r"[0-9０-９]{1,17}[XxＸ]?|[XxＸ]")
_WIDE, _IDENTITY = 9, 18  # figures of statistics are wide, too: only an identity number is looked for in them
_MOBILE = 11
_MOBILE_CUTS = frozenset({(3, 4, 4), (4, 3, 4), (4, 4, 3)})  # a count of three digits beside an amount of eight is none
_NAMED = re.compile("电话|手机|联系|号码")
_LENGTHS = frozenset({11, 15, 16, 17, 18, 19})
_CHAIN = 24
_FOURS = 4


def cut_paragraphs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches [start, end) of paragraphs in which a digit ends one and begins the next, and enough digits meet."""
    groups, start = [], 0
    for at in range(1, len(texts) + 1):
        tail = _TAIL.search(texts[at - 1][-40:]) if at < len(texts) else None
        head = _HEAD.match(texts[at][:40]) if tail and at < len(texts) else None
        if tail and head and at - start < _CHAIN:
            continue
        if at - start > 1 and _meeting(texts[start:at]) >= min(_LENGTHS):
            groups.append((start, at))
        start = at
    return groups


def _meeting(texts: Sequence[str]) -> int:
    digits = 0
    for index, text in enumerate(texts):
        part = text if 0 < index < len(texts) - 1 else ""
        if index == 0 and (tail := _TAIL.search(text[-40:])):
            part = tail[0]
        if index == len(texts) - 1 and (head := _HEAD.match(text[:40])):
            part = head[0]
        digits += sum(character.isdigit() or character in "XxＸ" for character in part)
    return digits


def in_fours(groups: Sequence[str]) -> bool:
    """Groups of four and a rest, as cards are printed: 6222 0251 9199 2203 374."""
    return len(groups) >= _FOURS and {len(group) for group in groups[:-1]} == {4} and len(groups[-1]) <= 4


def cut_cells(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches [start, end) of neighbouring cells that hold a number box by box.

    Cells of statistics also stand side by side. A number in boxes has one digit a box, or as many digits altogether as
    an ID, a phone or a card has.
    """
    groups, start = [], 0
    stripped = [text.strip() for text in texts]
    for at in range(len(stripped) + 1):
        if at < len(stripped) and _BOX.fullmatch(stripped[at]):
            continue
        run = stripped[start:at]
        total = sum(map(len, run))
        held = total in _LENGTHS and (total == _IDENTITY or max(map(len, run)) < _WIDE)
        if total == _MOBILE:
            named = start and _NAMED.search(stripped[start - 1])
            held = bool(named) or len(run) == _MOBILE or tuple(map(len, run)) in _MOBILE_CUTS
        if len(run) > 1 and held and (len(run) <= 4 or all(len(text) == 1 for text in run) or in_fours(run)):
            groups.append((start, at))
        start = at + 1
    return groups
