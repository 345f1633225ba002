"""Labels to their numbers in a printed table: every row's numbers stand on the lines of its label or right beside them.

A row gets its numbers only when no other row could have them. Digits that a narrow column has pushed on to a line of
their own, or a line of numbers too many, throw doubt on the rows on both sides of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.readers.text.draft import DraftRow, Piece
from gongkai.core.report.readers.text.strands import Label, Word, deal, words_of
from gongkai.core.report.readers.text.walk import APPLICANTS
from gongkai.core.report.readers.text.words import known
from gongkai.core.text.fold import fold
from gongkai.core.text.numerals import parse_numeral

_CLEAR = 3.0     # a reading of the labels that costs no more needs no comparison with another form
_BELOW = 2       # lines below the last label on which its numbers can stand
_WRONG = 0.25    # of a label's letters: one more wrong and it may be another label


@dataclass(frozen=True, slots=True)
class Numbers:
    """A line of a printed table: `fragments` of labels and `values`, each with the column where it begins."""

    line: int
    fragments: tuple[tuple[int, str], ...]
    values: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Row:
    """A row label, the row's place in the form, the lines of numbers found for it."""

    label: Label
    rank: int
    numbers: list[Numbers] = field(default_factory=list)
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """Rows in the order of the page; `torn` when most numbers stand at no label, so that none can be trusted."""

    rows: list[DraftRow]
    torn: bool


def attach(lines: Sequence[Numbers]) -> Attached:
    """The rows of table 三 with their labels from the outside in and their numbers."""
    words = [word for line in lines for x, text in line.fragments for word in words_of(line.line, x, text)]
    labels = _read(words)
    numbers = [line for line in lines if line.values]
    rows = _rows(labels)
    used = {id(word) for label in labels for word in label.words}
    strays = _place(rows, numbers, {word.line for word in words if id(word) not in used})
    _doubt_overprints(rows)
    torn = 2 * strays > len(numbers)
    for row in rows:
        row.doubtful = row.doubtful or torn
    return Attached(_drafts(rows, labels), torn)


def _read(words: Sequence[Word]) -> list[Label]:
    """The labels by the form that fits the words best, the newest one first."""
    best: list[Label] = []
    least = float("inf")
    for form_id in reversed(FORM_IDS):
        labels, cost = deal(words, form_id)
        if cost < least:
            best, least = labels, cost
        if cost <= _CLEAR:
            break
    return best


def _rows(labels: Sequence[Label]) -> list[_Row]:
    """The labels that name rows, in the form's order; where the page has another order, both rows are doubtful."""
    ranks = {row.key: rank for form_id in FORM_IDS for rank, row in enumerate(form(form_id).t3_rows)}
    rows = [_Row(label, ranks[label.target.key]) for label in labels if label.target.key is not None]
    rows.sort(key=lambda row: row.rank)
    for above, below in pairwise(rows):
        if above.label.last >= below.label.first:
            above.doubtful = below.doubtful = True
    for row in rows:
        found = known(row.label.text)
        if (found is None or found.row3 != row.label.target.key) and (
            row.label.cost > _WRONG * len(row.label.target.spellings[0])
        ):
            row.doubtful = True
    return rows


def _place(rows: Sequence[_Row], numbers: Sequence[Numbers], junk: set[int]) -> int:
    """Give rows their lines of numbers; the number of lines that no row could take."""
    between: dict[int, list[Numbers]] = {}
    for line in numbers:
        inside = [row for row in rows if row.label.first <= line.line <= row.label.last]
        for row in inside:
            row.numbers.append(line)
        if len(inside) > 1:
            for row in inside:
                row.doubtful = True
        if not inside:
            above = sum(row.label.last < line.line for row in rows)
            between.setdefault(above, []).append(line)
    full = {id(row) for row in rows if row.numbers}
    return sum(_share(rows, above, lines, junk, full) for above, lines in sorted(between.items()))


