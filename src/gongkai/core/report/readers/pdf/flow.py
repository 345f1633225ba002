"""Lines of running text → paragraphs, joined over line ends and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from gongkai.core.report.document import Paragraph
from gongkai.core.report.model import Place
from gongkai.core.report.readers.pdf.lines import Line

_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}\s*[、．]|[（(][一二三四五六七八九十]{1,2}[）)])")
_RAGGED = 1.6  # line heights by which the ends of full lines may differ
_ENOUGH = 3    # lines that end together before they are believed to end at the margin
_CLOSED = re.compile(r"[。！？；：.!?;:]\s*$")


class Measure(NamedTuple):
    """The body of the text: its left edge (without first-line indents), its right edge and its line height."""

    left: float
    right: float
    height: float


def measure(lines: Iterable[Line], width: float) -> Measure:
    """The edges that full lines share; on a page `width` points wide with hardly any, equal margins are taken."""
    own = sorted(lines, key=lambda line: line.x1)
    if not own:
        return Measure(0, width, 12)
    height = sorted(line.height for line in own)[len(own) // 2]
    left = min(line.x0 for line in own)
    full = [line.x1 for line in own if own[-1].x1 - line.x1 < _RAGGED * height]
    return Measure(left, full[len(full) // 2] if len(full) >= _ENOUGH else max(width - left, own[-1].x1), height)


def paragraphs(lines: Iterable[Line], body: Measure) -> list[Paragraph]:
    """Paragraphs of consecutive lines (no table between them)."""
    found: list[list[Line]] = []
    for line in lines:
        if found and not _begins(found[-1][-1], line, body):
            found[-1].append(line)
        else:
            found.append([line])
    return [Paragraph(_text(group), Place(page=group[0].page)) for group in found]


def _begins(before: Line, line: Line, body: Measure) -> bool:
    """Does `line` begin a paragraph: after an early end, indented, with a heading's number, in other type?"""
    height = before.height
    if _HEADING.match(line.text):
        return True
    if _is_title(before, body) and _is_title(line, body) and line.top - before.bottom < height:
        return abs(line.height - height) > 0.1 * height
    if body.right - before.x1 > _RAGGED * height:
        return True
    if line.x0 - max(body.left, 0) > 1.2 * line.height and line.x0 - before.x0 > -0.5 * height:
        return True
    if abs(line.height - height) > 0.25 * height and _CLOSED.search(before.text):
        return True
    return line.page == before.page and line.top - before.bottom > 1.5 * height


def _is_title(line: Line, body: Measure) -> bool:
    """Larger than the text and in the middle: the lines of a title are one paragraph though none of them is full."""
    off = abs((line.x0 + line.x1) - (body.left + body.right)) / 2
    return line.height > 1.15 * body.height and off < line.height and not _CLOSED.search(line.text)


def _text(lines: list[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        more = line.text
        if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha():
            text += " "
        text += more
    return text
