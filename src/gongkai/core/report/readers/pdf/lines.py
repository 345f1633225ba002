"""Glyphs → lines of text, and lines → the text of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.core.report.readers.pdf.page import Glyph

_OFF_LINE = 0.45   # of the taller glyph's height: boxes of different lines lie at least 0.5 apart
_WORD_GAP = 0.15   # of the line height: between Latin words and between numbers
_WIDE_GAP = 0.75   # of the line height: a gap that is seen as one even between Chinese characters
_SAME = 0.2        # of the line height: a character drawn twice for boldness lies nearer
_PADDING = 12.0    # points that both paddings of a cell may take from its width


@dataclass(slots=True)
class Line:
    """A line of text: its glyphs from left to right, the box around them, and the usual height of a glyph, which is
    about 1.0 to 1.3 times the font size. `text` has the spaces that gaps tell of."""

    glyphs: list[Glyph]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    text: str


def to_lines(glyphs: Sequence[Glyph], page: int = 0) -> list[Line]:
    """Group glyphs by their middle height, top down, each line from left to right."""
    lines: list[list[Glyph]] = []
    middle = height = 0.0
    for run in sorted(_runs(glyphs), key=lambda run: run[0].top + run[0].bottom):
        first = run[0]
        own = first.bottom - first.top
        if lines and _middle(first) - middle <= _OFF_LINE * (own if own > height else height):
            lines[-1] += run
            height = max(height, own)
        else:
            lines.append(run)
            middle, height = _middle(first), own
    return [_line(line, page) for line in lines]


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs drawn one after the other at one height: sorting these is cheaper than sorting glyphs."""
    runs: list[list[Glyph]] = []
    top = bottom = float("nan")
    for glyph in glyphs:
        if glyph.top == top and glyph.bottom == bottom:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
            top, bottom = glyph.top, glyph.bottom
    return runs


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _line(glyphs: list[Glyph], page: int) -> Line:
    glyphs.sort(key=_centre)
    return Line(
        glyphs, page, min([g.x0 for g in glyphs]), min([g.top for g in glyphs]), max([g.x1 for g in glyphs]),
        max([g.bottom for g in glyphs]), median([g.bottom - g.top for g in glyphs]), spaced(glyphs),
    )


def _centre(glyph: Glyph) -> float:
    return glyph.x0 + glyph.x1


def spaced(glyphs: Sequence[Glyph]) -> str:
    """The text of one line. A glyph drawn twice is written once."""
    parts: list[str] = []
    last, left, right, tall = "", 0.0, 0.0, 0.0
    for x0, top, x1, bottom, text in glyphs:
        own = bottom - top
        if last:
            height = own if own > tall else tall
            gap = x0 - right
            if text == last and abs(x0 - left) < _SAME * height:
                continue
            if gap > _WORD_GAP * height and (gap > _WIDE_GAP * height or (text.isascii() and last.isascii())):
                parts.append(" ")
        parts.append(text)
        last, left, right, tall = text, x0, x1, own
    return "".join(parts)


def cell_text(glyphs: Sequence[Glyph], width: float) -> str:
    """The text of a cell `width` points wide, its lines joined; upright and turned labels in reading order."""
    if len(glyphs) == 1:
        return glyphs[0].text
    if _is_one_line(glyphs):
        return spaced(glyphs)
    direction = _stacking(glyphs) if len(glyphs) > 2 else 0
    if direction:
        return _stacked(glyphs, direction)
    lines = to_lines(glyphs)
    text = lines[0].text
    for line, above in zip(lines[1:], lines, strict=False):
        first, last = line.text[0], text[-1]
        if _is_word(first) and _is_word(last) and not _wrapped(above, line, width):
            text += " "
        text += line.text
    return text


def _is_one_line(glyphs: Sequence[Glyph]) -> bool:
    """Most cells: drawn from left to right at one height."""
    top, x = glyphs[0].top, glyphs[0].x0
    for glyph in glyphs:
        if glyph.top != top or glyph.x0 < x:
            return False
        x = glyph.x0
    return True


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".,-")


def _wrapped(above: Line, line: Line, width: float) -> bool:
    """A number broken only because its cell is too narrow: the line above had no room for one more digit."""
    if not all(g.text in "0123456789.," for g in (*above.glyphs, *line.glyphs)):
        return False
    return above.x1 - above.x0 + (line.glyphs[0].x1 - line.glyphs[0].x0) > width - _PADDING


def _stacking(glyphs: Sequence[Glyph]) -> int:
    """1 when the text runs downwards, -1 when upwards, 0 when it is written in lines: judged by how it is drawn.

    Numbers under each other are never one number, so only Chinese text stacks.
    """
    if all(g.text.isascii() for g in glyphs):
        return 0
    down = up = 0
    for before, after in pairwise(glyphs):
        size = before.bottom - before.top
        if abs(_centre(after) - _centre(before)) < 0.6 * size:
            step = _middle(after) - _middle(before)
            down += step > 0.3 * size
            up += step < -0.3 * size
    if max(down, up) * 2 <= len(glyphs) - 1:
        return 0
    return 1 if down >= up else -1


def _stacked(glyphs: Sequence[Glyph], direction: int) -> str:
    """Columns of upright (or turned) text: read downwards from the right, or upwards from the left."""
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -direction * _centre(g)):
        if columns and abs(_centre(columns[-1][0]) - _centre(glyph)) < glyph.bottom - glyph.top:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    return "".join(g.text for column in columns for g in sorted(column, key=lambda g: direction * _middle(g)))
