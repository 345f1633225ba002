"""Drafts to grids: the merged structure of the statutory tables as far as the text gives evidence of it."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.report.document import Grid, GridCell
from gongkai.core.report.model import Place
from gongkai.core.report.readers.limits import check_columns, check_rows
from gongkai.core.report.readers.text.draft import Block, Draft, DraftRow, End, Piece
from gongkai.core.report.readers.text.pick import joined, level, paths
from gongkai.core.report.readers.text.settle import settle
from gongkai.core.report.readers.text.walk import APPLICANTS, OUTCOMES
from gongkai.core.report.readers.text.words import known
from gongkai.core.text.fold import fold

_LABELS = 3  # label columns of table 三: 三、 · （三） · 1.


class _Sheet:
    """A grid that is being filled; `put` keeps rows and columns counted."""

    def __init__(self, number: int, end: End) -> None:
        self.number = number
        self.end = end
        self.cells: list[GridCell] = []
        self.nrows = self.ncols = 0

    def put(
        self, piece: Piece, row: int, col: int, *, down: int = 1, across: int = 1, certain: bool = True,
    ) -> GridCell:
        where = Place(table=self.number, row=row + 1, col=col + 1, line=piece.line or None)
        cell = GridCell(piece.text, row, col, down, across, certain, where)
        self.cells.append(cell)
        self.nrows, self.ncols = max(self.nrows, row + down), max(self.ncols, col + across)
        return cell

    def values(self, row: DraftRow, at: int, first: int) -> None:
        for offset, piece in enumerate(row.values):
            # A number in which the file breaks off may have had more digits.
            whole = not (self.end.open and piece.line == self.end.line and offset == len(row.values) - 1)
            self.put(piece, at, first + offset, certain=row.certain and whole and offset not in row.doubted)

    def grid(self, line: int) -> Grid:
        return Grid(self.cells, self.nrows, self.ncols, Place(table=self.number, line=line or None))


def build(draft: Draft, number: int, end: End) -> Grid | None:
    """The grid of a draft, None when it holds nothing. `number` is the table's ordinal in the file.

    Settles the values on the way.
    """
    sheet = _Sheet(number, end)
    check_rows(len(draft.rows()))
    for block in draft.blocks:
        check_columns(len(block.heads))
        if block.repeated:
            _collapse(block)
        width = {2: len(block.heads), 3: APPLICANTS}.get(draft.table, OUTCOMES)
        settle(block.rows, width, end)
        for row in block.rows:
            row.certain = row.certain and not draft.detached
        if draft.table == 2:
            _second(sheet, block)
        elif draft.table == 3:
            _third(sheet, block)
        else:
            _fourth(sheet, block)
    if not sheet.cells:
        return None
    return sheet.grid(min((cell.where.line for cell in sheet.cells if cell.where and cell.where.line), default=0))


def _collapse(block: Block) -> None:
    """Take copies of merged heads away, and with them the copies of the values below, if these agree."""
    kept = [i for i, head in enumerate(block.heads) if not i or head.text != block.heads[i - 1].text]
    for row in block.rows:
        copies_agree = all(i in kept or row.values[i].text == row.values[i - 1].text for i in range(len(row.values)))
        if len(row.values) == len(block.heads) and copies_agree:
            row.values = [row.values[i] for i in kept]
    block.heads = [block.heads[i] for i in kept]


def _second(sheet: _Sheet, block: Block) -> None:
    width = max(4, 1 + len(block.heads))
    if block.title is not None:
        sheet.put(block.title, sheet.nrows, 0, across=width)
    if block.corner is not None or block.heads:
        at = sheet.nrows
        if block.corner is not None:
            sheet.put(block.corner, at, 0)
        for col, head in enumerate(block.heads, 1):
            sheet.put(head, at, col)
    for row in block.rows:
        at = sheet.nrows
        sheet.put(Piece("".join(piece.text for piece in row.labels), row.labels[0].line), at, 0)
        sheet.values(row, at, 1)


def _third(sheet: _Sheet, block: Block) -> None:
    _heads3(sheet, block)
    spans: dict[int, GridCell] = {}
    first = sheet.nrows
    for at, row in enumerate(block.rows, first):
        labels = _by_level(row.labels)
        for depth, label in sorted(labels.items()):
            if depth in spans and depth != max(labels) and spans[depth].text == label.text:
                continue  # a merged label written out in every row
            for deeper in [d for d in spans if d >= depth]:
                ended = spans.pop(deeper)
                ended.rowspan = at - ended.row
            innermost = depth == max(labels)
            cell = sheet.put(label, at, depth - 1, across=_LABELS + 1 - depth if innermost else 1)
            if not innermost:
                spans[depth] = cell
        sheet.values(row, at, _LABELS)
    for cell in spans.values():
        cell.rowspan = max(1, sheet.nrows - cell.row)


def _by_level(labels: Sequence[Piece]) -> dict[int, Piece]:
    """The labels of a row by depth; without ordinals and unknown, the innermost counts as an item."""
    found: dict[int, Piece] = {}
    for piece in paths(labels):
        depth = level(piece.text) or max(found, default=2) + 1
        found[min(depth, _LABELS)] = piece
    return found


def _heads3(sheet: _Sheet, block: Block) -> None:
    """Three rows of heads: 申请人情况; 自然人, 法人或其他组织 and 总计; the five kinds of organisation."""
    heads = joined(block.heads, lambda m: m.over3 or m.col3 is not None)
    heads = list({fold(piece.text): piece for piece in reversed(heads)}.values())[::-1]  # copies of merged cells
    corner = [p for p in heads if "勾稽" in p.text or "本列数据" in p.text]
    over = [p for p in heads if p not in corner and _spans(p)]
    leaves = [p for p in heads if p not in corner and p not in over]
    at = sheet.nrows
    if not heads:
        return
    total = next((i for i, p in enumerate(leaves) if fold(p.text) == "总计"), None)
    if len(leaves) != APPLICANTS or total not in (1, APPLICANTS - 1):
        for col, piece in enumerate(heads):
            sheet.put(piece, at, col)
        return
    leaves.append(leaves.pop(total))
    if corner:
        sheet.put(Piece("".join(p.text for p in corner), corner[0].line), at, 0, down=3, across=_LABELS)
    for piece in over:
        if fold(piece.text).startswith("法人"):
            sheet.put(piece, at + 1, _LABELS + 1, across=APPLICANTS - 2)
        else:
            sheet.put(piece, at, _LABELS, across=APPLICANTS)
    for col, piece in enumerate(leaves, _LABELS):
        alone = col in (_LABELS, _LABELS + APPLICANTS - 1)
        sheet.put(piece, at + (1 if alone else 2), col, down=2 if alone else 1)


def _spans(piece: Piece) -> bool:
    found = known(piece.text)
    return (found is not None and found.over3) or fold(piece.text).startswith(("法人", "申请人"))


def _fourth(sheet: _Sheet, block: Block) -> None:
    at = sheet.nrows
    over = [p for p in block.heads if (found := known(p.text)) is not None and (found.over4 or found.group4)]
    leaves = [p for p in block.heads if p not in over]
    groups = [p for p in over if (found := known(p.text)) is not None and found.group4]
    if len(leaves) == OUTCOMES and len(groups) == 3:
        for piece in over:
            found = known(piece.text)
            if found is not None and found.over4:
                sheet.put(piece, at, 5, across=10)
        for index, piece in enumerate(groups):
            sheet.put(piece, at + (index > 0), index * 5, down=1 if index else 2, across=5)
        for col, piece in enumerate(leaves):
            sheet.put(piece, at + 2, col)
    else:
        for col, piece in enumerate(block.heads):
            sheet.put(piece, at, col)
    for row in block.rows:
        sheet.values(row, sheet.nrows, 0)
