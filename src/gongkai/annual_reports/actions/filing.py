"""Making a report of a file that was read: a person says whose it is and of which year."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

import gongkai
from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.annual_reports import course, queries, readings, rules
from gongkai.annual_reports.events import ItemRefused, ReportFiled
from gongkai.annual_reports.models import AnnualReport, FiledCell, ReportVersion, UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ItemAct, ItemState, ReportAct, next_item, next_report
from gongkai.core.errors import Refused
from gongkai.core.report.model import Report, Severity
from gongkai.infra import locks
from gongkai.ledger.actions import record

FIRST_YEAR = 2008  # the first Regulations came into force that year


@transaction.atomic
def confirm(
    *, by: Actor, item: UploadItem, agency: Agency, year: int, scope: str, at: datetime, replace: bool = False,
) -> ReportVersion:
    """File a read item as `agency`'s report for `year`; with `replace`, as a new version of the one filed.

    Said twice (two windows, an impatient double click) it gives the same version. Raises Refused: already-filed,
    not-now, year-implausible, agency-not-then; Denied without the permission over the batch or the agency.
    """
    authorise(by, AnnualReportPermission.UPLOAD, item)
    authorise(by, AnnualReportPermission.CONFIRM, agency)
    _plausible(agency, year, at)
    locks.serialise(f"report-{agency.pk}-{year}-{scope}")
    item = UploadItem.objects.select_for_update(of=("self",)).select_related("version", "file", "batch").get(pk=item.pk)
    decided = _same_decision(item, agency, year, scope)
    if decided is not None:
        return decided
    after = next_item(item.state, ItemAct.CONFIRM)
    report, new = AnnualReport.objects.get_or_create(agency=agency, year=year, scope=scope, defaults={"filed_at": at})
    if not new:
        if not replace:
            raise Refused("already-filed", f"{agency.name}{year}年度的年报已经收到，要用这个文件替换请明确选择“替换”")
        course.ask(course.MAY_REPLACE, report)
        report.state = next_report(report.state, ReportAct.REPLACE)
    version = add_version(
        report=report, reading=item.reading, item_name=item.name, file_id=item.file_id, by=by, at=at,
    )
    item.state, item.agency, item.year, item.scope = after, agency, year, scope
    item.version, item.confirmed_by_id, item.confirmed_at = version, by.user_id, at
    item.save(update_fields=["state", "agency", "year", "scope", "version", "confirmed_by", "confirmed_at"])
    assert item.file is not None
    record(
        ReportFiled(item.pk, version.number, year, scope, item.file.sha256), by=by, at=at, subject_id=report.pk,
        agency_id=agency.pk,
    )
    return version


@transaction.atomic
def discard(*, by: Actor, item: UploadItem, reason: str, at: datetime) -> UploadItem:
    """Set a read item aside: it is not a report, or not ours. The bytes stay. Raises Refused, Denied."""
    authorise(by, AnnualReportPermission.UPLOAD, item)
    item = UploadItem.objects.select_for_update(of=("self",)).select_related("batch").get(pk=item.pk)
    item.state = next_item(item.state, ItemAct.DISCARD)
    item.refused_code, item.refused_message = "discarded", (reason.strip() or "经办人放弃")[:500]
    item.save(update_fields=["state", "refused_code", "refused_message"])
    record(ItemRefused("discarded", item.refused_message), by=by, at=at, subject_id=item.pk,
           agency_id=item.batch.agency_id)
    return item


def add_version(
    *, report: AnnualReport, reading: dict[str, object], item_name: str, file_id: int | None, by: Actor, at: datetime,
    based_on: ReportVersion | None = None,
) -> ReportVersion:
    """The next version of a report, made current, with its cells and findings. Runs inside an action."""
    read = readings.load(reading)
    last = report.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = ReportVersion.objects.create(
        report=report, number=last + 1, based_on=based_on, file_id=file_id, file_name=item_name,
        file_kind=read.kind or "", form=read.form or "", forms=read.forms, title=(read.title or "")[:300],
        reading=reading, engine=gongkai.__version__, checked_at=at, filed_by_id=by.user_id, filed_at=at,
    )
    report.current = version
    report.save(update_fields=["current", "state"])
    settle(version, at=at)
    return version


def settle(version: ReportVersion, *, at: datetime) -> None:
    """Make cells and findings of a version anew, and the findings of the year that follows it."""
    effective = queries.effective(version)
    _fill_cells(version, effective)
    _check(version, effective, at)
    following = queries.neighbour(version.report, +1)
    if following is not None and following.current is not None:
        _check(following.current, queries.effective(following.current), at)


@transaction.atomic
def recheck(*, by: Actor, report: AnnualReport, at: datetime) -> ReportVersion:
    """Check the current version again, with the rules and last year's report of today. Changes no fact, so no event.

    Raises Denied.
    """
    authorise(by, AnnualReportPermission.SEE, report)
    version = ReportVersion.objects.select_for_update(of=("self",)).select_related("report__agency").get(
        pk=report.current_id
    )
    settle(version, at=at)
    return version


def _fill_cells(version: ReportVersion, effective: Report) -> None:
    corrected = set(
        version.corrections.filter(withdrawn_at__isnull=True).values_list("cell", flat=True)
    )
    version.cells.all().delete()
    FiledCell.objects.bulk_create(
        FiledCell(
            version=version, cell=cell.id, unit=cell.unit or "", raw=None if cell.raw is None else cell.raw[:200],
            corrected=cell.id in corrected, **rules.summable(cell),
        )
        for cell in effective.cells.values()
    )


def _check(version: ReportVersion, effective: Report, at: datetime) -> None:
    from gongkai.core.report.checks import check

    before = queries.neighbour(version.report, -1)
    previous = queries.effective(before.current) if before is not None and before.current is not None else None
    findings = check(effective, previous=previous, kind=version.report.agency.kind, today=at.date())
    counts = {severity: sum(f.severity is severity for f in findings) for severity in Severity}
    version.findings = readings.dump_findings(findings)
    version.errors, version.warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    version.inconsistencies = counts[Severity.INCONSISTENCY]
    version.engine, version.checked_at = gongkai.__version__, at
    version.save(update_fields=["findings", "errors", "inconsistencies", "warnings", "engine", "checked_at"])


def _same_decision(item: UploadItem, agency: Agency, year: int, scope: str) -> ReportVersion | None:
    """The version that this very decision has made already."""
    same = (item.agency_id, item.year, item.scope) == (agency.pk, year, scope)
    return item.version if same and item.state == ItemState.CONFIRMED else None


def _plausible(agency: Agency, year: int, at: datetime) -> None:
    if not FIRST_YEAR <= year <= at.year:
        raise Refused("year-implausible", f"年度应在 {FIRST_YEAR} 和 {at.year} 之间")
    begins, ends = agency.valid_from, agency.valid_to
    if (begins is not None and begins > date(year, 12, 31)) or (ends is not None and ends <= date(year, 1, 1)):
        raise Refused("agency-not-then", f"{agency.name}在{year}年并不存在，请核对机关和年度")
