"""Whose records a report counts.

A report of one's own counts the agency's records, and those of an agency whose duties all went to it within the year or
before (`Succession` with one successor): somebody must answer for the cases that were under way. Where the duties went
to several, no rule says whose the open cases are: `unattributed` names such agencies and the page asks. A consolidated
report counts the union of everything below the government, each record once, abolished agencies included.

Who lies below a government is what the tree was on 31 December of the year (`agencies.past`): an agency that was moved
since still counts where it lay, one that was moved within the year counts where it came to, with all its cases of the
year (docs/decisions/0012).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.agencies import past
from gongkai.agencies.models import Agency, Succession
from gongkai.annual_reports.models import Scope


@dataclass(frozen=True, slots=True)
class Reach:
    """The agencies whose records count for a year. `heirs_of` are those taken in by succession."""

    agency: int
    year: int
    scope: str
    agencies: frozenset[int]
    heirs_of: frozenset[int] = frozenset()

    def rows(self, path: str = "agency") -> Q:
        """A condition over a lookup to an agency: rows(), rows("dispute__agency")."""
        if len(self.agencies) == 1:
            return Q(**{path: next(iter(self.agencies))})
        return Q(**{f"{path}__in": sorted(self.agencies)})

    def without(self, agencies: frozenset[int]) -> Reach:
        """The same without some agencies, whose numbers come otherwise."""
        return Reach(self.agency, self.year, self.scope, self.agencies - agencies, self.heirs_of - agencies)

    @property
    def single(self) -> bool:
        """One agency alone: nothing can be in two registers."""
        return len(self.agencies) == 1


def reach(agency: Agency, year: int, scope: str) -> Reach:
    """The reach of an agency's report. Raises ValueError for an unknown scope."""
    return {Scope.OWN: own, Scope.CONSOLIDATED: consolidated}[Scope(scope)](agency, year)


def own(agency: Agency, year: int) -> Reach:
    """The agency itself, and whom it alone succeeded by the end of the year."""
    taken = predecessors(agency, year)
    return Reach(agency.pk, year, Scope.OWN, frozenset({agency.pk, *taken}), frozenset(taken))


def consolidated(agency: Agency, year: int) -> Reach:
    """Everything at and below a government at the end of the year, so that it is the sum of what its members report
    each for itself: whom a member took in from elsewhere is in, whose duties went to one agency elsewhere is that
    one's; abolished agencies without one heir stay where they stood."""
    below = set(past.at_the_end_of(year).subtree(agency).values_list("pk", flat=True))
    answers = owners(below | _inherited(below, date(year, 12, 31)), year)
    taken = {one for one, heir in answers.items() if one not in below and heir in below}
    kept = {one for one in below if answers[one] is None or answers[one] in below}
    return Reach(agency.pk, year, Scope.CONSOLIDATED, frozenset(kept | taken), frozenset(taken))


def predecessors(agency: Agency, year: int) -> set[int]:
    """Agencies, abolished by the end of the year, whose only successor this one is; their own heritage too."""
    return _inherited({agency.pk}, date(year, 12, 31))


def owners(agencies: Collection[int], year: int) -> dict[int, int | None]:
    """For each agency the one that answers for its cases at the end of the year: itself, its only heir, that one's only
    heir. None for an abolished one without exactly one."""
    last = date(year, 12, 31)
    heir: dict[int, int | None] = {}
    asked, seen = set(agencies), set(agencies)
    while asked:
        ended = set(Agency.objects.filter(pk__in=asked, valid_to__lte=last).values_list("pk", flat=True))
        heirs = _successors(ended)
        rows = Succession.objects.filter(predecessor__in=ended, on__lte=last)
        by_then = set(rows.values_list("predecessor", flat=True))
        heir |= {one: next(iter(heirs[one])) if one in by_then and len(heirs[one]) == 1 else None for one in ended}
        asked = {found for found in heir.values() if found is not None} - seen
        seen |= asked
    return {one: _last_heir(one, heir) for one in agencies}


def _last_heir(one: int, heir: dict[int, int | None]) -> int | None:
    seen: set[int] = set()
    found: int | None = one
    while found is not None and found in heir:
        if found in seen:
            return None
        seen.add(found)
        found = heir[found]
    return found


def unattributed(agency: Agency, year: int) -> list[Agency]:
    """Abolished agencies of which this one is one successor among several."""
    last = date(year, 12, 31)
    rows = Succession.objects.filter(successor=agency, on__lte=last, predecessor__valid_to__lte=last)
    several = [row.predecessor_id for row in rows if len(_successors({row.predecessor_id})[row.predecessor_id]) > 1]
    return list(Agency.objects.filter(pk__in=several).order_by("path"))


def _inherited(successors: set[int], by: date) -> set[int]:
    """Whom the agencies of a set alone succeeded, through any number of steps; without themselves."""
    found: set[int] = set()
    asked = set(successors)
    while asked:
        before = _abolished_into(asked, by) - found - successors
        found |= before
        asked = before
    return found


def _abolished_into(successors: set[int], by: date) -> set[int]:
    rows = Succession.objects.filter(successor__in=successors, on__lte=by, predecessor__valid_to__lte=by)
    candidates = set(rows.values_list("predecessor_id", flat=True))
    heirs = _successors(candidates)
    return {one for one in candidates if len(heirs[one]) == 1}


def _successors(predecessors: set[int]) -> dict[int, set[int]]:
    heirs: dict[int, set[int]] = defaultdict(set)
    pairs = Succession.objects.filter(predecessor__in=predecessors).values_list("predecessor_id", "successor_id")
    for predecessor, successor in pairs:
        heirs[predecessor].add(successor)
    return heirs
