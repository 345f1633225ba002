"""Roll-ups: a parent's members summed cell by cell, and what its own consolidated report says beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.agencies import past
from gongkai.agencies.models import Agency, AgencyQuerySet, Kind
from gongkai.annual_reports import readings, rules, sums
from gongkai.annual_reports.models import AnnualReport, FiledCell, ReportVersion, Scope
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.rules import Member, RolledCell, Standing
from gongkai.core.report import conversion
from gongkai.core.report.forms import cell_specs
from gongkai.core.report.model import Cell, Number, Report, Status


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
    """The page of a parent and a year. `forms` are the forms that the members use, by table, oldest first."""

    root: Agency
    year: int
    members: list[MemberRow]
    cells: dict[str, RolledCell]
    reported: AnnualReport | None
    against: list[Against]
    forms: dict[str, list[str]]

    @property
    def mixed(self) -> bool:
        """Members follow different forms."""
        return any(len(used) > 1 for used in self.forms.values())

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
    """What one member gives to one cell. `value` is in the unit of the file, `share` in that of the sum.

    `status` is that of the cell, or OTHER_FORM; `derived` says that three rows of the file were added up into one.
    """

    agency: Agency
    report: AnnualReport
    status: str
    value: Number | None = None
    unit: str = ""
    raw: str | None = None
    corrected: bool = False
    share: Number | None = None
    derived: bool = False


OTHER_FORM = "other_form"


def roll_up(actor: Actor, root: Agency, year: int) -> RollUp:
    """Sum the members of `root` for a year, of what the actor may see.

    Staff with the duty to see add up current versions; everyone else adds up what is published.
    """
    members = member_rows(actor, root, year)
    forms = {version.pk: version.forms for version, _ in _counted(actor, members)}
    own = Agency.objects.filter(pk=root.pk)
    reported = _reports(actor, own, year).filter(scope=Scope.CONSOLIDATED).first()
    held = _filed(_version(actor, reported)) if reported is not None else None
    cells = sums.add_up(forms, one_row=held is not None and conversion.has_one_row(held))
    used = {t: sorted({its[t] for its in forms.values() if t in its}) for t in ("t2", "t3")}
    return RollUp(root, year, members, cells, reported, _hold(held, cells), used)


def member_rows(actor: Actor, root: Agency, year: int) -> list[MemberRow]:
    """Who is in, who is missing, parents before children. Agencies in force at the end of the year count, where they
    lay then."""
    then = past.at_the_end_of(year)
    agencies = then.ordered(then.subtree(root).in_force_during(year))
    filed = {report.pk: report for report in _reports(actor, then.subtree(root), year)}
    by_agency: dict[int, dict[str, int]] = {}
    for report in filed.values():
        by_agency.setdefault(report.agency_id, {})[report.scope] = report.pk
    nodes = [
        rules.Node(a.pk, then.parent_id(a), a.kind in {Kind.GOVERNMENT, Kind.TOWNSHIP}, by_agency.get(a.pk, {}))
        for a in agencies
    ]
    chosen: list[Member] = rules.membership(root.pk, nodes)
    return [
        MemberRow(agency, m.standing, filed[m.report] if m.report is not None else None, m.scope)
        for agency, m in zip(agencies, chosen, strict=True)
    ]


def contributions(actor: Actor, root: Agency, year: int, cell: str) -> list[Contribution]:
    """Drill down: what each member counted gives to one cell, largest first, then those without a number."""
    counted = _counted(actor, member_rows(actor, root, year))
    keys = [version.pk for version, _ in counted]
    filed = {c.version_id: c for c in FiledCell.objects.filter(version_id__in=keys, cell=cell)}
    split = [v.pk for v, _ in counted if cell in conversion.ONE_ROW and v.forms.get("t3", "2019") != "2019"]
    one_row = sums.one_rows(split)
    rows = [
        _derived(member, one_row[version.pk][cell]) if version.pk in one_row
        else _contribution(member, version, cell, filed.get(version.pk))
        for version, member in counted
    ]
    return sorted(rows, key=lambda r: (r.share is None, -(r.share or 0), r.agency.path))


def _derived(member: MemberRow, cell: Cell) -> Contribution:
    assert member.report is not None
    return Contribution(
        member.agency, member.report, cell.status, cell.value, raw=cell.raw, share=cell.value, derived=True,
    )


def _contribution(member: MemberRow, version: ReportVersion, cell_id: str, filed: FiledCell | None) -> Contribution:
    assert member.report is not None
    if cell_id.split(".")[0] in version.forms and cell_id not in cell_specs(tuple(sorted(version.forms.items()))):
        return Contribution(member.agency, member.report, OTHER_FORM)
    if filed is None:
        return Contribution(member.agency, member.report, Status.MISSING)
    value = share = None
    if filed.value is not None:
        value = readings.exact(filed.value)
        share = sums.in_wan(cell_id, filed.value, filed.unit, version.forms).value
    return Contribution(
        member.agency, member.report, filed.status, value, filed.unit, filed.raw, filed.corrected, share,
    )


def _reports(actor: Actor, agencies: AgencyQuerySet, year: int) -> QuerySet[AnnualReport]:
    return AnnualReport.objects.visible_to(actor).filter(
        year=year, agency__in=agencies, current__isnull=False,
    ).select_related("agency")


def _counted(actor: Actor, members: list[MemberRow]) -> list[tuple[ReportVersion, MemberRow]]:
    """The version that speaks for each member counted."""
    keys = {_version(actor, m.report): m for m in members if m.report is not None}
    versions = ReportVersion.objects.filter(pk__in=list(keys)).only("pk", "forms").in_bulk()
    return [(versions[key], member) for key, member in keys.items()]


def _version(actor: Actor, report: AnnualReport) -> int:
    # Whose duty reaches this agency works on the current version; everyone else sees the published one.
    key = report.current_id if may(actor, AnnualReportPermission.SEE, report) else report.published_id
    assert key is not None
    return key


def _filed(version: int) -> Report:
    """The effective cells of a version as a report."""
    forms = ReportVersion.objects.values_list("forms", flat=True).get(pk=version)
    cells = FiledCell.objects.filter(version_id=version)
    return Report(forms=forms, cells={
        c.cell: Cell(c.cell, Status(c.status), None if c.value is None else readings.exact(c.value), c.raw,
                     c.unit or None)
        for c in cells
    })


def _hold(held: Report | None, cells: dict[str, RolledCell]) -> list[Against]:
    """Where the reported consolidated report differs from the sums; 其他处理 as one row where the sums have it so."""
    rows = []
    for cell in conversion.comparable(held, one_row=conversion.ONE_ROW[0] in cells) if held is not None else ():
        rolled = cells.get(cell.id)
        total = rolled.total if rolled else None
        if cell.value is not None and cell.value != total:
            difference = None if total is None else cell.value - total
            rows.append(Against(cell.id, cell.value, total, difference, rolled.uncertain if rolled else 0))
    return rows
