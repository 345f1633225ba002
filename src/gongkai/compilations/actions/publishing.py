"""Before the public: what the supervisor approved, or what was signed where nobody is above (Arts. 49, 50)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.annual_reports.actions.publishing import show
from gongkai.annual_reports.events import ReportPublished
from gongkai.compilations.actions.parts import current, put, taken
from gongkai.compilations.events import CompiledPublished
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Act
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record


@transaction.atomic
def publish(
    *, by: Actor, compilation: Compilation, at: datetime, seen: int | None = None, version: int | None = None,
) -> Compilation:
    """Let the public see the version that was approved. `seen` is the revision that was looked at, `version` the number
    of the version.

    Raises Refused: version-changed, changed-meanwhile, not-now; Denied.
    """
    authorise(by, P.PUBLISH, compilation)
    now, state = taken(compilation, Act.PUBLISH, at=at, seen=seen)
    report, latest = current(now)
    if version is not None and version != latest.number:
        raise Refused(
            "version-changed", "这份年报已有第 %(number)s 版，没有公布；请看过最新一版再公布", number=latest.number,
        )
    now.published_at = at
    put(now, state, "published_at")
    if show(report, at=at):
        record(ReportPublished(latest.number), by=by, at=at, subject_id=report.pk, agency_id=now.agency_id)
    record(CompiledPublished(latest.number), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now
