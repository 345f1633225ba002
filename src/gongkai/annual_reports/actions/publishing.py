"""Showing a report to the public, and taking it down (Art. 50: by 31 March of the following year)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.annual_reports import course
from gongkai.annual_reports.events import ReportPublished, ReportWithdrawn
from gongkai.annual_reports.models import AnnualReport
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ReportAct, next_report
from gongkai.core.errors import Refused
from gongkai.infra import locks, stamp
from gongkai.ledger.actions import record


@transaction.atomic
def publish(*, by: Actor, report: AnnualReport, at: datetime, seen: int | None = None) -> AnnualReport:
    """Let the public see the current version, exactly the one that was looked at (`seen`).

    Publishing what is already public changes nothing. Raises Refused: version-changed, not-now, and what the course of
    a report that is compiled here asks (`course.MAY_PUBLISH`); Denied.
    """
    authorise(by, AnnualReportPermission.PUBLISH, report)
    locks.serialise(f"report-{report.agency_id}-{report.year}-{report.scope}")
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("current").get(pk=report.pk)
    assert report.current is not None
    if seen is not None and seen != report.current.number:
        raise Refused("version-changed", f"这份年报已有第 {report.current.number} 版，没有公开，请核对后再签发")
    course.ask(course.MAY_PUBLISH, report)
    if show(report, at=at):
        record(
            ReportPublished(report.current.number), by=by, at=at, subject_id=report.pk, agency_id=report.agency_id,
        )
    return report


def show(report: AnnualReport, *, at: datetime) -> bool:
    """Put the current version before the public; False when it is there already. Runs inside an act that has
    authorised, holds the report and records `ReportPublished`. Raises Refused: not-now."""
    after = next_report(report.state, ReportAct.PUBLISH)
    if report.state == after and report.published_id == report.current_id:
        return False
    report.state, report.published, report.published_at = after, report.current, at
    report.save(update_fields=["state", "published", "published_at"])
    stamp.bump()
    return True


@transaction.atomic
def withdraw(*, by: Actor, report: AnnualReport, reason: str, at: datetime) -> AnnualReport:
    """Take a published report down, with a reason that is recorded. Raises Refused: reason-needed, not-now; Denied."""
    authorise(by, AnnualReportPermission.PUBLISH, report)
    if not reason.strip():
        raise Refused("reason-needed", "撤下已公开的年报须写明理由")
    locks.serialise(f"report-{report.agency_id}-{report.year}-{report.scope}")
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("published").get(pk=report.pk)
    report.state = next_report(report.state, ReportAct.WITHDRAW)
    assert report.published is not None
    number = report.published.number
    report.save(update_fields=["state"])
    stamp.bump()
    record(ReportWithdrawn(number, reason.strip()), by=by, at=at, subject_id=report.pk, agency_id=report.agency_id)
    return report
