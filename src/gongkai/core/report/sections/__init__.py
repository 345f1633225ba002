"""The six statutory sections with their headings as written and their prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.core.report.model import Section
from gongkai.core.report.sections.headings import headings, is_label_of
from gongkai.core.report.sections.lines import Line, lines

__all__ = ["Line", "Sections", "lines", "split"]


class Sections(NamedTuple):
    """`found` by section number, in the order of the file; `preamble` is what stands before the first of them."""

    preamble: str
    found: dict[int, Section]


def split(text: Sequence[Line], tables: Mapping[int, int]) -> Sections:
    """Cut the running text (title and signature already taken off) into sections.

    `tables` says at which block the table of a section begins ({2: 7, 3: 12, 4: 15}). A section whose table just
    follows the prose, without a heading, is there with heading None; so is section 一 when prose comes before
    other sections without a heading of its own.
    """
    heads = headings(text)
    cuts = {head.number: (text[head.at].block, head.at) for head in heads}
    for number, block in tables.items():
        cuts.setdefault(number, (block, _first_after(text, block)))
    order = sorted(cuts, key=lambda number: (cuts[number], number))
    stops = [*[cuts[number][1] for number in order], len(text)][1:]
    by_number = {head.number: head for head in heads}
    found: dict[int, Section] = {}
    for number, stop in zip(order, stops, strict=True):
        block, at = cuts[number]
        head = by_number.get(number)
        if head is None:
            found[number] = Section(number, None, _joined(text[at:stop], number))
        else:
            body = _joined(text[at + 1:stop], number)
            prose = "\n".join(part for part in (head.rest, body) if part)
            found[number] = Section(number, head.text, prose, text[at].where)
    before = _joined(text[:cuts[order[0]][1]] if order else text)
    if order and 1 not in found and before:
        return Sections("", {1: Section(1, None, before, text[0].where)} | found)
    return Sections(before, found)


def _first_after(text: Sequence[Line], block: int) -> int:
    return next((at for at, line in enumerate(text) if line.block >= block), len(text))


def _joined(text: Sequence[Line], number: int = 0) -> str:
    """The lines as prose; a heading repeated as the caption of its table is left out."""
    return "\n".join(line.text for line in text if not is_label_of(number, line.text))
