"""Pieces of one region to a draft: which are heads, which label a row, which are its values.

Where table rows are visible a row ends with its line; elsewhere it ends with the next label. Nothing is counted or
placed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.report.locate.labels import Meaning
from gongkai.core.report.readers.text.draft import Block, Draft, DraftRow, Piece
from gongkai.core.report.readers.text.pick import LEVEL, join, joined, level, reach
from gongkai.core.report.readers.text.words import is_value, known, names_row

OUTCOMES = 15   # columns of table 四
_WIDEST = 100   # cells of one line
_DEEPEST = 12   # pieces of the labels of one row
APPLICANTS = 7  # columns of table 三


def walk(table: int, pieces: Sequence[Piece]) -> Draft:
    """The draft of one table region."""
    walker = _Walker(table, pieces)
    if table == 4:
        walker.fourth()
    else:
        walker.rows()
    return walker.draft


class _Walker:
    def __init__(self, table: int, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.at = 0
        self.draft = Draft(table)
        self.block: Block | None = None
        self.row: DraftRow | None = None
        self.in_head = False
        if table == 3:
            self._open(Block())

    def rows(self) -> None:
        """Tables 二 and 三: heads, then labels each followed by its values."""
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if self._belongs_to_row(piece):
                self._value(piece)
            elif not piece.text:
                self.at += 1
            elif not self._head(piece):
                self._label()

    def _belongs_to_row(self, piece: Piece) -> bool:
        row = self.row
        if row is None:
            if not is_value(piece.text):
                return False
            self._row_from_head()
            return True
        if piece.row is not None and piece.row == row.labels[-1].row:
            return bool(row.values) or not piece.text or is_value(piece.text) or not self._is_label(piece)
        if piece.row is None:
            return not piece.text or is_value(piece.text)
        return False

    def _is_label(self, piece: Piece) -> bool:
        """A text beside a label in the same table row: another label, or something written where a value belongs."""
        if known(piece.text) is not None or LEVEL.match(piece.text):
            return True
        left = sum(p.row == piece.row for p in self.pieces[self.at:self.at + 40])
        return left > (APPLICANTS if self.draft.table == 3 else len(self.block.heads) if self.block else 0)

    def _value(self, piece: Piece) -> None:
        if self.row is not None:
            self.row.values.append(piece)
            if piece.text:
                self.draft.last_line = max(self.draft.last_line, piece.line)
        self.at += 1

    def _row_from_head(self) -> None:
        """A value where a head was expected: the head's last label belongs to the row, unless it can only be a head."""
        heads = self.block.heads if self.block else []
        if heads and self.in_head and known(heads[-1].text) is None:
            label = heads.pop()
            self._start([label])
        else:
            self.draft.orphans += 1
            self._start([Piece("", self.pieces[self.at].line, self.pieces[self.at].row)])

    def _head(self, piece: Piece) -> bool:
        """Take a head label, a corner or a title; False when the piece labels a row."""
        count = max(1, reach(self.pieces, self.at, _heads))
        found = known(join(self.pieces[self.at:self.at + count]).text)
        if _names_row_here(self.pieces, self.at, found):
            return False
        text = join(self.pieces[self.at:self.at + count])
        if found is not None and found.head2:
            last = self.block
            if last is not None and last.title is not None and last.title.row == text.row is not None:
                last.repeated = True
            else:
                self._open(Block(title=text))
        elif found is not None and found.info2:
            if self.block is None or self.block.rows or self.block.heads:
                self._open(Block())
            if self.block is not None:
                self.block.corner = text
        elif found is not None and found.over3 and self.draft.table == 3:
            if self.block is None or not self.in_head:
                self._open(Block())  # the heads once more, after a page break
            if self.block is not None:
                self.block.heads.append(text)
        elif self.in_head and self.block is not None and not self._begins_rows(piece):
            self.block.heads.append(text)
        else:
            return False
        self.in_head = True
        self.row = None
        self.draft.last_line = max(self.draft.last_line, self.pieces[self.at + count - 1].line)
        self.at += count
        return True

    def _begins_rows(self, piece: Piece) -> bool:
        """With visible rows, the first line that holds values has left the heads behind."""
        if piece.row is None or self.block is None or not self.block.heads:
            return False
        same = [p for p in self.pieces[self.at:self.at + 40] if p.row == piece.row]
        if any(is_value(p.text) for p in same):
            return True
        return self.draft.table == 2 and piece.row != self.block.heads[-1].row

    def _label(self) -> None:
        """A label of a row: all pieces up to the first value."""
        count = max(1, reach(self.pieces, self.at, names_row))
        taken = list(self.pieces[self.at:self.at + count])
        found = known(join(taken).text)
        self.at += count
        row = self.row
        if row is not None and not row.values and len(row.labels) < _DEEPEST and _goes_on(row.labels[-1], taken[0]):
            row.labels.append(join(taken))
        else:
            self._start([join(taken)])
        if found is not None:
            self.draft.last_line = max(self.draft.last_line, taken[-1].line)
        if self.row is not None and taken[-1].row is not None:
            self.row.lead = self._cells_before(self.at)

    def _cells_before(self, at: int) -> int:
        first = at - 1
        while first and at - first < _WIDEST and self.pieces[first - 1].row == self.pieces[at - 1].row:
            first -= 1
        return at - first

    def _start(self, labels: list[Piece]) -> None:
        if self.block is None:
            self._open(Block())
        self.row = DraftRow(labels)
        self.in_head = False
        if self.block is not None:
            self.block.rows.append(self.row)

    def _open(self, block: Block) -> None:
        self.block = block
        self.draft.blocks.append(block)
        self.row = None
        self.in_head = True

    def fourth(self) -> None:
        """Table 四: heads, then one row of values without a label of its own."""
        block = Block()
        self.draft.blocks.append(block)
        start = self._first_values()
        block.heads = _without_copies(joined([p for p in self.pieces[:start] if p.text], _heads))
        if not block.heads:
            return
        self.draft.last_line = block.heads[-1].line
        values = list(self.pieces[start:])
        if values and values[0].row is None:
            end = next((i for i, p in enumerate(values) if p.text and not is_value(p.text)), len(values))
            values = values[:end]
        elif values:
            values = [p for p in values if p.row == values[0].row]
        if values:
            block.rows.append(DraftRow([], values))
            self.draft.last_line = max(self.draft.last_line, values[-1].line)

    def _first_values(self) -> int:
        """Where the values begin: the first value, or an empty row under complete heads."""
        outcomes = 0
        for i, piece in enumerate(self.pieces):
            if is_value(piece.text):
                while i and self.pieces[i - 1].row == piece.row is not None:
                    i -= 1
                return i
            outcomes += bool(piece.text)
            fresh = piece.row is not None and i > 0 and self.pieces[i - 1].row != piece.row
            if fresh and outcomes >= OUTCOMES:
                same = [p for p in self.pieces[i:i + 60] if p.row == piece.row]
                if len(same) >= OUTCOMES and not any(p.text for p in same):
                    return i
        return len(self.pieces)


