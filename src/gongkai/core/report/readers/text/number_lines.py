"""Lines of numbers in a printed table, and rows of numbers that have slipped on to several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from gongkai.core.text.numerals import parse_numeral

Value = tuple[int, str]  # the column where it begins, as written
_NEAR = 1  # characters by which numbers of one column may be out of line


@dataclass(frozen=True, slots=True)
class Numbers:
    """A line of a printed table: `fragments` of labels and `values`, each with the column where it begins."""

    line: int
    fragments: tuple[tuple[int, str], ...]
    values: tuple[Value, ...]


def merged(lines: Sequence[Numbers], width: int) -> Numbers | None:
    """One row of `width` numbers on several lines, each line's right of those above it; None if it is not so."""
    if len(lines) < 2 or sum(len(line.values) for line in lines) != width:
        return None
    for upper, lower in pairwise(lines):
        x, text = upper.values[-1]
        if lower.values[0][0] <= x + len(text):
            return None
    return Numbers(lines[0].line, (), tuple(value for line in lines for value in line.values))


def refolded(lines: Iterable[Numbers], width: int) -> list[Numbers] | None:
    """Rows of `width` numbers each, those on several lines put together; None where that is not plain."""
    rows: list[Numbers] = []
    for full, run in groupby(lines, lambda line: len(line.values) == width):
        part = list(run)
        whole = None if full else merged(part, width)
        folded = part if full else [whole] if whole is not None else _stairs(part, width)
        if folded is None:
            return None
        rows += folded
    return rows


def _stairs(lines: Sequence[Numbers], width: int) -> list[Numbers] | None:
    """Rows printed column by column, each column a step lower: its numbers begin under each other."""
    columns: list[list[tuple[int, int, str]]] = []
    for x, at, text in sorted((x, line.line, text) for line in lines for x, text in line.values):
        if columns and x - columns[-1][-1][0] <= _NEAR:
            columns[-1].append((x, at, text))
        else:
            columns.append([(x, at, text)])
    depths = {len(column) for column in columns}
    if len(columns) != width or len(depths) != 1:
        return None
    for column in columns:
        column.sort(key=lambda entry: entry[1])
        if any(upper[1] == lower[1] for upper, lower in pairwise(column)):
            return None
    steps = [tuple((column[row][0], column[row][2]) for column in columns) for row in range(depths.pop())]
    return [Numbers(lines[0].line, (), values) for values in steps]


def adds_up(values: Sequence[Value]) -> bool:
    """The last number is the sum of the others; marks for nothing count as none."""
    found = [parse_numeral(text) for _, text in values]
    *parts, total = [0 if number is None else number.value for number in found] or [0]
    return len(values) > 1 and sum(parts) == total


def healed(values: Sequence[Value], leftover: Sequence[Value]) -> tuple[Value, ...] | None:
    """Numbers with the digits given back that a narrow column has pushed on to the next line.

    Every leftover must stand under one number only, and the row must add up with them and not without them.
    """
    found = list(values)
    for tail in leftover:
        over = [at for at, value in enumerate(values) if _under(tail, value)]
        if len(over) != 1:
            return None
        x, text = found[over[0]]
        found[over[0]] = (x, text + tail[1])
    return tuple(found) if not adds_up(values) and adds_up(found) else None


def healed_groups(values: Sequence[Value], leftover: Sequence[Value], step: int) -> list[tuple[Value, ...] | None]:
    """The same for a row in groups of `step` numbers, each with its own total; None for a group that is not sure."""
    groups = [tuple(values[at:at + step]) for at in range(0, len(values), step)]
    found: list[tuple[Value, ...] | None] = []
    for group in groups:
        span = (group[0][0], " " * (group[-1][0] + len(group[-1][1]) - group[0][0]))
        own = [tail for tail in leftover if _under(tail, span)]
        if own:
            others = [value for other in groups if other is not group for value in other]
            shared = any(_under(tail, value) for tail in own for value in others)
            found.append(None if shared else healed(group, own))
        else:
            found.append(group if adds_up(group) else None)
    return found


def _under(tail: Value, value: Value) -> bool:
    return value[0] - _NEAR < tail[0] + len(tail[1]) and tail[0] < value[0] + len(value[1]) + _NEAR


def spread(values: Sequence[Value], beside: Sequence[Sequence[Value]]) -> tuple[Value, ...] | None:
    """A row with empty cells spread over its columns as full rows above and below it have them.

    Every number must stand in line with one column only, at its left or its right edge, in every row beside it.
    """
    found: dict[int, Value] = {}
    for value in values:
        fits = [{c for c, other in enumerate(row) if _in_line(value, other)} for row in beside]
        if not fits or any(len(fit) != 1 for fit in fits) or len(set.union(*fits)) != 1:
            return None
        column = fits[0].pop()
        if column in found or column < max(found, default=-1):
            return None
        found[column] = value
    return tuple(found.get(c, (0, "")) for c in range(len(beside[0]))) if beside else None


def _in_line(one: Value, other: Value) -> bool:
    left = abs(one[0] - other[0])
    right = abs(one[0] + len(one[1]) - other[0] - len(other[1]))
    return min(left, right) <= _NEAR
