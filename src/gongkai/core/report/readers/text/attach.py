"""Labels to their numbers in a printed table: each number line gets the label fragments on, above and below it.

Only fragments that together make a label of the form are preferred; the cheapest assignment of the whole table wins,
so that one broken label cannot push the others out of place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from gongkai.core.report.forms import all_forms
from gongkai.core.report.locate.labels import spell
from gongkai.core.report.locate.nearest import edits
from gongkai.core.report.readers.text.draft import DraftRow, Piece
from gongkai.core.report.readers.text.pick import LEVEL, level
from gongkai.core.report.readers.text.words import known
from gongkai.core.text.fold import fold

_BREAK = re.compile(  # （三）不予公开1.属于国家秘密 holds two labels
    r"(?<=[^(（])(?=[(（][一二三四五六七][)）])|(?<=[^\W\d_])(?=[1-8][.．、])|(?<=[)）\s])(?=[1-8][.．、])"
)
_GROUPS = frozenset({"三、", "（三）", "（四）", "（五）"})  # ordinals of labels that span rows and are none themselves
_MOST = 4      # fragments of one label between two number lines
_UNKNOWN = 4   # cost of a label that the form does not know
_NOTHING = 5   # cost of numbers without any label
_TANGLED = 20_000  # ways to be tried in a table; a printed one has some hundred
_UNUSED = 6    # cost of label fragments that label no numbers
_WASTED = 3    # cost of the beginning of a label that labels no numbers
_EXACT = 0.1   # a label that costs less is one of the form, word for word


@dataclass(frozen=True, slots=True)
class Numbers:
    """A line of a printed table. `sheet` changes where columns may shift: at page breaks and repeated heads."""

    line: int
    sheet: int
    fragments: tuple[tuple[int, str], ...]
    values: tuple[str, ...]


@dataclass(slots=True)
class _Fragment:
    piece: Piece
    depth: int
    begins: bool  # has an ordinal, so that a label begins here


@dataclass(frozen=True, slots=True)
class _Cut:
    """A gap divided: `upto` items and `outer` outer fragments belong to the row above, items from `rest` on below."""

    upto: int
    rest: int
    outer: int


@dataclass(slots=True)
class _Gap:
    """Label fragments by depth between two number lines, or on one."""

    items: list[_Fragment] = field(default_factory=list)
    outer: list[_Fragment] = field(default_factory=list)
    groups: list[_Fragment] = field(default_factory=list)  # labels that never stand for a row of their own

    def cuts(self, *, top: bool = False, bottom: bool = False) -> list[_Cut]:
        """Every way to divide the gap that is worth trying; the first and the last gap have a row on one side only."""
        n, m = len(self.items), len(self.outer)
        uptos = [0] if top else range(min(_MOST, n) + 1)
        rests = [n] if bottom else range(max(0, n - _MOST), n + 1)
        outers = [0] if top else [m] if bottom else sorted({*range(min(_MOST, m) + 1), m})
        return [_Cut(upto, rest, outer) for upto in uptos for rest in rests if upto <= rest for outer in outers]

    def above(self, cut: _Cut) -> _Gap:
        return _Gap(self.items[:cut.upto], self.outer[:cut.outer])

    def below(self, cut: _Cut) -> _Gap:
        return _Gap(self.items[cut.rest:], self.outer[cut.outer:])

    def skipped(self, cut: _Cut) -> float:
        """What it costs to leave items without numbers: little for a row left blank or one at which the file ends."""
        text = "".join(f.piece.text for f in self.items[cut.upto:cut.rest])
        if not text:
            return 0.0
        core = spell(text).core
        if _strangeness(text) < _EXACT or not core or any(label.startswith(core) for label in _row_cores()):
            return 0.5
        return float(_UNUSED)


@dataclass(slots=True)
class _NumberLine:
    values: list[Piece]
    own: _Gap


def attach(lines: Sequence[Numbers]) -> list[DraftRow]:
    """Rows in order, each with its labels from the outside in; a row whose label is not found has none.

    Where labels and numbers are so mixed up that no printed table can look like it, no row gets a label.
    """
    gaps, numbers = _sort_out(lines)
    if not numbers:
        return []
    if sum(len(above.cuts()) * len(below.cuts()) for above, below in pairwise(gaps)) > _TANGLED:
        return [DraftRow([], number.values, certain=False) for number in numbers]
    cuts = _best_cuts(gaps, numbers)
    rows: list[DraftRow] = []
    used: set[int] = set()
    for number, above, below, upper, lower in zip(numbers, gaps, gaps[1:], cuts, cuts[1:], strict=False):
        chosen = _label(number, above.below(upper), below.above(lower))[0]
        used.update(id(fragment) for fragment in chosen)
        label = "".join(fragment.piece.text for fragment in chosen)
        line = chosen[0].piece.line if chosen else number.values[0].line
        rows.append(DraftRow([Piece(label, line)] if label else [], number.values, certain=bool(label)))
    left = [f for gap in _in_order(gaps, numbers) for f in (*gap.groups, *gap.outer) if id(f) not in used]
    left.sort(key=lambda fragment: fragment.piece.line)
    _group(rows, left)
    return rows


def _in_order(gaps: Sequence[_Gap], numbers: Sequence[_NumberLine]) -> list[_Gap]:
    found = [gaps[0]]
    for gap, number in zip(gaps[1:], numbers, strict=True):
        found += [number.own, gap]
    return found


def _sort_out(lines: Sequence[Numbers]) -> tuple[list[_Gap], list[_NumberLine]]:
    """Number lines, and the gaps before, between and after them."""
    edges = _edges(lines)
    text = fold("".join(part for line in lines for _, part in line.fragments))
    groups = _GROUPS | ({"（六）"} if "逾期" in text else set())  # only the form of 2021 has rows under （六）
    gaps, numbers = [_Gap()], []
    for line in lines:
        target = _Gap() if line.values else gaps[-1]
        for x, text in line.fragments:
            for part in map(str.strip, _BREAK.split(text)):
                depth = _depth(x, part, edges[line.sheet])
                piece = Piece(part, line.line)
                match = LEVEL.match(part)
                is_group = match is not None and _ordinal(match) in groups
                kind = target.groups if is_group else target.items if depth == 3 else target.outer
                kind.append(_Fragment(piece, depth, match is not None))
        if line.values:
            numbers.append(_NumberLine([Piece(text, line.line) for text in line.values], target))
            gaps.append(_Gap())
    for gap in gaps:
        for fragments in (gap.items, gap.outer):
            del fragments[_MOST * 2:-_MOST * 2]
    return gaps, numbers


def _ordinal(match: re.Match[str]) -> str:
    """The ordinal as the form writes it: 三、 · （三） · 3."""
    inner = fold(match.group()).strip("()、,.")
    return f"（{inner}）" if match["group"] else f"{inner}、" if match["outer"] else f"{inner}."


def _edges(lines: Sequence[Numbers]) -> dict[int, tuple[int, int]]:
    """Where item labels and group labels begin on each sheet."""
    edges: dict[int, tuple[int, int]] = {}
    for line in lines:
        items, groups = edges.get(line.sheet, (10_000, 10_000))
        for x, text in line.fragments:
            match = LEVEL.match(text)
            if match and match["item"]:
                items = min(items, x)
            elif match and match["group"]:
                groups = min(groups, x)
        edges[line.sheet] = (items, groups)
    return edges


def _depth(x: int, text: str, edges: tuple[int, int]) -> int:
    if LEVEL.match(text):
        return level(text)
    items, groups = edges
    if x >= items - 1:
        return 3
    return 2 if x >= groups - 1 else 1


def _best_cuts(gaps: Sequence[_Gap], numbers: Sequence[_NumberLine]) -> list[_Cut]:
    """Where each gap is divided between the row above it and the row below, at the least cost for the whole table."""
    best: dict[_Cut, tuple[float, list[_Cut]]] = {cut: (gaps[0].skipped(cut), [cut]) for cut in gaps[0].cuts(top=True)}
    for i, number in enumerate(numbers):
        above, below = gaps[i], gaps[i + 1]
        after: dict[_Cut, tuple[float, list[_Cut]]] = {}
        for cut in below.cuts(bottom=i == len(numbers) - 1):
            skipped = below.skipped(cut)
            for before, (cost, cuts) in best.items():
                here = cost + skipped + _label(number, above.below(before), below.above(cut))[1]
                if cut not in after or here < after[cut][0]:
                    after[cut] = (here, [*cuts, cut])
        best = after
    return min(best.values(), key=lambda entry: entry[0])[1]


def _label(number: _NumberLine, above: _Gap, below: _Gap) -> tuple[list[_Fragment], float]:
    """The fragments that label these numbers, and the cost of that."""
    items = [*above.items, *number.own.items, *below.items]
    if items:
        chosen = items
        cost = _strangeness("".join(f.piece.text for f in items)) + (0 if number.own.items else 0.1)
    else:
        chosen, cost = _outer_label(above.outer, number.own.outer, below.outer)
    return chosen, cost + sum(
        0.5 if _strangeness(f.piece.text) < _EXACT else float(_WASTED)
        for f in (*above.outer, *number.own.outer, *below.outer) if f.begins and f not in chosen
    )


def _outer_label(
    above: Sequence[_Fragment], own: Sequence[_Fragment], below: Sequence[_Fragment],
) -> tuple[list[_Fragment], float]:
    """The fragments of a row labelled left of the items (一、 · （一） · （七）), and what that label costs."""
    best: list[_Fragment] = list(own)
    cost = _strangeness("".join(f.piece.text for f in own)) if own else float(_NOTHING)
    for depth in (1, 2):
        mine = [f for f in own if f.depth == depth]
        up, down = [f for f in above if f.depth == depth], [f for f in below if f.depth == depth]
        for a in range(min(3, len(up)) + 1):
            for b in range(min(3, len(down)) + 1):
                parts = [*up[len(up) - a:], *mine, *down[:b]]
                if not parts:
                    continue
                here = _strangeness("".join(f.piece.text for f in parts)) + (a + b) * 0.01
                if here < cost:
                    best, cost = parts, here
    return best, cost


@lru_cache(maxsize=4096)
def _strangeness(text: str) -> float:
    """0 for a label of a row, rising to `_UNKNOWN` the less it resembles any."""
    found = known(text)
    if found is not None and found.row3 is not None:
        return 0.0
    core = spell(text).core
    if found is not None or not core or len(core) > 60:
        return float(_UNKNOWN)
    letters = set(core)
    alike = [label for label in _row_cores() if 2 * len(letters.intersection(label)) >= len(letters)]
    distance = min((edits(core, label) / max(len(core), len(label)) for label in alike), default=1.0)
    return min(float(_UNKNOWN), 1 + 4 * distance)


@lru_cache(maxsize=1)
def _row_cores() -> tuple[str, ...]:
    rows = [row for form in all_forms() for row in form.t3_rows]
    return tuple({spell(text).core for row in rows for text in (row.text, *row.variants)})


def _group(rows: Sequence[DraftRow], left: Sequence[_Fragment]) -> None:
    """Give the first row of every group the group's label, and 三、本年度办理结果 to the first row that is under it."""
    groups: dict[str, Piece] = {}
    current = ""
    for fragment in left:
        match = LEVEL.match(fragment.piece.text)
        if fragment.depth == 2 and match and match["group"]:
            current = fold(match["group"])[1]
            groups[current] = fragment.piece
        elif fragment.depth == 2 and current:
            groups[current] = Piece(groups[current].text + fragment.piece.text, groups[current].line)
    outer = [fragment.piece for fragment in left if fragment.depth == 1]
    side = Piece("".join(piece.text for piece in outer), outer[0].line) if outer else None
    given: set[str] = set()
    for row in rows:
        if not row.labels:
            continue
        depth = level(row.labels[-1].text)
        ordinal = _group_of(row.labels[-1].text) if depth == 3 else ""
        if ordinal in groups and ordinal not in given:
            given.add(ordinal)
            row.labels.insert(0, groups[ordinal])
        if side is not None and depth in (2, 3) and "办理结果" in fold(side.text):
            row.labels.insert(0, side)
            side = None


def _group_of(text: str) -> str:
    """The ordinal of the group (三 for （三）) to which the form counts an item, "" when that is not known."""
    found = known(text)
    if found is None or found.row3 is None:
        return ""
    return _groups().get(found.row3, "")


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return {row.key: row.path[1][1] for form in all_forms() for row in form.t3_rows if len(row.path) == 3}
