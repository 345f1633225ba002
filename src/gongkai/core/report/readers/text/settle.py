"""Which column each value of a row belongs to; where that is not certain, the row says so.

Merged cells leave empty cells behind, before the values or after them, and not every exporter writes them. A row is
settled when its values can stand in only one way under the heads, by itself or as the other rows of the table do.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.report.readers.text.draft import DraftRow, Piece


def settle(rows: Sequence[DraftRow], width: int, *, last_line: int) -> None:
    """Bring the values of each row to exactly `width` pieces, or mark the row uncertain.

    `width` is the number of columns. `last_line` is the last filled line of the file: a row that ends there may
    have been cut off. Uncertain rows keep what was read, in order, and never shift.
    """
    for row in rows:
        _drop_stub(row, width, last_line)
    absolute = _absolute_start(rows, width)
    at_once = any(_starts(row, width) == [0] and len(row.values) > width for row in rows)
    for row in rows:
        _settle(row, width, absolute, at_once, last_line)


def _drop_stub(row: DraftRow, width: int, last_line: int) -> None:
    """A number after a full row on the file's last line is the ordinal of a label that was cut off there."""
    if len(row.values) == width + 1 and row.values[-1].line == last_line and row.values[-1].row is None:
        row.values.pop()


def _starts(row: DraftRow, width: int) -> list[int]:
    """Every offset at which the values can begin, so that only empty cells are left over."""
    texts = [piece.text for piece in row.values]
    return [
        k for k in range(len(texts) - width + 1) if not any(texts[:k]) and not any(texts[k + width:])
    ]


def _absolute_start(rows: Sequence[DraftRow], width: int) -> int | None:
    """The column of the file in which all values begin, when rows with empty merged label cells show one."""
    single = [(row, starts[0]) for row in rows if len(starts := _starts(row, width)) == 1 and row.lead]
    places = {row.lead + k for row, k in single}
    return places.pop() if len(places) == 1 and any(k for _, k in single) else None


def _settle(row: DraftRow, width: int, absolute: int | None, at_once: bool, last_line: int) -> None:
    """`absolute`: the file's column of the first value; `at_once`: values begin right behind the label."""
    if not any(piece.text for piece in row.values):
        _blank(row, width, last_line)
        return
    start = _start(row, width, absolute, at_once)
    if start is not None:
        row.values = row.values[start:start + width]
        return
    row.certain = False
    row.cut = len(row.values) < width and row.values[-1].line == last_line
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


def _blank(row: DraftRow, width: int, last_line: int) -> None:
    """A row without any value: blank cells, or cut off before its values came."""
    end = max([piece.line for piece in (*row.labels, *row.values)], default=0)
    if end >= last_line and len(row.values) < width:
        row.values, row.cut = [], True
        return
    where = row.labels[-1] if row.labels else Piece("", end)
    row.values = [Piece("", where.line, where.row)] * width
