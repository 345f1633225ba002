"""Masked text put back into the pieces of markup it came from.

A value may be cut over several runs. The runs of a paragraph are joined, masked, and every character returns to the
run in which it stood, so that fonts and sizes stay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import SPACE

_COMPARED = 2_000  # above this many changed characters the place of each is not searched for

Mask = Callable[[str], str]


@dataclass(slots=True)
class Stretch:
    """Text of one element; `element` is None for what stands between (a tab, a line break)."""

    text: str
    element: etree._Element | None


def put_back(stretches: Sequence[Stretch], mask: Mask) -> bool:
    """Mask the stretches as one text; tell whether anything changed."""
    joined = "".join(stretch.text for stretch in stretches)
    if not joined.strip() or (masked := mask(joined)) == joined:
        return False
    owners = [index for index, stretch in enumerate(stretches) for _ in stretch.text]
    fresh = ["" for _ in stretches]
    last = next((i for i, stretch in enumerate(stretches) if stretch.element is not None), None)
    if last is None:
        return False
    for start, end, text in _changes(joined, masked):
        for offset, character in enumerate(text):
            at = owners[min(start + offset, max(end - 1, start), len(owners) - 1)]
            if stretches[at].element is None:
                if character == joined[min(start + offset, len(joined) - 1)]:
                    continue  # the tab or break itself, which stays an element
                at = last
                character = " " if character in "\t\n" else character
            fresh[at] += character
            last = at
    for stretch, text in zip(stretches, fresh, strict=True):
        if stretch.element is not None and stretch.text != text:
            stretch.text = text
            stretch.element.text = text
            if text != text.strip():
                stretch.element.set(SPACE, "preserve")
    return True


def _changes(old: str, new: str) -> list[tuple[int, int, str]]:
    """Stretches of the old text with what they become, in order, covering all of it."""
    if len(old) == len(new):
        return [(0, len(old), new)]
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head:len(old) - tail], new[head:len(new) - tail]
    parts = [(0, head, new[:head])]
    if len(middle_old) > _COMPARED or len(middle_new) > _COMPARED:
        parts.append((head, head + len(middle_old), middle_new))
    else:
        for _, i1, i2, j1, j2 in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
            parts.append((head + i1, head + i2, middle_new[j1:j2]))
    parts.append((len(old) - tail, len(old), new[len(new) - tail:]))
    return [part for part in parts if part[2]]
