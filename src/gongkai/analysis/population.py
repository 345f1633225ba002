"""Who is compared: agencies chosen one by one, or all of a kind below a government."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.agencies import past
from gongkai.agencies.models import Agency, AgencyQuerySet
from gongkai.annual_reports.models import AnnualReport
from gongkai.annual_reports.permissions import AnnualReportPermission

MOST = 8     # agencies beside each other: more do not fit on a page
YEARS = 6    # years beside each other
ROOTS = 300  # governments offered in a list; others by their address


@dataclass(frozen=True, slots=True)
class One:
    """An agency as lists need it."""

    id: int
    name: str
    kind: str
    path: str


def below(root: Agency, year: int, kind: str = "") -> AgencyQuerySet:
    """The agencies that owed the report of a year and lay at or below `root` at its end, wherever they lie today."""
    rows = past.at_the_end_of(year).subtree(root).in_force_during(year)
    return rows.filter(kind=kind) if kind else rows


def listed(agencies: AgencyQuerySet) -> list[One]:
    """As lists need them, in the order of the tree."""
    return [One(*row) for row in agencies.order_by("path").values_list("pk", "name", "kind", "path")]


def roots(actor: Actor) -> AgencyQuerySet:
    """Governments and organs with others below them: those within one's duty, and those above one's own office, whose
    members' published reports anybody may read."""
    mine = list(Agency.objects.filter(within(actor, AnnualReportPermission.SEE, "path")).filter(
        pk__in=[h.agency_id for h in actor.holdings],
    ))
    above = {path for agency in mine for path in agency.ancestor_paths}
    reach = within(actor, AnnualReportPermission.SEE, "path")
    rows = Agency.objects.filter(children__isnull=False)
    return (rows.filter(reach) | rows.filter(path__in=sorted(above))).distinct().order_by("path")


def chosen(keys: Iterable[int]) -> list[Agency]:
    """Agencies by their keys, in the order in which they were chosen; at most MOST."""
    wanted = list(dict.fromkeys(keys))[:MOST]
    found = Agency.objects.in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def years(actor: Actor, scope: str) -> list[int]:
    """Years of which the actor can see a report, newest first."""
    rows = AnnualReport.objects.visible_to(actor).filter(scope=scope).order_by()
    return sorted(rows.values_list("year", flat=True).distinct(), reverse=True)
