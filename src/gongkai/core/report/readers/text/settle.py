"""Which column each value of a row belongs to; where that is not certain, the row says so.

Merged cells leave empty cells behind, before the values or after them, and not every exporter writes them. A row is
settled when its values can stand in only one way under the heads, by itself or as the other rows of the table do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.core.report.readers.text.draft import DraftRow, End, Piece

_ODD_ROWS = 5  # at most one row in so many may begin elsewhere than the others


def settle(rows: Sequence[DraftRow], width: int, end: End) -> None:
    """Bring the values of each row to exactly `width` pieces, or mark the row uncertain.

    `width` is the number of columns. A row that stands at the file's end may have been cut off. Uncertain rows
    keep what was read, in order, and never shift.
    """
    for row in rows:
        _drop_stub(row, width, end)
    absolute = _absolute_start([row for row in rows if row.values and row.values[-1].line != end.line], width)
    at_once = any(_starts(row, width) == [0] and len(row.values) > width for row in rows)
    for row in rows:
        _settle(row, width, absolute, at_once, end)


def _drop_stub(row: DraftRow, width: int, end: End) -> None:
    """A number after a full row on the file's last line is the ordinal of a label that was cut off there."""
    if len(row.values) == width + 1 and row.values[-1].line == end.line and row.values[-1].row is None:
        row.values.pop()


def _starts(row: DraftRow, width: int) -> list[int]:
    """Every offset at which the values can begin, so that only empty cells are left over."""
    filled = [i for i, piece in enumerate(row.values) if piece.text]
    first, last = (filled[0], filled[-1]) if filled else (len(row.values), -1)
    return list(range(max(0, last + 1 - width), min(first, len(row.values) - width) + 1))


def _absolute_start(rows: Sequence[DraftRow], width: int) -> int | None:
    """The column of the file in which all values begin, when rows with empty merged label cells show one."""
    single = [(row, starts[0]) for row in rows if len(starts := _starts(row, width)) == 1 and row.lead]
    places = Counter(row.lead + k for row, k in single)
    if not any(k for _, k in single):
        return None
    place, count = places.most_common(1)[0]
    return place if count * _ODD_ROWS >= len(single) * (_ODD_ROWS - 1) else None


def _settle(row: DraftRow, width: int, absolute: int | None, at_once: bool, end: End) -> None:
    """`absolute`: the file's column of the first value; `at_once`: values begin right behind the label."""
    if not any(piece.text for piece in row.values):
        _blank(row, width, end)
        return
    start = _start(row, width, absolute, at_once)
    at_end = row.values[-1].line == end.line and absolute is None
    if start is not None and at_end and (start or not row.values[0].text):
        start = None  # cut off: what is missing at the right may be missing because a merged cell stands at the left
    if start is not None:
        row.values = row.values[start:start + width]
        return
    row.certain = False
    row.cut = len(row.values) < width and row.values[-1].line == end.line
    if not row.cut:  # one of the values is not there, nobody knows which
        row.values += [Piece("", row.values[-1].line, row.values[-1].row)] * (width - len(row.values))


def _start(row: DraftRow, width: int, absolute: int | None, at_once: bool) -> int | None:
    starts = _starts(row, width)
    if absolute is not None and row.lead:
        wanted = absolute - row.lead
        return wanted if wanted in starts else None
    if len(starts) == 1 or (starts and at_once and starts[0] == 0):
        return starts[0]
    return None


def _blank(row: DraftRow, width: int, end: End) -> None:
    """A row without any value: blank cells, or cut off before its values came."""
    line = max([piece.line for piece in (*row.labels, *row.values)], default=0)
    if line >= end.line and len(row.values) < width:
        row.values, row.cut = [], True
        return
    where = row.labels[-1] if row.labels else Piece("", line)
    row.values = [Piece("", where.line, where.row)] * width