def _share(
    rows: Sequence[_Row], above: int, lines: list[Numbers], junk: set[int], full: set[int],
) -> int:
    """Lines of numbers between two labels go to the rows on both sides that have none, if these are as many."""
    sides = list(rows[max(0, above - 1):above + 1])
    if above == len(rows) and rows:
        lines = [line for line in lines if line.line <= rows[-1].label.last + _BELOW]
        if not lines:
            return 0
    free = [row for row in sides if id(row) not in full]
    whole = merged(lines, APPLICANTS)
    if whole is not None and len(free) == 1:
        lines = [whole]
    known_gap = _neighbours(rows, above) and not junk.intersection(range(
        sides[0].label.first if sides else 0, (sides[-1].label.last if sides else 0) + 1))
    if known_gap and len(free) == len(lines) and not any(row.numbers for row in free):
        for row, line in zip(free, lines, strict=True):
            row.numbers.append(line)
        return 0
    for row in sides:
        row.doubtful = True
    return len(lines) if not any(id(row) in full for row in sides) else 0


def _neighbours(rows: Sequence[_Row], above: int) -> bool:
    """No row of the form is missing between the two labels, or beyond the first and the last."""
    if not above or above == len(rows):
        return bool(rows) and (rows[0].rank == 0 if not above else rows[-1].label.target.key == "carried_out")
    return rows[above].rank == rows[above - 1].rank + 1


def merged(lines: Sequence[Numbers], width: int) -> Numbers | None:
    """One row whose numbers have slipped on to several lines, each line's right of those above it; None if it is not so."""
    if len(lines) < 2 or sum(len(line.values) for line in lines) != width:
        return None
    for upper, lower in pairwise(lines):
        x, text = upper.values[-1]
        if lower.values[0][0] <= x + len(text):
            return None
    first = lines[0]
    return Numbers(first.line, (), tuple(value for line in lines for value in line.values))


def _doubt_overprints(rows: Sequence[_Row]) -> None:
    """Two rows that a browser has printed on each other give one full row of glued digits and one of a few numbers.

    So a full row beside such a one counts only if it adds up, and a number that begins with 0 never does.
    """
    for row in rows:
        texts = [fold(text) for line in row.numbers for _, text in line.values]
        row.doubtful = row.doubtful or any(len(text) > 1 and text.isdigit() and text[0] == "0" for text in texts)
    for pair in pairwise(rows):
        for row, other in (pair, pair[::-1]):
            short = 0 < sum(len(line.values) for line in other.numbers) < APPLICANTS
            row.doubtful = row.doubtful or (short and not _adds_up(row))


def _adds_up(row: _Row) -> bool:
    found = [parse_numeral(text) for line in row.numbers for _, text in line.values]
    *parts, total = [0 if number is None else number.value for number in found] or [0]
    return len(found) == APPLICANTS and sum(parts) == total


def _drafts(rows: Sequence[_Row], labels: Sequence[Label]) -> list[DraftRow]:
    """Rows of numbers and blank rows, each group's label with the first of its rows."""
    outer = {label.target.spellings[0]: label for label in labels if label.target.key is None}
    found: list[DraftRow] = []
    given: set[str] = set()
    sure = sum(len(row.numbers) == 1 and not row.doubtful for row in rows)
    for row in rows:
        path = [outer[name] for name in row.label.target.above if name in outer and name not in given]
        given.update(row.label.target.above)
        pieces = [Piece(label.text, label.first) for label in (*path, row.label)]
        line = merged(row.numbers, APPLICANTS) or (row.numbers[0] if len(row.numbers) == 1 else None)
        if line is not None:
            values = [Piece(text, line.line) for _, text in line.values]
            found.append(DraftRow(pieces, values, certain=not row.doubtful))
        else:
            blank = [Piece("", row.label.last)] * APPLICANTS
            certain = not row.numbers and not row.doubtful and 2 * sure > len(rows)
            found.append(DraftRow(pieces, blank, certain=certain))
    return found