def _without_copies(heads: list[Piece]) -> list[Piece]:
    """Heads of table 四 without the copies of merged cells: each group once, and one row of outcomes."""
    outcomes = [p for p in heads if (found := known(p.text)) is None or found.col4 is not None]
    if heads[-1:] and heads[-1].row is not None and len(outcomes) > OUTCOMES:
        outcomes = [p for p in outcomes if p.row == heads[-1].row]
    groups = {p.text: p for p in reversed(heads) if (found := known(p.text)) is not None and found.col4 is None}
    return [*reversed(groups.values()), *outcomes]


def _heads(found: Meaning) -> bool:
    return bool(
        found.info2 or found.col2 or found.over3 or found.col3 or found.over4 or found.col4 or found.group4
    )


def _names_row_here(pieces: Sequence[Piece], at: int, found: Meaning | None) -> bool:
    return names_row(found) or reach(pieces, at, names_row) > 0


def _goes_on(last: Piece, new: Piece) -> bool:
    """`new` stands deeper than `last` in the labels of one row, or is the rest of it."""
    if new.row is not None or last.row is not None:
        return new.row == last.row
    if level(new.text) > level(last.text) > 0:
        return True  # （六）其他处理 is a row of the form of 2019 and a group of that of 2021
    return not names_row(known(last.text)) and not LEVEL.match(new.text)
