"""Tables that a page break has cut: the parts become one table again, with the merged labels that were cut too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from gongkai.core.report.forms import all_forms
from gongkai.core.report.readers.pdf.ruled import Piece, Table
from gongkai.core.text.fold import fold
from gongkai.core.text.numerals import is_blank, parse_numeral

_NEAR = 5.0    # points by which a column border may move from page to page
_EDGE = 8.0    # the same for the outer borders
_STARTS = re.compile(r"行政复议|申请人情况|\(?本列数据")  # heads that only a new table has


def join(upper: Table, lower: Table) -> Table | None:
    """The table that `upper` and its continuation `lower` make, None when `lower` is a table of its own.

    `lower` must be the first thing on the page after the one that `upper` ends.
    """
    if abs(upper.xs[0] - lower.xs[0]) > _EDGE or abs(upper.xs[-1] - lower.xs[-1]) > _EDGE:
        return None
    xs = _union(upper.xs, lower.xs)
    above = [_moved(piece, upper.xs, xs) for piece in upper.pieces]
    below = [_moved(piece, lower.xs, xs) for piece in lower.pieces]
    repeated = _repeated(above, below)
    if not repeated and any(_STARTS.match(fold(p.text)) for p in below if p.row == 0):
        return None
    below = [replace(piece, row=piece.row - repeated) for piece in below if piece.row >= repeated]
    rows = lower.nrows - repeated
    if not below:
        return replace(upper, last_page=lower.last_page)
    ending = {(p.col, p.colspan): p for p in above if p.row + p.rowspan == upper.nrows}
    starting = {(p.col, p.colspan): p for p in below if p.row == 0}
    pairs = [(ending[key], starting[key]) for key in ending.keys() & starting.keys()]
    cut = len(pairs) == len(ending) == len(starting) and _is_cut_row(pairs, upper.nrows - 1)
    shift = upper.nrows - cut
    for a, b in pairs:
        if cut or _goes_on(a, b, above, below):
            a.text = f"{a.text}{b.text}"
            a.rowspan += b.rowspan - cut
            a.certain = a.certain and b.certain
            below.remove(b)
    for piece in below:
        piece.row += shift
    return Table(xs, shift + rows, above + below, upper.first_page, lower.last_page, upper.top, lower.bottom)


def _union(a: list[float], b: list[float]) -> list[float]:
    """The column borders of both parts, those that only moved a little taken once."""
    inner = [x for x in b[1:-1] if min(abs(x - y) for y in a) > _NEAR]
    return sorted([*a, *inner])


def _moved(piece: Piece, old: list[float], new: list[float]) -> Piece:
    """The piece in the columns of the joined table. Outer borders stay outer borders."""
    def column(k: int) -> int:
        if k in (0, len(old) - 1):
            return 0 if k == 0 else len(new) - 1
        return min(range(len(new)), key=lambda j: abs(new[j] - old[k]))
    start, stop = column(piece.col), column(piece.col + piece.colspan)
    return replace(piece, col=start, colspan=stop - start)


def _repeated(above: list[Piece], below: list[Piece]) -> int:
    """How many rows at the head of the continuation repeat the head of the table word for word."""
    heads, again = _by_row(above), _by_row(below)
    count = 0
    while count in again and heads.get(count) == again[count] and not any(_is_number(t) for _, t in again[count]):
        count += 1
    while count and any(p.row < count < p.row + p.rowspan for p in below):
        count -= 1
    return count if any(text for row in range(count) for _, text in again[row]) else 0


def _by_row(pieces: Iterable[Piece]) -> dict[int, list[tuple[int, str]]]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for piece in sorted(pieces, key=lambda p: p.col):
        rows.setdefault(piece.row, []).append((piece.col, fold(piece.text)))
    return rows


def _is_cut_row(pairs: list[tuple[Piece, Piece]], last: int) -> bool:
    """Is the first row below the rest of the last row above? Then its numbers stand on one side only."""
    row = [(a, b) for a, b in pairs if a.row == last and b.rowspan == 1]
    if not row:
        return False
    if all(not b.text for _, b in row):
        return True
    labels = [(a.text, b.text) for a, b in row if not _is_data(a.text) or not _is_data(b.text)]
    data = [(a.text, b.text) for a, b in row if _is_data(a.text) and _is_data(b.text)]
    if not labels or not data or not (all(not b for _, b in data) or all(not a for a, _ in data)):
        return False
    if all(not b for _, b in labels):
        return any(b for _, b in data)  # all the words above, all the numbers below
    return all(fold(a + b) in _labels() and (not b or fold(b) not in _labels()) for a, b in labels)


def _goes_on(a: Piece, b: Piece, above: list[Piece], below: list[Piece]) -> bool:
    """Does a merged label reach from the last rows above into the first rows below?"""
    if _is_number(a.text) or _is_number(b.text):
        return False
    if a.text and b.text:
        return fold(a.text + b.text) in _labels() and fold(b.text) not in _labels()
    return _has_label_beside(a, above) and _has_label_beside(b, below)


def _has_label_beside(piece: Piece, pieces: list[Piece]) -> bool:
    return any(
        p.col >= piece.col + piece.colspan and p.row < piece.row + piece.rowspan and piece.row < p.row + p.rowspan
        and not _is_data(p.text)
        for p in pieces
    )


def _is_number(text: str) -> bool:
    return parse_numeral(text) is not None


def _is_data(text: str) -> bool:
    return is_blank(text) or _is_number(text)


@cache
def _labels() -> frozenset[str]:
    """Every label of every form, folded."""
    found: set[str] = set()
    for form in all_forms():
        labels = [*form.t3_rows, *form.t3_columns, *form.t4_groups, *form.t4_columns]
        labels += [label for block in form.blocks for label in (*block.rows, *block.columns)]
        found.update(fold(text) for label in labels for text in (*label.path, *label.variants))
        found.add(fold(form.t3_corner))
    return frozenset(found)
