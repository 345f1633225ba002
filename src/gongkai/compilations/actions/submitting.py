"""To the supervisor: what was signed here, or a file of an office that does not work here (Art. 49)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.annual_reports.models import AnnualReport
from gongkai.compilations import due, queries, rules
from gongkai.compilations.actions.parts import current, editing, put, serialise, taken
from gongkai.compilations.events import FileHandedIn, ReportSubmitted
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import able, authorise
from gongkai.compilations.states import FROZEN, Act, Origin, State
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form_for_year
from gongkai.ledger.actions import record


@transaction.atomic
def submit(*, by: Actor, compilation: Compilation, at: datetime, seen: int | None = None) -> Compilation:
    """Submit the signed report. After the last day it is taken all the same, and marked with the days; a report that
    was first submitted in time stays in time when it comes back and is submitted again.

    Raises Refused: nobody-above, from-a-file, changed-meanwhile, not-now; Denied.
    """
    authorise(by, P.SUBMIT, compilation, compilation.scope)
    now, state = editing(compilation, Act.SUBMIT, at=at, seen=seen)
    if queries.alone(now.agency, now.year, now.scope, on=timezone.localdate(at)):
        raise Refused("nobody-above", "本系统里没有上级主管部门核准这份年报，签发后直接公布")
    _report, version = current(now)
    _submitted(now, at)
    put(now, state, *_FIELDS)
    record(
        ReportSubmitted(version.number, now.late_days), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def hand_in(*, by: Actor, report: AnnualReport, at: datetime) -> Compilation:
    """Submit a report that came as a file, read and confirmed (`annual_reports.confirm`), in the place of one compiled
    here. By the office, or by the supervisor who took the file in. A better file is handed in the same way until the
    report is approved; the same version twice is one act.

    Raises Refused: compiled-here, not-now; Denied.
    """
    authorise(by, P.SUBMIT if able(by, P.SUBMIT, report, report.scope) else P.RECEIVE, report, report.scope)
    serialise(report.agency_id, report.year, report.scope)
    report = AnnualReport.objects.select_related("agency", "current").get(pk=report.pk)
    if report.current is None:
        raise Refused("nothing-filed", "这份年报还没有确认过的文件，没有报送")
    made, _new = Compilation.objects.get_or_create(
        agency_id=report.agency_id, year=report.year, scope=report.scope,
        defaults={
            "form": report.current.form or form_for_year(report.year).id, "started_by_id": by.user_id, "started_at": at,
            "origin": Origin.FILE,
        },
    )
    if made.origin == Origin.RECORDS and (made.state in FROZEN or hasattr(report.current, "signing")):
        raise Refused(
            "compiled-here", "这份年报由本系统编制，最新一版不是文件；请先上传文件并确认替换，或者按编制流程提交",
        )
    now, state = taken(made, Act.HAND_IN, at=at)
    if now.state == State.SUBMITTED and now.submitted_id == report.current_id:
        return now
    now.origin, now.report = Origin.FILE, report
    _submitted(now, at)
    put(now, state, "origin", "report", *_FIELDS)
    record(
        FileHandedIn(now.year, now.scope, report.current.number, now.late_days), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


_FIELDS = ("submitted_at", "submitted", "due_on", "late_days")


def _submitted(now: Compilation, at: datetime) -> None:
    """The first submission settles whether it is late, against the day that held then."""
    if now.submitted_at is None:
        now.due_on = due.due_on(now.agency, now.year, now.scope)
        now.late_days = rules.late_days(now.due_on, timezone.localdate(at))
    now.submitted_at = at
    now.submitted = now.report.current if now.report else None
