"""The supervisor's word on a submitted report: returned with remarks, or approved (Arts. 47, 49)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.annual_reports.models import ReportVersion
from gongkai.compilations import rules
from gongkai.compilations.actions.parts import current, put, taken
from gongkai.compilations.events import ReportApproved, ReportReturned
from gongkai.compilations.models import Compilation, Remark
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import authorise
from gongkai.compilations.states import Act, State
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record


@transaction.atomic
def return_(*, by: Actor, compilation: Compilation, text: str, seen: int, at: datetime) -> Compilation:
    """Send it back with words that say what to mend. `seen` is the number of the version that was looked at.

    Raises Refused: words-missing, words-too-long, version-changed, not-now; Denied.
    """
    authorise(by, P.RECEIVE, compilation, compilation.scope)
    now, state = taken(compilation, Act.RETURN, at=at)
    said, version = rules.remark(text), _looked_at(now, seen)
    _decided(now, version, state, by, at, approved=False, text=said)
    record(ReportReturned(version.number, said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def approve(*, by: Actor, compilation: Compilation, seen: int, at: datetime, text: str = "") -> Compilation:
    """Approve exactly the version that was looked at (`seen`, its number); words are possible.

    Raises Refused: words-too-long, version-changed, not-now; Denied.
    """
    authorise(by, P.RECEIVE, compilation, compilation.scope)
    now, state = taken(compilation, Act.APPROVE, at=at)
    said = rules.remark(text) if text.strip() else ""
    version = _looked_at(now, seen)
    _decided(now, version, state, by, at, approved=True, text=said)
    record(ReportApproved(version.number), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


def _looked_at(now: Compilation, seen: int) -> ReportVersion:
    _report, version = current(now)
    if version.number != seen:
        raise Refused(
            "version-changed", "这份年报已有第 %(number)s 版，没有记下您的决定；请看过最新一版再办理",
            number=version.number,
        )
    return version


def _decided(
    now: Compilation, version: ReportVersion, state: State, by: Actor, at: datetime, *, approved: bool, text: str,
) -> None:
    Remark.objects.create(
        compilation=now, version=version, approved=approved, text=text, made_by_id=by.user_id, made_at=at,
    )
    now.decided_at, now.decided_by_id = at, by.user_id
    put(now, state, "decided_at", "decided_by")
