"""The first page of the day, as every room has it: named groups of what waits, each with its number and first rows.
No Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

Actor = TypeVar("Actor")
Group = TypeVar("Group")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Scope(Generic[Actor]):
    """Who asks, on which day, and the last day that counts as soon."""

    actor: Actor
    today: date
    soon: date


@dataclass(frozen=True, slots=True)
class Queue(Generic[Group, Row]):
    """A group with its number and its first rows. `more`: there may be more than `count`."""

    group: Group
    count: int
    more: bool
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Below:
    """An agency below that is late: how many, and the earliest date."""

    agency_id: int
    name: str
    count: int
    earliest: date


@dataclass(frozen=True, slots=True)
class Day(Generic[Group, Row]):
    """A room's part of the first page. `works`: a post of this person works in the room rather than watching it."""

    queues: list[Queue[Group, Row]]
    works: bool


@dataclass(frozen=True, slots=True)
class Watched(Day[Group, Row]):
    """With what a supervisor sees: the agencies below that are late; and how many of one's own are open."""

    below: list[Below]
    open: int
    watches: bool


def waiting(
    groups: Mapping[str, Group], keys: Iterable[str], found: Callable[[str], Any],
    counted: Callable[[Any], tuple[int, bool]], first: int, light: Callable[[Any], Any] = lambda rows: rows,
) -> list[Queue[Group, Any]]:
    """The groups of `keys` that hold something. `found` gives the rows of a key, `light` the same with no more than a
    list shows; `counted` (how many, whether there may be more) is asked only where there is more than what is shown."""
    queues = []
    for key in keys:
        rows = found(key)
        shown = list(light(rows)[:first + 1])
        if shown:
            count, more = counted(rows) if len(shown) > first else (len(shown), False)
            queues.append(Queue(groups[key], count, more, shown[:first]))
    return queues
