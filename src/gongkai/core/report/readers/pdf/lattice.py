"""Ruling lines of one page → tables of slots with true spans, before any text is placed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.core.report.readers.pdf.page import Rule

NEAR = 3.0       # points within which lines are one: double lines, borders drawn cell by cell
_GAP = 4.0       # points between the dashes of one line
_SHORTEST = 6.0  # points; less is a mark, not a border
_OPEN = 6.0      # points by which lines must stick out of the grid to tell of a missing outer border
_SLIM_COLUMN = 4.0  # points; less lies between the borders of neighbouring cells and is no column
_SLIM_ROW = 6.5     # points; the same for rows, which are never as low as this
_ONE_ROW = 60.0  # points
_MOST_LINES = 1_500


@dataclass(slots=True)
class Line:
    """A merged line: `at` is its coordinate, from `start` to `stop` along it."""

    at: float
    start: float
    stop: float


@dataclass(slots=True)
class Region:
    """One cell: its first slot and its span. `whole` is False where missing borders leave it without a shape."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    whole: bool = True


@dataclass(slots=True)
class Lattice:
    """A ruled table: the coordinates of its column and row borders and the region that owns each slot."""

    xs: list[float]
    ys: list[float]
    regions: list[Region] = field(default_factory=list)
    owner: list[list[int]] = field(default_factory=list)

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point, None outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1


def find_lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """The tables that the lines of a page make, top down.

    A frame around one cell counts only when it is as low as a row: the one row of a table that a page break left.
    """
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for x0, top, x1, bottom in rules:
        if x1 - x0 >= bottom - top:
            across.append(((top + bottom) / 2, x0, x1))
        if bottom - top >= x1 - x0:
            down.append(((x0 + x1) / 2, top, bottom))
    horizontal, vertical = _merge(across), _merge(down)
    if not horizontal or not vertical or len(horizontal) + len(vertical) > _MOST_LINES:
        return []
    found = (_lattice(h, v) for h, v in _components(horizontal, vertical))
    return sorted((lattice for lattice in found if lattice is not None), key=lambda lattice: lattice.ys[0])


def _merge(pieces: list[tuple[float, float, float]]) -> list[Line]:
    """Pieces on (nearly) one line that touch or follow each other as dashes become one."""
    lines: list[Line] = []
    pieces.sort()
    first = 0
    for i in range(1, len(pieces) + 1):
        if i < len(pieces) and pieces[i][0] - pieces[first][0] <= NEAR:
            continue
        row = sorted(pieces[first:i], key=lambda piece: piece[1])
        at = sum(p[0] * (p[2] - p[1] + 0.01) for p in row) / sum(p[2] - p[1] + 0.01 for p in row)
        line = Line(at, row[0][1], row[0][2])
        for _, start, stop in row[1:]:
            if start <= line.stop + _GAP:
                line.stop = max(line.stop, stop)
            else:
                lines.append(line)
                line = Line(at, start, stop)
        lines.append(line)
        first = i
    return [line for line in lines if line.stop - line.start >= _SHORTEST]


def _components(horizontal: list[Line], vertical: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that touch each other, together: one table each."""
    group = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical, len(horizontal)):
            if (
                v.start - NEAR <= h.at <= v.stop + NEAR and h.start - NEAR <= v.at <= h.stop + NEAR
            ):
                group[root(i)] = root(j)
    found: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, h in enumerate(horizontal):
        found.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        found.setdefault(root(j), ([], []))[1].append(v)
    return [(h, v) for h, v in found.values() if h and v]


def _lattice(horizontal: list[Line], vertical: list[Line]) -> Lattice | None:
    xs = _borders([v.at for v in vertical], [h.start for h in horizontal], [h.stop for h in horizontal], _SLIM_COLUMN)
    ys = _borders([h.at for h in horizontal], [v.start for v in vertical], [v.stop for v in vertical], _SLIM_ROW)
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1:
        return None
    lattice = Lattice(xs, ys)
    _own(lattice, _walls(vertical, xs, ys), _walls(horizontal, ys, xs))
    return lattice if len(lattice.regions) > 1 or ys[-1] - ys[0] < _ONE_ROW else None


def _borders(inner: list[float], starts: list[float], stops: list[float], slim: float) -> list[float]:
    """Distinct coordinates of lines, with the ends of the crossing lines where an outer border is not drawn."""
    found: list[float] = []
    for at in sorted(inner):
        if not found or at - found[-1] > slim:
            found.append(at)
    if min(starts) < found[0] - _OPEN:
        found.insert(0, min(starts))
    if max(stops) > found[-1] + _OPEN:
        found.append(max(stops))
    return found


def _walls(lines: list[Line], borders: list[float], along: list[float]) -> list[list[bool]]:
    """walls[k][i]: is border k drawn beside slot i? Outer borders always are."""
    slots = len(along) - 1
    walls = [[k in (0, len(borders) - 1)] * slots for k in range(len(borders))]
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    for line in lines:
        k = min(range(len(borders)), key=lambda k: abs(borders[k] - line.at))
        for i, middle in enumerate(middles):
            if line.start <= middle <= line.stop:
                walls[k][i] = True
    return walls


def _own(lattice: Lattice, left: list[list[bool]], above: list[list[bool]]) -> None:
    """Slots without a wall between them are one region; where that is no rectangle each slot stands for itself."""
    rows, cols = len(lattice.ys) - 1, len(lattice.xs) - 1
    owner = [[-1] * cols for _ in range(rows)]
    for row in range(rows):
        for col in range(cols):
            if owner[row][col] >= 0:
                continue
            reached = _reach(row, col, left, above, rows, cols)
            height = max(r for r, _ in reached) - row + 1
            width = max(c for _, c in reached) - col + 1
            if height * width == len(reached):
                lattice.regions.append(Region(row, col, height, width))
                for r, c in reached:
                    owner[r][c] = len(lattice.regions) - 1
            else:
                for r, c in sorted(reached):
                    lattice.regions.append(Region(r, c, whole=False))
                    owner[r][c] = len(lattice.regions) - 1
    lattice.owner = owner


def _reach(
    row: int, col: int, left: list[list[bool]], above: list[list[bool]], rows: int, cols: int,
) -> set[tuple[int, int]]:
    """Every slot that can be walked to without crossing a wall."""
    reached = {(row, col)}
    todo = [(row, col)]
    while todo:
        r, c = todo.pop()
        for near, wall in (
            ((r, c + 1), c + 1 >= cols or left[c + 1][r]), ((r, c - 1), left[c][r]),
            ((r + 1, c), r + 1 >= rows or above[r + 1][c]), ((r - 1, c), above[r][c]),
        ):
            if not wall and near not in reached:
                reached.add(near)
                todo.append(near)
    return reached
