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
from gongkai.core.report.readers.text.number_lines import Numbers, adds_up, healed, merged, refolded, spread
from gongkai.core.report.readers.text.strands import Label, Word, deal, words_of
from gongkai.core.report.readers.text.walk import APPLICANTS
from gongkai.core.report.readers.text.words import known
from gongkai.core.text.fold import fold

_CLEAR = 3.0     # a reading of the labels that costs no more needs no comparison with another form
_BELOW = 2       # lines below the last label on which its numbers can stand
_LAST = form(FORM_IDS[-1]).t3_rows[-1].key
_WRONG = 0.25    # of a label's letters: one more wrong and it may be another label


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
    junk = {word.line for word in words if id(word) not in used}
    strays = _place(rows, numbers, junk)
    # Where the page breaks off, the last label may be the head of a row whose own label was cut: （六）其他处理 of the
    # form of 2019 is the beginning of three rows of 2021.
    if rows and rows[-1].label.target.key != _LAST and any(line >= rows[-1].label.first for line in junk):
        rows[-1].doubtful = True
    for row in rows:
        if len(row.numbers) > 1:
            _heal(row, ())
    _doubt_overprints(rows)
    _fill_gaps(rows)
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
            row.doubtful = row.doubtful or len(inside) > 1
        if not inside:
            between.setdefault(sum(row.label.last < line.line for row in rows), []).append(line)
    for at, row in enumerate(rows):
        if 0 < _count(row) < APPLICANTS and (at in between or at + 1 in between):
            between[at] = sorted((*between.get(at, ()), *row.numbers), key=lambda line: line.line)
            row.numbers = []  # the first steps of rows that are printed column by column
    full = [at for at, row in enumerate(rows) if row.numbers]
    strays = 0
    for above, below in pairwise([-1, *full, len(rows)]):
        lines = [line for gap in range(above + 1, below + 1) for line in between.get(gap, ())]
        if below == len(rows) and rows:
            lines = [line for line in lines if line.line <= rows[-1].label.last + _BELOW]
        strays += _share(rows, above, below, lines, junk) if lines else 0
    return strays


def _share(rows: Sequence[_Row], above: int, below: int, lines: Sequence[Numbers], junk: set[int]) -> int:
    """Lines of numbers between two rows that have theirs go to the rows between, if there are as many of each.

    What is left over may be digits pushed out of a row beside it: such a row counts only if it adds up.
    """
    free = rows[above + 1:below]
    folded = refolded(lines, APPLICANTS) if len(lines) > 1 else lines
    if free and folded is not None and len(folded) == len(free) and _unbroken(rows, above, below, junk):
        for row, line in zip(free, folded, strict=True):
            row.numbers.append(line)
        return 0
    if not free and above >= 0 and _heal(rows[above], lines):
        lines = []
    one_digit = sum(len(line.values) for line in lines) == 1
    for row in rows[max(0, above):below + 1]:
        proven = (one_digit or not lines) and len(row.numbers) == 1 and adds_up(row.numbers[0].values)
        row.doubtful = row.doubtful or not proven
    return len(lines) if free else 0


def _heal(row: _Row, below: Sequence[Numbers]) -> bool:
    """Give a row its digits back that stand below it; False where that is not sure."""
    first, *more = [*row.numbers, *below]
    values = healed(first.values, [value for line in more for value in line.values])
    if len(first.values) != APPLICANTS or values is None:
        return False
    row.numbers = [Numbers(first.line, (), values)]
    return True


def _unbroken(rows: Sequence[_Row], above: int, below: int, junk: set[int]) -> bool:
    """No row of the form is missing here, and nothing unknown stands between these labels."""
    ranks = [row.rank for row in rows[max(0, above):below + 1]]
    if above < 0:
        ranks.insert(0, -1)
    if below == len(rows) and rows[-1].label.target.key != _LAST:
        return False
    first = rows[max(0, above)].label.first
    last = rows[min(below, len(rows) - 1)].label.last
    return all(b == a + 1 for a, b in pairwise(ranks)) and not any(first <= line <= last for line in junk)


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
            proven = len(row.numbers) != 1 or adds_up(row.numbers[0].values)
            row.doubtful = row.doubtful or (short and not proven)


def _fill_gaps(rows: Sequence[_Row]) -> None:
    """Rows with empty cells: their numbers stand under those of the nearest full rows above and below."""
    full = [at for at, row in enumerate(rows) if not row.doubtful and _count(row) == APPLICANTS]
    for at, row in enumerate(rows):
        if row.doubtful or len(row.numbers) != 1 or not 1 < _count(row) < APPLICANTS:
            continue
        beside = [max((k for k in full if k < at), default=None), min((k for k in full if k > at), default=None)]
        models = [rows[k].numbers[0].values for k in beside if k is not None]
        values = spread(row.numbers[0].values, models) if len(models) == 2 else None
        if values is not None:
            row.numbers = [Numbers(row.numbers[0].line, (), values)]


def _count(row: _Row) -> int:
    return sum(len(line.values) for line in row.numbers)


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
        line = row.numbers[0] if len(row.numbers) == 1 else merged(row.numbers, APPLICANTS)
        if line is not None:
            values = [Piece(text, line.line) for _, text in line.values]
            found.append(DraftRow(pieces, values, certain=not row.doubtful and len(values) == APPLICANTS))
        else:
            blank = [Piece("", row.label.last)] * APPLICANTS
            certain = not row.numbers and not row.doubtful and 2 * sure > len(rows)
            found.append(DraftRow(pieces, blank, certain=certain))
    return found
