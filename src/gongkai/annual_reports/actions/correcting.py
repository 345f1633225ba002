"""Mending a cell. The reading and the file stay as they are; the correction lies over them, with its reason."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.annual_reports import course, queries, rules
from gongkai.annual_reports.actions.filing import add_version, settle
from gongkai.annual_reports.events import CellCorrected, CorrectionWithdrawn
from gongkai.annual_reports.models import AnnualReport, Correction, ReportVersion
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ReportAct, next_report
from gongkai.core.errors import Refused
from gongkai.core.report.model import Status
from gongkai.infra import locks
from gongkai.ledger.actions import record


@transaction.atomic
def correct(
    *, by: Actor, report: AnnualReport, cell: str, value: Decimal | None, reason: str, at: datetime, unit: str = "",
    seen: int | None = None,
) -> Correction:
    """Let `cell` of the current version hold `value` (None: nothing), for a reason.

    `seen` is the number of the version that the person looked at: when a colleague replaced it meanwhile, nothing is
    changed. Raises Refused: unknown-cell, reason-needed, nothing-changed, not-a-count…, version-changed; Denied.
    """
    authorise(by, AnnualReportPermission.CORRECT, report)
    report = _hold(report)
    course.ask(course.MAY_CORRECT, report)
    version = _current(report, seen)
    report.state = next_report(report.state, ReportAct.CORRECT)
    effective = queries.effective(version)
    now = effective.cells.get(cell)
    unit = unit or (now.unit if now and now.unit else "")
    rules.correction(
        cell=cell, form_cells=effective.cells, value=value, reason=reason,
        unchanged=now is not None and (now.value == value and (now.unit or "") == unit)
        and now.status in {Status.VALUE, Status.BLANK},
    )
    version = _working(report, version, by, at)
    version.corrections.filter(cell=cell, withdrawn_at__isnull=True).update(withdrawn_by_id=by.user_id, withdrawn_at=at)
    correction = Correction.objects.create(
        version=version, cell=cell, value=value, unit=unit, reason=reason.strip()[:500], made_by_id=by.user_id,
        made_at=at,
    )
    settle(version, at=at)
    before = None if now is None or now.value is None else Decimal(now.value)
    record(
        CellCorrected(version.number, cell, before, value, unit, correction.reason), by=by, at=at,
        subject_id=report.pk, agency_id=report.agency_id,
    )
    return correction


@transaction.atomic
def withdraw_correction(*, by: Actor, correction: Correction, reason: str, at: datetime) -> ReportVersion:
    """Take a correction back: the cell holds again what was read. Returns the version that now counts.

    Raises Refused: reason-needed, already-withdrawn, version-changed; Denied.
    """
    report = correction.version.report
    authorise(by, AnnualReportPermission.CORRECT, report)
    if not reason.strip():
        raise Refused("reason-needed", "撤回更正须写明理由")
    report = _hold(report)
    course.ask(course.MAY_CORRECT, report)
    version = _working(report, _current(report, correction.version.number), by, at)
    # In a version made just now the same correction is a copy; it is found by its cell.
    changed = version.corrections.filter(cell=correction.cell, withdrawn_at__isnull=True).update(
        withdrawn_by_id=by.user_id, withdrawn_at=at,
    )
    if not changed:
        raise Refused("already-withdrawn", "这条更正已经撤回")
    settle(version, at=at)
    record(
        CorrectionWithdrawn(version.number, correction.cell, reason.strip()), by=by, at=at, subject_id=report.pk,
        agency_id=report.agency_id,
    )
    return version


def _hold(report: AnnualReport) -> AnnualReport:
    locks.serialise(f"report-{report.agency_id}-{report.year}-{report.scope}")
    return AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)


def _current(report: AnnualReport, seen: int | None) -> ReportVersion:
    version = ReportVersion.objects.select_related("report__agency").get(pk=report.current_id)
    if seen is not None and seen != version.number:
        raise Refused("version-changed", f"这份年报已有第 {version.number} 版，没有改动任何内容，请刷新后再更正")
    return version


def _working(report: AnnualReport, version: ReportVersion, by: Actor, at: datetime) -> ReportVersion:
    """The version to correct: one that is published, or that stands in a course (`course.STANDS`), is left alone and a
    copy of it takes the correction."""
    if version.pk != report.published_id and not course.stands(version):
        return version
    in_force = list(version.corrections.filter(withdrawn_at__isnull=True))
    copy = add_version(
        report=report, reading=version.reading, item_name=version.file_name, file_id=version.file_id, by=by, at=at,
        based_on=version,
    )
    for correction in in_force:
        correction.pk, correction.version = None, copy
        correction._state.adding = True
        correction.save()
    return copy
