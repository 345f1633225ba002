"""What the acts of compiling begin and end with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.annual_reports.models import AnnualReport, ReportVersion
from gongkai.compilations import queries
from gongkai.compilations.models import Compilation, Entered
from gongkai.compilations.states import Act, Origin, State, after
from gongkai.core.errors import Refused
from gongkai.infra import locks


def serialise(agency_id: int, year: int, scope: str) -> None:
    """One at a time over an agency's report of a year; the acts on files take the same lock."""
    locks.serialise(f"report-{agency_id}-{year}-{scope}")


def held(compilation: Compilation, seen: int | None = None) -> Compilation:
    """The compilation as it now is, held until the end of the transaction. Raises Refused: changed-meanwhile when it is
    no longer the revision `seen`."""
    serialise(compilation.agency_id, compilation.year, compilation.scope)
    now = Compilation.objects.select_for_update(of=("self",), no_key=True).select_related(*queries.JOINS).get(
        pk=compilation.pk
    )
    if seen is not None and seen != now.revision:
        raise Refused("changed-meanwhile", "您打开以后有人改过这份年报，没有保存；请刷新页面，看过最新内容再办理")
    return now


def taken(
    compilation: Compilation, act: Act, *, at: datetime, seen: int | None = None,
) -> tuple[Compilation, State]:
    """The compilation held, and the state after `act`. Raises Refused: changed-meanwhile, not-now."""
    now = held(compilation, seen)
    alone = act == Act.PUBLISH and queries.alone(now.agency, now.year, now.scope, on=timezone.localdate(at))
    return now, after(now.state, act, alone=alone)


def editing(compilation: Compilation, act: Act, *, at: datetime, seen: int | None = None) -> tuple[Compilation, State]:
    """`taken` for what is compiled from records here: a file that was handed in is mended by a better file."""
    now, state = taken(compilation, act, at=at, seen=seen)
    if now.origin == Origin.FILE:
        raise Refused(
            "from-a-file", "这份年报是以文件报送的，不在这里修改；请改好文件重新报送，或者改为由记录编制",
        )
    return now, state


def current(now: Compilation) -> tuple[AnnualReport, ReportVersion]:
    """The report of what was signed or handed in, and its version of now."""
    assert now.report is not None, "what was signed or handed in has a report"
    assert now.report.current is not None, "a report that is filed has a version"
    return now.report, now.report.current


def put(compilation: Compilation, state: State, *fields: str) -> None:
    """Save the state, the columns named and the next revision."""
    compilation.state = state
    compilation.revision += 1
    compilation.save(update_fields=["state", "revision", *fields])


def touched(compilation: Compilation) -> None:
    """Something beside the columns changed: the next revision, so that who looked before is told."""
    Compilation.objects.filter(pk=compilation.pk).update(revision=F("revision") + 1)
    compilation.revision += 1


def replaced(compilation: Compilation, given: Mapping[str, Decimal], source: str, by: Actor, at: datetime) -> None:
    """Let numbers typed in take the place of those of the same cells, or of the same whole tables."""
    rows = compilation.entered.filter(withdrawn_at__isnull=True)
    rows.filter(cell__in=list(given)).update(withdrawn_at=at)
    Entered.objects.bulk_create(
        Entered(
            compilation=compilation, cell=cell, value=value, source=source, entered_by_id=by.user_id, entered_at=at,
        )
        for cell, value in given.items()
    )
