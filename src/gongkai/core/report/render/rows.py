"""Rows of the statutory tables drawn with characters, and the cells in them marked.

A row is drawn with the heads of its columns above it. Heads are broken in two where the window is narrow; the label
gets the room that is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.model import Cell, Report, Status
from gongkai.core.report.render.labels import line
from gongkai.core.report.render.tables import cell_text
from gongkai.core.report.render.width import pad, shorten, width

_GAP = 2
_LABEL_AT_LEAST, _LABEL_AT_MOST = 12, 44
_STAND_IN = {Status.BLANK: "空", Status.MISSING: "缺", Status.UNREADABLE: "？", Status.VALUE: ""}


class Row(NamedTuple):
    """A row of a table: its label, and for each column its head, the unit that the head gives, and the cell."""

    label: str
    heads: tuple[str, ...]
    units: tuple[str | None, ...]
    cells: tuple[Cell, ...]

    def texts(self) -> list[str]:
        """What stands in the cells, with a word where nothing readable stands."""
        pairs = zip(self.cells, self.units, strict=True)
        return [cell_text(cell, unit) or _STAND_IN[cell.status] for cell, unit in pairs]


class Mark(NamedTuple):
    """How a cell is underlined: with ^ where it should be mended, with - where it is only concerned."""

    main: bool
    note: str = ""


def rows_of(report: Report, cell_ids: Iterable[str]) -> list[Row]:
    """The distinct rows in which these cells stand, in the order in which the cells are given."""
    keys = dict.fromkeys(cell_id.rsplit(".", 1)[0] for cell_id in cell_ids)
    rows = []
    for key in keys:
        table, row_key = key.split(".")
        chosen = form(report.forms.get(table, FORM_IDS[-1]))
        labels, columns = line(chosen, table, row_key)
        label = next(label for label in labels if label.key == row_key)
        cells = tuple(report.cells.get(f"{key}.{c.key}") or Cell(f"{key}.{c.key}", Status.MISSING) for c in columns)
        rows.append(Row(label.text, tuple(c.text for c in columns), tuple(c.unit for c in columns), cells))
    return rows


def draw(rows: Sequence[Row], room: int, marks: Mapping[str, Mark] | None = None) -> Iterator[tuple[str, str]]:
    """Lines of (kind, text), kind being head, row or mark; rows that share their heads are drawn under one head."""
    marks = marks or {}
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].heads == rows[start].heads:
            end += 1
        yield from _block(rows[start:end], room, marks)
        start = end


def _block(rows: Sequence[Row], room: int, marks: Mapping[str, Mark]) -> Iterator[tuple[str, str]]:
    heads = [[head] for head in rows[0].heads]
    columns = _column_widths(rows, heads)
    wanted = min(_LABEL_AT_MOST, max(width(row.label) for row in rows))
    if wanted + sum(columns) + _GAP * len(columns) > room:
        heads = [[head[:4], head[4:]] if len(head) > 4 else [head] for head in rows[0].heads]
        columns = _column_widths(rows, heads)
    label_room = max(_LABEL_AT_LEAST, min(wanted, room - sum(columns) - _GAP * len(columns)))
    deepest = max(len(head) for head in heads)
    for level in range(deepest):
        # A short head stands on the lowest line, next to its numbers.
        words = ["" if level < deepest - len(head) else head[level - deepest + len(head)] for head in heads]
        yield "head", _line("", label_room, words, columns)
    for row in rows:
        yield "row", _line(shorten(row.label, label_room), label_room, row.texts(), columns)
        if any(cell.id in marks for cell in row.cells):
            yield "mark", _marks_line(row, label_room, columns, marks, room)


def _column_widths(rows: Sequence[Row], heads: Sequence[Sequence[str]]) -> list[int]:
    texts = [row.texts() for row in rows]
    return [
        max(*(width(word) for word in head), *(width(line[i]) for line in texts)) for i, head in enumerate(heads)
    ]


def _line(label: str, label_room: int, texts: Sequence[str], columns: Sequence[int]) -> str:
    parts = [pad(text, room, right=True) for text, room in zip(texts, columns, strict=True)]
    return (pad(label, label_room) + " " * _GAP + (" " * _GAP).join(parts)).rstrip()


def _marks_line(
    row: Row, label_room: int, columns: Sequence[int], marks: Mapping[str, Mark], room: int,
) -> str:
    """Signs under the marked cells, with what they should be: behind them, or before them at the window's edge."""
    signs, notes = [], []
    for cell, text, wide in zip(row.cells, row.texts(), columns, strict=True):
        mark = marks.get(cell.id)
        sign = "" if mark is None else ("^" if mark.main else "-") * max(1, width(text))
        signs.append(pad(sign, wide, right=True))
        if mark is not None and mark.note:
            notes.append(mark.note)
    line = (" " * (label_room + _GAP) + (" " * _GAP).join(signs)).rstrip()
    note = " ".join(notes)
    if not note or width(line) + 1 + width(note) <= room:
        return f"{line} {note}".rstrip()
    before = len(line) - len(line.lstrip()) - 1 - width(note)
    return f"{' ' * before}{note} {line.lstrip()}" if before >= 0 else line
