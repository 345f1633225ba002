"""Which lines are headings of the six statutory sections.

Headings are renamed, renumbered, numbered in Arabic figures or not at all, and run into their prose; row labels of
table 三 and sub-headings look much the same. Every line gets a strength; weak ones count only where they fit between
strong ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from gongkai.core.report.forms import all_forms
from gongkai.core.report.locate.labels import core
from gongkai.core.report.locate.nearest import edits
from gongkai.core.report.sections.lines import Line
from gongkai.core.text.fold import fold

LONGEST = 50      # characters of a heading that stands alone
_CHINESE = {ch: n for n, ch in enumerate("一二三四五六七八九十", 1)}
_NUMBERED = re.compile(
    r"\s*(?:第?\s*([一二三四五六七八九十])\s*(?:部分)?\s*[、.．，,:：\s]"
    r"|([1-9])\s*[、.．，:：)）]|([一二三四五六])(?=[^\W\d]))\s*(.*)", re.S,
)
# Sub-headings （一） and lines of a table of contents.
_NEVER = re.compile(r"^\s*[（(][一二三四五六七八九十\d]+[)）]|(?:…|\.{3,}|·{3,}|—{3,})\s*\d*\s*$")
_ENDS = "。；;！？!?"
_WORDS = {
    1: ("总体情况", "基本情况", "概述", "总体工作情况", "工作概况", "概况"),
    2: ("主动公开",),
    3: ("收到和处理", "申请情况", "依申请公开", "申请办理"),
    4: ("行政复议", "行政诉讼", "复议", "诉讼"),
    5: ("问题", "不足", "改进"),
    6: ("其他需要报告", "其它需要报告", "需要报告的", "其他事项", "其它事项", "其他报告", "其他需要说明"),
}


class Heading(NamedTuple):
    """A line that may open section `number`; `text` as written; `rest` is prose that runs on in the same line."""

    at: int
    number: int
    strength: int
    text: str
    rest: str = ""


def headings(lines: Sequence[Line]) -> list[Heading]:
    """The headings in the order of the file, each section at most once."""
    found = [heading for at, line in enumerate(lines) if (heading := _heading(at, line.text)) is not None]
    return _chosen(found, lines)


def _heading(at: int, text: str) -> Heading | None:
    if _NEVER.search(text):
        return None
    numbered = _NUMBERED.match(text)
    words = numbered[4] if numbered else text
    label = _statutory(words)
    if label is not None:
        number, length = label
        heading = text[:len(text) - len(words) + length].rstrip()
        rest = words[length:].lstrip(" 　:：。.\t")
        if rest and not numbered:
            return None  # a sentence that begins with the words of a heading
        return Heading(at, number, 5 if numbered else 4, heading, rest)
    if len(text) > LONGEST or text.rstrip()[-1:] in _ENDS or not numbered:
        return None
    if _is_row_label(words):
        return None
    written = int(numbered[2]) if numbered[2] else _CHINESE[numbered[1] or numbered[3]]
    topics = [number for number, keys in _WORDS.items() if any(key in fold(words) for key in keys)]
    if written in topics:
        return Heading(at, written, 3 if not numbered[2] else 2, text)
    if not topics and written <= 6 and numbered[1]:
        return Heading(at, written, 1, text)
    if len(topics) == 1 and numbered[1]:
        return Heading(at, topics[0], 1, text)
    return None


def is_label_of(number: int, text: str) -> bool:
    """Whether the line is just the statutory heading of section `number`, as captions inside tables are."""
    return (number, core(text)) in _labels()


@cache
def _row_labels() -> tuple[str, ...]:
    rows = {core(label) for form in all_forms() for row in form.t3_rows for label in row.path}
    return tuple(sorted(rows))


def _is_row_label(words: str) -> bool:
    """一、本年新收政府信息公开申请数量 is a row of table 三, cut short or not."""
    text = core(words)
    return len(text) > 2 and any(label.startswith(text) or text.startswith(label) for label in _row_labels())


@cache
def _labels() -> tuple[tuple[int, str], ...]:
    found = {(n, core(text)) for form in all_forms() for n, text in enumerate(form.sections, 1)}
    return tuple(sorted(found))


def _statutory(words: str) -> tuple[int, int] | None:
    """(section, length in `words`) when the words are a statutory heading, alone or followed by prose."""
    folded = core(words[:LONGEST])
    for number, label in _labels():
        if folded == label or (len(words) <= LONGEST and len(label) >= 6 and edits(folded, label) <= 2):
            return number, len(words)
        if folded.startswith(label):
            length = _length_of(label, words)
            if words[length:length + 1] in tuple(" 　:：。.\t\n"):
                return number, length
    return None


def _length_of(label: str, words: str) -> int:
    for length in range(len(label), len(words) + 1):
        if core(words[:length]) == label:
            return length
    return len(words)


def _chosen(found: Sequence[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Strong headings always; weak ones where they keep the order. Of several for one section the fullest."""
    certain = [heading for heading in found if heading.strength >= 4]
    stops = [*[heading.at for heading in certain], len(lines)][1:]
    chosen: dict[int, Heading] = {}
    weights: dict[int, tuple[int, int]] = {}
    for heading, stop in zip(certain, stops, strict=False):
        weight = heading.strength, sum(len(line.text) for line in lines[heading.at + 1:stop])
        if heading.number not in chosen or weight > weights[heading.number]:
            chosen[heading.number], weights[heading.number] = heading, weight
    for strength in (3, 2, 1):
        for heading in found:
            if heading.strength == strength and heading.number not in chosen and _fits(heading, chosen):
                chosen[heading.number] = heading
    return sorted(chosen.values(), key=lambda heading: heading.at)


def _fits(heading: Heading, chosen: dict[int, Heading]) -> bool:
    return all((other.at < heading.at) == (number < heading.number) for number, other in chosen.items())
