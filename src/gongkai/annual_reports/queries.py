"""Every read of annual reports worth a name. Views call these and render; nothing here writes.

Reads that name an object (`report`, `batch`, `item`) raise DoesNotExist for what the actor may not see: another
agency's object is a 404.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.agencies.models import Agency
from gongkai.annual_reports import readings
from gongkai.annual_reports.models import AnnualReport, Correction, ReportVersion, Scope, UploadBatch, UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ItemState, ReportState
from gongkai.core.report.model import Finding, Report

if TYPE_CHECKING:
    from gongkai.core.report.compare import Comparison

REPORT_JOINS = ("agency", "current", "published", "current__file", "published__file")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. `done` when nothing waits for the reader; `waiting` items wait for a person."""

    total: int
    unread: int
    waiting: int
    confirmed: int
    refused: int
    duplicate: int

    @property
    def done(self) -> bool:
        """Nothing is left to read."""
        return self.unread == 0

    @property
    def percent(self) -> int:
        """Read so far, of all."""
        return 100 if not self.total else (self.total - self.unread) * 100 // self.total


def reports(
    actor: Actor, *, year: int | None = None, under: Agency | None = None, state: str | None = None,
    found: str | None = None, text: str | None = None, scope: str | None = None,
) -> QuerySet[AnnualReport]:
    """The list of reports. `under` takes an agency with everything below it; `found` is "error", "inconsistency",
    "warning" or "clean"; `text` looks into agency names. Current version and agency come along."""
    rows = AnnualReport.objects.visible_to(actor).select_related(*REPORT_JOINS)
    if year is not None:
        rows = rows.filter(year=year)
    if under is not None:
        rows = rows.filter(agency__in=Agency.objects.subtree(under))
    if state:
        rows = rows.filter(state=state)
    if scope:
        rows = rows.filter(scope=scope)
    if text:
        rows = rows.filter(Q(agency__name__icontains=text) | Q(agency__short_name__icontains=text))
    match found:
        case "error":
            rows = rows.filter(current__errors__gt=0)
        case "inconsistency":
            rows = rows.filter(current__inconsistencies__gt=0)
        case "warning":
            rows = rows.filter(current__warnings__gt=0)
        case "clean":
            rows = rows.filter(current__errors=0, current__inconsistencies=0)
    return rows


def published_reports(
    *, year: int | None = None, under: Agency | None = None, text: str | None = None,
) -> QuerySet[AnnualReport]:
    """What the portal lists, whoever looks: published reports alone."""
    rows = AnnualReport.objects.published().select_related(*REPORT_JOINS)
    if year is not None:
        rows = rows.filter(year=year)
    if under is not None:
        rows = rows.filter(agency__in=Agency.objects.subtree(under))
    if text:
        rows = rows.filter(Q(agency__name__icontains=text) | Q(agency__short_name__icontains=text))
    return rows


def report(actor: Actor, report_id: int) -> AnnualReport:
    """One report. Raises AnnualReport.DoesNotExist when there is none or it is not the actor's to see."""
    return AnnualReport.objects.visible_to(actor).select_related(*REPORT_JOINS).get(pk=report_id)


def version_for(actor: Actor, report: AnnualReport) -> ReportVersion:
    """The version to show: the current one to those whose work it is, the published one to everyone else."""
    version = report.current if may(actor, AnnualReportPermission.SEE, report) else report.published
    if version is None:
        raise ReportVersion.DoesNotExist
    return version


def versions(actor: Actor, report: AnnualReport) -> QuerySet[ReportVersion]:
    """The versions of a report that the actor may see, newest first: the public sees the published one."""
    rows = report.versions.select_related("file", "filed_by", "report__agency").order_by("-number")
    return rows if may(actor, AnnualReportPermission.SEE, report) else rows.filter(pk=report.published_id)


def years(actor: Actor) -> list[int]:
    """Years of which the actor can see a report, newest first."""
    return list(
        AnnualReport.objects.visible_to(actor).order_by("-year").values_list("year", flat=True).distinct()
    )


def reading(version: ReportVersion) -> Report:
    """What the engine read from the file, untouched."""
    return readings.load(version.reading)


