"""Tables whose columns are aligned by spaces: text that was laid out as it stood on a printed page.

Heads run over several lines, a row's label may stand above or below its numbers, and the labels of row groups are
printed sideways or beside the middle of their rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.report.forms import all_forms
from gongkai.core.report.readers.limits import check_rows
from gongkai.core.report.readers.text.attach import Numbers, attach
from gongkai.core.report.readers.text.draft import Block, Draft, DraftRow, Piece
from gongkai.core.report.readers.text.lines import Line
from gongkai.core.report.readers.text.pick import join, joined
from gongkai.core.report.readers.text.walk import walk
from gongkai.core.report.readers.text.words import is_value, known, names_row
from gongkai.core.text.fold import fold

_GAP = re.compile(r"\s{2,}")
_WORDS3 = ("自然人", "法人或其他组织", "商业", "科研", "公益", "法律", "其他", "总计")
_OUTCOMES = ("结果", "维持", "纠正", "其他", "尚未", "审结", "总计")
_GROUPS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_OUTCOME_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True, slots=True)
class Split:
    """A line as fragments with their positions, and the values at its end."""

    line: Line
    fragments: tuple[tuple[int, str], ...]
    values: tuple[str, ...]


def split(line: Line) -> Split:
    """Cut a line at runs of spaces; numbers and blank marks at its end are values, however they are spaced."""
    text = line.text.replace("|", "  ").expandtabs(8)
    words = list(re.finditer(r"\S+", text))
    values: list[str] = []
    while words and is_value(words[-1].group()) and not _ordinal_before(words):
        values.append(words.pop().group())
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
        pieces += [Piece(text, number, row) for text in (*cells, *item.values)]
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
    body: list[Numbers] = []
    heads: list[Split] = []
    segment = 0
    for item in splits:
        if _is_head3(item):
            if not heads or body:
                segment += not heads or bool(body)
            heads.append(item)
        else:
            body.append(Numbers(item.line.number, segment * 1000 + item.line.page, item.fragments, item.values))
    block = Block(heads=_heads3(heads))
    draft.blocks.append(block)
    block.rows = attach(body)
    for row in block.rows:
        if not block.heads:
            row.certain = False
        if row.labels:
            pieces = [p for p in (*row.labels, *row.values) if p.text]
            draft.last_line = max(draft.last_line, *(piece.line for piece in pieces))
        else:
            draft.orphans += 1
    if heads:
        draft.last_line = max(draft.last_line, heads[0].line.number)
    return draft


def _is_head3(item: Split) -> bool:
    if item.values:
        return False
    text = fold(item.line.text)
    if "勾稽" in text or "本列数据" in text or "第三项加第四项" in text:
        return True
    return bool(item.fragments) and all(_HEAD_WORD.fullmatch(fold(part)) for _, part in item.fragments)


_HEAD_WORD = re.compile(
    r"(?:申请人情况|自然人?|法人(?:[或和].{0,2}其[他它])?组织|总计|商业|企业|科研|机构|社会|公益|组织|法律|服务|其[他它])+"
)


def _heads3(heads: Sequence[Split]) -> list[Piece]:
    """The seven columns in the statutory order, when their words are there and stand in that order on the page."""
    if not heads:
        return []
    text = fold("".join(item.line.text for item in heads))
    line = heads[0].line.number
    if any(word not in text for word in _WORDS3) or text.count("企业") < 1 or text.count("机构") < 2:
        return []
    for item in heads:
        order = [fold(item.line.text).find(word) for word in ("自然人", "商业", "科研", "公益", "法律", "总计")]
        found = [at for at in order if at >= 0]
        if found != sorted(found) and "自然人" not in fold(item.line.text):
            return []
    form = all_forms()[-1]
    labels = dict.fromkeys(label for column in form.t3_columns for label in column.path)
    corner = [form.t3_corner] if "勾稽" in text else []
    return [Piece(label, line) for label in (*corner, *labels)]


def _fourth(splits: Sequence[Split]) -> Draft:
    draft = Draft(4)
    first = next((i for i, item in enumerate(splits) if item.values), len(splits))
    heads, rest = splits[:first], splits[first:]
    block = Block(heads=_heads4(heads))
    draft.blocks.append(block)
    if not heads:
        return draft
    draft.last_line = heads[-1].line.number
    values: list[Piece] = []
    for item in rest:
        if item.fragments:
            break
        values += [Piece(text, item.line.number) for text in item.values]
    if values:
        draft.last_line = values[-1].line
        block.rows.append(DraftRow([], values, certain=bool(block.heads)))
    return draft


def _heads4(heads: Sequence[Split]) -> list[Piece]:
    """Fifteen outcomes under three groups, when every word of them is there as often as the form has it."""
    if not heads:
        return []
    text = fold("".join(item.line.text for item in heads))
    line = heads[0].line.number
    rest = text
    for group in _GROUPS:
        if group not in rest:
            return []
        rest = rest.replace(group, "", 1)
    for word, times in (("维持", 3), ("纠正", 3), ("尚未", 3), ("审结", 3), ("总计", 3), ("结果", 9)):
        if rest.count(word) != times:
            return []
    reconsideration, litigation, direct, after = (Piece(group, line) for group in _GROUPS)
    outcomes = [Piece(label, line) for label in _OUTCOME_LABELS]
    return [reconsideration, litigation, direct, after, *outcomes * 3]
