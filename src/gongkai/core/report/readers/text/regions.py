"""Where in the lines the statutory tables stand, and where running text goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.report.readers.text.heads import is_head4
from gongkai.core.report.readers.text.lines import Line
from gongkai.core.report.readers.text.words import is_heading, is_prose, is_value, known
from gongkai.core.text.fold import fold

_CELLS = re.compile(r"[|\t]|\s{2,}")
_NEAR = 4  # filled lines within which 行政诉讼 must follow 行政复议
_SENTENCE_CELLS = 2  # a line in more parts than this is laid out in columns


@dataclass(frozen=True, slots=True)
class Region:
    """Lines `start` to `end` (exclusive, indexes) that hold one of the tables 2, 3 or 4."""

    table: int
    start: int
    end: int


def regions(lines: Sequence[Line]) -> list[Region]:
    """All table regions in order. A table may come in several: running text between its rows ends a region."""
    found: list[Region] = []
    filled = [i for i, line in enumerate(lines) if line.bare]
    table, start = 0, 0
    for place, i in enumerate(filled):
        anchor = _anchor(lines, filled, place, table)
        if table and (anchor not in (0, table) or (_leaves(lines[i]) and not (table == 4 and is_head4(lines[i].text)))):
            found.append(Region(table, start, i))
            table = 0
        if anchor and not table:
            table, start = anchor, i
    if table:
        found.append(Region(table, start, len(lines)))
    return found


def cells_of(text: str) -> list[str]:
    """The filled cells of a line in any layout."""
    return [cell for part in _CELLS.split(text) if (cell := part.strip())]


def _anchor(lines: Sequence[Line], filled: Sequence[int], place: int, table: int) -> int:
    """The table that begins at this line, 0 for none."""
    text = lines[filled[place]].text
    if len(text) > 400:
        return 0
    cells = cells_of(text)
    if not cells:
        return 0
    if text.startswith("\t") and len(cells) == 1:
        cells = ["".join([cells[0], *_rest_of_cell(lines, filled[place] + 1)])]
    found = known(cells[0])
    if found is None:
        if fold(cells[0]) == "行政复议行政诉讼":
            return 4
        return 3 if _corner(cells[0]) else 0
    if found.head2 or found.info2:
        return 2 if len(cells[0]) <= 20 else 0
    if found.over3:
        return 3
    if found.group4 == "reconsideration" and table != 4:
        follows = "".join(lines[i].bare for i in filled[place:place + _NEAR])
        return 4 if "行政诉讼" in fold(follows) else 0
    return 0


def _rest_of_cell(lines: Sequence[Line], at: int) -> list[str]:
    """Lines without a tab right below one with a tab: the cell's text goes on."""
    rest: list[str] = []
    while at < len(lines) and len(rest) < _NEAR and lines[at].bare and "\t" not in lines[at].text:
        rest.append(lines[at].bare)
        at += 1
    return rest


def _corner(cell: str) -> bool:
    return "本列数据" in cell[:12] and fold(cell).startswith(("(本列", "本列"))


def _leaves(line: Line) -> bool:
    """The line is a section's heading or running text, so the table has ended above it."""
    if "|" in line.text or "\t" in line.text:
        return False
    if is_heading(line.bare):
        return True
    words = line.bare.split()
    if len(words) > _SENTENCE_CELLS and (all(map(known, words)) or all(map(is_value, words[-2:]))):
        return False  # heads, or a label and its numbers, with single spaces between them
    cells = cells_of(line.text)
    if len(cells) > _SENTENCE_CELLS or not is_prose("".join(cells).replace(" ", "")):
        return False
    return len(cells) == 1 or not any(is_value(cell) or known(cell) for cell in cells)
