"""Roll-ups: a parent's members summed cell by cell, and what its own consolidated report says beside it.

The sums run in the database over FiledCell rows, so that a province of ten thousand agencies is one query and not
ten thousand reports in memory; a test holds them against core.report.rollup.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.agencies.models import Agency, Kind
from gongkai.annual_reports import readings, rules
from gongkai.annual_reports.models import AnnualReport, FiledCell, Scope
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.rules import Member, RolledCell, Standing
from gongkai.core.report.model import Number, Status


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One agency of the roll-up as the page shows it."""

    agency: Agency
    standing: Standing
    report: AnnualReport | None
    scope: str | None


@dataclass(frozen=True, slots=True)
class Against:
    """A cell whose reported consolidated number is not the sum of the members. `difference` = reported - total."""

    cell: str
    reported: Number
    total: Number | None
    difference: Number | None
    uncertain: int


@dataclass(frozen=True, slots=True)
class RollUp:
    """The page of a parent and a year."""

    root: Agency
    year: int
    members: list[MemberRow]
    cells: dict[str, RolledCell]
    reported: AnnualReport | None
    against: list[Against]

    @property
    def counted(self) -> list[MemberRow]:
        """Who is in."""
        return [m for m in self.members if m.standing is Standing.IN]

    @property
    def missing(self) -> list[MemberRow]:
        """Who is not, and should be."""
        return [m for m in self.members if m.standing is Standing.MISSING]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one member gives to one cell; `value` in the unit of the file."""

    agency: Agency
    report: AnnualReport
    status: str
    value: Number | None
    unit: str
    raw: str | None
    corrected: bool


_NOT_THERE: tuple[str, Number | None, str, str | None, bool] = (Status.MISSING, None, "", None, False)


def roll_up(actor: Actor, root: Agency, year: int) -> RollUp:
    """Sum the members of `root` for a year, of what the actor may see.

    Staff with the duty to see add up current versions; everyone else adds up what is published.
    """
    members = member_rows(actor, root, year)
    cells = _sum(_versions(actor, members))
    reported = _reports(actor, root, year).filter(agency=root, scope=Scope.CONSOLIDATED).first()
    return RollUp(root, year, members, cells, reported, _hold(actor, reported, cells))


def member_rows(actor: Actor, root: Agency, year: int) -> list[MemberRow]:
    """Who is in, who is missing, parents before children. Agencies in force at the end of the year count."""
    agencies = list(Agency.objects.subtree(root).in_force_during(year).order_by("path"))
    filed = {report.pk: report for report in _reports(actor, root, year)}
    by_agency: dict[int, dict[str, int]] = {}
    for report in filed.values():
        by_agency.setdefault(report.agency_id, {})[report.scope] = report.pk
    nodes = [
        rules.Node(a.pk, a.parent_id, a.kind in {Kind.GOVERNMENT, Kind.TOWNSHIP}, by_agency.get(a.pk, {}))
        for a in agencies
    ]
    chosen: list[Member] = rules.membership(root.pk, nodes)
    return [
        MemberRow(agency, m.standing, filed[m.report] if m.report is not None else None, m.scope)
        for agency, m in zip(agencies, chosen, strict=True)
    ]


def contributions(actor: Actor, root: Agency, year: int, cell: str) -> list[Contribution]:
    """Drill down: what each member counted gives to one cell, largest first, then those without a number."""
    members = [m for m in member_rows(actor, root, year) if m.report is not None]
    shown = {version: m for m, version in zip(members, _versions(actor, members), strict=True)}
    held = {c.version_id: c for c in FiledCell.objects.filter(version_id__in=list(shown), cell=cell)}
    rows = []
    for version, member in shown.items():
        found = held.get(version)
        assert member.report is not None
        said = _NOT_THERE
        if found is not None:
            value = None if found.value is None else readings.exact(found.value)
            said = (found.status, value, found.unit, found.raw, found.corrected)
        rows.append(Contribution(member.agency, member.report, *said))
    return sorted(rows, key=lambda r: (r.value is None, -(r.value or 0), r.agency.path))


def _reports(actor: Actor, root: Agency, year: int) -> QuerySet[AnnualReport]:
    return AnnualReport.objects.visible_to(actor).filter(
        year=year, agency__in=Agency.objects.subtree(root), current__isnull=False,
    ).select_related("agency", "current", "published")


def _versions(actor: Actor, members: list[MemberRow]) -> list[int]:
    return [_version(actor, m.report) for m in members if m.report is not None]


def _version(actor: Actor, report: AnnualReport) -> int:
    # Whose duty reaches this agency works on the current version; everyone else sees the published one.
    key = report.current_id if may(actor, AnnualReportPermission.SEE, report) else report.published_id
    assert key is not None
    return key


def _sum(versions: list[int]) -> dict[str, RolledCell]:
    cells: dict[str, RolledCell] = {}
    rows = FiledCell.objects.filter(version_id__in=versions).order_by().values_list("cell", "status", "unit").annotate(
        total=Sum("value"), times=Count("pk"),
    )
    for cell, status, unit, total, times in rows:
        cells.setdefault(cell, RolledCell(cell)).add(status, total, unit, times)
    # A member whose form has no such cell says nothing about it: that is missing too, not zero.
    for rolled in cells.values():
        if rolled.total is not None:
            rolled.total = readings.exact(Decimal(rolled.total))
        rolled.missing += len(versions) - rolled.counted - rolled.uncertain
    return cells


def _hold(actor: Actor, reported: AnnualReport | None, cells: dict[str, RolledCell]) -> list[Against]:
    if reported is None:
        return []
    own = FiledCell.objects.filter(version_id=_version(actor, reported), status=Status.VALUE)
    rows = []
    for filed in own.order_by("pk"):
        value = rules.in_wan(filed.cell, filed.value, filed.unit)
        rolled = cells.get(filed.cell)
        total = rolled.total if rolled else None
        if value is not None and value != total:
            difference = None if total is None else value - total
            rows.append(Against(
                filed.cell, readings.exact(value), total, None if difference is None else readings.exact(difference),
                rolled.uncertain if rolled else 0,
            ))
    return rows