def effective(version: ReportVersion) -> Report:
    """The reading with the corrections in force laid over it, under the confirmed agency and year."""
    in_force = {c.cell: (c.value, c.unit) for c in corrections(version).filter(withdrawn_at__isnull=True)}
    report = readings.corrected(reading(version), in_force)
    report.agency, report.year = version.report.agency.name, version.report.year
    return report


def findings(version: ReportVersion) -> list[Finding]:
    """The findings of the effective report as last checked."""
    return readings.load_findings(version.findings)


def corrections(version: ReportVersion) -> QuerySet[Correction]:
    """All corrections of a version, withdrawn ones too, oldest first."""
    return version.corrections.select_related("made_by", "withdrawn_by")


def neighbour(report: AnnualReport, years_away: int) -> AnnualReport | None:
    """The same agency's report of another year in the same scope (-1: last year's)."""
    return AnnualReport.objects.filter(
        agency_id=report.agency_id, scope=report.scope, year=report.year + years_away, current__isnull=False,
    ).select_related(*REPORT_JOINS).first()


def comparison(actor: Actor, report: AnnualReport) -> Comparison | None:
    """This report against last year's, cell by cell; None when the actor can see no report of last year."""
    from gongkai.core.report.compare import compare

    before = neighbour(report, -1)
    if before is None or not AnnualReport.objects.visible_to(actor).filter(pk=before.pk).exists():
        return None
    return compare(effective(version_for(actor, before)), effective(version_for(actor, report)))


def batches(actor: Actor) -> QuerySet[UploadBatch]:
    """Batches that the actor may see, newest first, with their numbers of files."""
    return UploadBatch.objects.visible_to(actor).select_related("agency", "uploaded_by").annotate(
        files=Count("items"),
        waiting=Count("items", filter=Q(items__state=ItemState.READ)),
        unread=Count("items", filter=Q(items__state__in=[ItemState.STORED, ItemState.READING])),
    ).order_by("-uploaded_at", "-pk")  # said again: a query that groups forgets the order of its model


def batch(actor: Actor, batch_id: int) -> UploadBatch:
    """One batch. Raises UploadBatch.DoesNotExist."""
    return UploadBatch.objects.visible_to(actor).select_related("agency", "uploaded_by").get(pk=batch_id)



def items(actor: Actor, batch: UploadBatch) -> QuerySet[UploadItem]:
    """The files of a batch in order, without their heavy columns."""
    return UploadItem.objects.visible_to(actor).filter(batch=batch).select_related(
        "batch__agency", "recognised_agency", "agency", "version__report", "duplicate_of__version__report", "file",
    ).defer("reading", "findings").order_by("position")


def item(actor: Actor, item_id: int) -> UploadItem:
    """One file of a batch. Raises UploadItem.DoesNotExist."""
    return UploadItem.objects.visible_to(actor).select_related(
        "batch__agency", "recognised_agency", "agency", "version__report", "file",
    ).get(pk=item_id)


def waiting(actor: Actor) -> QuerySet[UploadItem]:
    """Files that wait for a person to confirm them: the first thing on today's page."""
    return UploadItem.objects.visible_to(actor).filter(state=ItemState.READ).select_related(
        "batch__agency", "recognised_agency",
    ).defer("reading", "findings").order_by("batch__uploaded_at", "position")




def progress(batch: UploadBatch) -> Progress:
    """How far a batch is: one query, cheap enough to poll."""
    counts = dict(batch.items.order_by().values_list("state").annotate(n=Count("pk")))
    return Progress(
        total=sum(counts.values()), unread=counts.get(ItemState.STORED, 0) + counts.get(ItemState.READING, 0),
        waiting=counts.get(ItemState.READ, 0), confirmed=counts.get(ItemState.CONFIRMED, 0),
        refused=counts.get(ItemState.REFUSED, 0), duplicate=counts.get(ItemState.DUPLICATE, 0),
    )


def already_filed(agency: Agency, year: int, scope: str = Scope.OWN) -> AnnualReport | None:
    """The report that a confirmation would replace, if there is one."""
    return AnnualReport.objects.filter(agency=agency, year=year, scope=scope).select_related(*REPORT_JOINS).first()


def amended_since_published(actor: Actor) -> QuerySet[AnnualReport]:
    """Published reports whose current version is newer than what the public sees."""
    return AnnualReport.objects.visible_to(actor).filter(state=ReportState.PUBLISHED).exclude(
        published=F("current")
    ).select_related(*REPORT_JOINS)
