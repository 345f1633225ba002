"""Tables whose columns are aligned by spaces: text that was laid out as it stood on a printed page.

Heads run over several lines, a row's label may stand above or below its numbers, and the labels of row groups are
printed sideways or beside the middle of their rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.report.readers.limits import check_rows
from gongkai.core.report.readers.text.attach import attach
from gongkai.core.report.readers.text.draft import Block, Draft, DraftRow, Piece
from gongkai.core.report.readers.text.heads import OUTCOME_LABELS, complete3, heads3, heads4, is_head3
from gongkai.core.report.readers.text.lines import Line
from gongkai.core.report.readers.text.number_lines import Numbers, healed_groups, merged
from gongkai.core.report.readers.text.pick import join, joined
from gongkai.core.report.readers.text.walk import OUTCOMES, walk
from gongkai.core.report.readers.text.words import is_value, known, names_row

_GAP = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class Split:
    """A line as fragments and the values at its end, each with the column where it begins."""

    line: Line
    fragments: tuple[tuple[int, str], ...]
    values: tuple[tuple[int, str], ...]


def split(line: Line) -> Split:
    """Cut a line at runs of spaces; numbers and blank marks at its end are values, however they are spaced."""
    text = line.text.replace("|", "  ").expandtabs(8)
    words = list(re.finditer(r"\S+", text))
    values: list[tuple[int, str]] = []
    while words and is_value(words[-1].group()) and not _ordinal_before(words):
        word = words.pop()
        values.append((word.start(), word.group()))
    head = text[:words[-1].end()] if words else ""
    fragments: list[tuple[int, str]] = []
    at = 0
    for part in _GAP.split(head):
        if part.strip():
            at = head.index(part.strip(), at)
            fragments.append((at, part.strip()))
            at += len(part.strip())
    return Split(line, tuple(fragments), tuple(reversed(values)))


def _ordinal_before(words: list[re.Match[str]]) -> bool:
    """三 · 、 · 本: a rotated label's character is not the number three."""
    return re.fullmatch(r"[一二三四五六七八九十百千万亿元件条个项、]+", words[-1].group()) is not None


def read_columns(table: int, region: Sequence[Line]) -> Draft:
    """The draft of one table region laid out in columns of spaces."""
    filled = [line for line in region if line.bare]
    check_rows(len(filled))
    splits = [split(line) for line in filled]
    if table == 2:
        return _second(splits)
    if table == 3:
        return _third(splits)
    return _fourth(splits)


def _second(splits: Sequence[Split]) -> Draft:
    pieces: list[Piece] = []
    waiting: list[str] = []
    for row, item in enumerate(splits):
        texts = [text for _, text in item.fragments]
        number = item.line.number
        alone = len(texts) == 1 and not item.values and len(_labels_in(texts[0])) == 1
        if alone and known(texts[0]) is None and not texts[0].startswith(("（", "(")):
            waiting.append(texts[0])
            continue
        if waiting:
            whole = "".join(waiting) + "".join(texts[:1])
            if names_row(known(whole)) or not texts:
                texts = [whole, *texts[1:]]
            else:
                pieces += [Piece(text, number, -row) for text in waiting]
            waiting = []
        cells = [part for text in texts for part in _labels_in(text)]
        if cells and cells[0].startswith(("（单位", "(单位", "（金额", "(金额")) and pieces:
            pieces[-1] = join([pieces[-1], Piece(cells[0], number)])
            continue
        pieces += [Piece(text, number, row) for text in (*cells, *(text for _, text in item.values))]
    last = splits[-1].line.number if splits else 0
    pieces += [Piece(text, last, len(splits)) for text in waiting]
    return walk(2, pieces)


def _labels_in(text: str) -> list[str]:
    """信息内容 本年制发件数: labels with a single space between them."""
    words = text.split(" ")
    if len(words) == 1 or known(text) is not None:
        return [text]
    parts = joined([Piece(word, 0) for word in words], bool)
    return [part.text for part in parts] if all(known(part.text) for part in parts) else [text]


def _third(splits: Sequence[Split]) -> Draft:
    draft = Draft(3)
    heads, body = _apart(splits)
    block = Block()
    if heads:
        found = [heads3([item.line.text for item in run], run[0].line.number) for run in heads]
        block.heads = found[0] if all(found) else []
        draft.last_line = heads[-1][0].line.number
    draft.blocks.append(block)
    attached = attach([Numbers(item.line.number, item.fragments, item.values) for item in body])
    block.rows = attached.rows
    draft.orphans = int(attached.torn)
    for row in block.rows:
        row.certain = row.certain and bool(block.heads)
        pieces = [piece for piece in (*row.labels, *row.values) if piece.text]
        draft.last_line = max([draft.last_line, *(piece.line for piece in pieces)])
    return draft


def _apart(splits: Sequence[Split]) -> tuple[list[list[Split]], list[Split]]:
    """The heads, one list for every time that they are printed, and the other lines."""
    heads: list[list[Split]] = []
    body: list[Split] = []
    at = 0
    while at < len(splits):
        stop = at
        while stop < len(splits) and not splits[stop].values and is_head3(splits[stop].line.text):
            stop += 1
        if stop > at and complete3([item.line.text for item in splits[at:stop]]):
            heads.append(list(splits[at:stop]))
        else:
            stop = max(stop, at + 1)
            body += splits[at:stop]
        at = stop
    return heads, body


def _fourth(splits: Sequence[Split]) -> Draft:
    draft = Draft(4)
    first = next((i for i, item in enumerate(splits) if item.values), len(splits))
    heads, rest = splits[:first], splits[first:]
    draft.blocks.append(block := Block())
    if not heads:
        return draft
    block.heads = heads4([item.line.text for item in heads], heads[0].line.number)
    draft.last_line = heads[-1].line.number
    lines: list[Numbers] = []
    for item in rest:
        if item.fragments:
            break
        lines.append(Numbers(item.line.number, item.fragments, item.values))
    if lines:
        draft.last_line = lines[-1].line
        block.rows.append(_outcomes(lines, bool(block.heads)))
    return draft


def _outcomes(lines: Sequence[Numbers], certain: bool) -> DraftRow:
    """The row of table 四. What stands below a full line are digits for which its columns were too narrow."""
    first, *rest = lines
    whole = merged(lines, OUTCOMES) or first
    values = [Piece(text, whole.line) for _, text in whole.values]
    if whole is not first or not rest:
        return DraftRow([], values, certain)
    if len(values) != OUTCOMES:
        return DraftRow([], values, certain=False)
    step = len(OUTCOME_LABELS)
    groups = healed_groups(first.values, [value for line in rest for value in line.values], step)
    doubted = frozenset(at for at in range(OUTCOMES) if groups[at // step] is None)
    for at, group in enumerate(groups):
        if group is not None:
            values[at * step:(at + 1) * step] = [Piece(text, first.line) for _, text in group]
    return DraftRow([], values, certain, doubted)
