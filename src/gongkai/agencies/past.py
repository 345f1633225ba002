"""The tree as it was on a day: who lay under whom before the moves that took effect later.

The present tree is a range of paths. An agency that was moved since is looked up where it lay; everything below it came
along, unless it was moved itself. Permissions never ask here: who supervises whom is a question of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from gongkai.accounts.permissions import beneath
from gongkai.agencies.models import WIDTH, Agency, AgencyQuerySet, Placement

_RANGES = 200  # asked for in one query: SQLite limits how deep a condition is nested


@dataclass(frozen=True, slots=True)
class Past:
    """The tree of a day. `above`: present path of an agency moved since → present path of its parent then, "" for
    none."""

    day: date
    above: Mapping[str, str]

    def path(self, present: str) -> str:
        """The path that the agency with this present path had: its place, and the order of parents before children."""
        if self.above:
            for end in range(len(present), 0, -WIDTH):
                if (parent := self.above.get(present[:end])) is not None:
                    return (self.path(parent) if parent else "") + present[end - WIDTH:]
        return present

    def parent_id(self, agency: Agency) -> int | None:
        """Under whom it lay; None at the top."""
        parent = self.above.get(agency.path)
        if parent is None:
            return agency.parent_id
        return int(parent[-WIDTH:]) if parent else None

    def subtree(self, root: Agency) -> AgencyQuerySet:
        """`root` and everything that lay below it."""
        here = self.path(root.path)
        away = any(moved.startswith(root.path) for moved in self.above if moved != root.path)
        came = [moved for moved in self.above if moved != root.path and self.path(moved).startswith(here)]
        if not away and not came:
            return Agency.objects.subtree(root)
        found = {pk for pk, path in _at_or_below([root.path, *came]) if self.path(path).startswith(here)}
        return Agency.objects.filter(pk__in=found)

    def ordered(self, agencies: Iterable[Agency]) -> list[Agency]:
        """Parents before children, as they lay then."""
        return sorted(agencies, key=lambda agency: self.path(agency.path))


def tree(day: date) -> Past:
    """The tree at the end of a day; one query whatever the size of the tree."""
    later = Placement.objects.filter(since__gt=day).values("agency")
    until = Placement.objects.filter(Q(since__isnull=True) | Q(since__lte=day), agency__in=later)
    rows = until.order_by("agency_id", F("since").asc(nulls_first=True)).values_list("agency__path", "parent__path")
    return Past(day, {path: parent or "" for path, parent in rows})  # the last row of an agency holds on the day


def at_the_end_of(year: int) -> Past:
    """The tree on 31 December: it says whose report of the year counts whom."""
    return tree(date(year, 12, 31))


def days_of_moves(on: date) -> list[date]:
    """A day and every later one on which some agency was moved: between two of them the tree stands still."""
    later = Placement.objects.filter(since__gt=on).order_by("since").values_list("since", flat=True).distinct()
    return [on, *(day for day in later if day is not None)]


def _at_or_below(paths: list[str]) -> Iterable[tuple[int, str]]:
    for start in range(0, len(paths), _RANGES):
        within = Q(pk__in=[])
        for path in paths[start:start + _RANGES]:
            within |= beneath(path, "path")
        yield from Agency.objects.filter(within).order_by().values_list("pk", "path")
