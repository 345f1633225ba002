"""Beginning a report: the first act, and the only one that needs nothing to be there."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency, Kind, Succession
from gongkai.annual_reports.models import Scope
from gongkai.compilations import rules
from gongkai.compilations.actions.parts import held, put, serialise
from gongkai.compilations.events import CompilationStarted
from gongkai.compilations.models import Compilation, Prose
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import authorise
from gongkai.compilations.states import EDITABLE, Origin, State
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form_for_year
from gongkai.ledger.actions import record


@transaction.atomic
def start(*, by: Actor, agency: Agency, year: int, scope: str = Scope.OWN, at: datetime) -> Compilation:
    """Begin an agency's report of a year, with its prose drafted from the records. Said twice it is the same one; said
    of one that was begun as a file and is not yet signed or submitted, it is compiled from records from now on.

    Raises Refused: year-implausible, agency-not-then, not-a-government; Denied.
    """
    authorise(by, P.COMPILE, agency, scope)
    rules.year(year, timezone.localdate(at))
    if Scope(scope) == Scope.CONSOLIDATED and agency.kind not in {Kind.GOVERNMENT, Kind.TOWNSHIP}:
        raise Refused("not-a-government", "%(agency)s不是一级政府，没有汇总年报", agency=agency.name)
    _there(agency, year)
    serialise(agency.pk, year, scope)
    made, new = Compilation.objects.get_or_create(
        agency=agency, year=year, scope=scope,
        defaults={"form": form_for_year(year).id, "started_by_id": by.user_id, "started_at": at},
    )
    if not new:
        made = held(made)
        if made.origin == Origin.RECORDS or made.state not in EDITABLE:
            return made
        made.origin = Origin.RECORDS
        put(made, State.DRAFT, "origin")
    if not made.prose.exists():
        _drafted(made, by, at)
    record(CompilationStarted(year, scope, made.form), by=by, at=at, subject_id=made.pk, agency_id=agency.pk)
    return made


def _there(agency: Agency, year: int) -> None:
    """Who owes the report of a year existed on its last day."""
    begins, ends = agency.valid_from, agency.valid_to
    if begins is not None and begins > date(year, 12, 31):
        raise Refused("agency-not-then", "%(agency)s在%(year)s年还没有成立", agency=agency.name, year=year)
    if ends is not None and ends <= date(year, 12, 31):
        heirs = [s.successor.name for s in Succession.objects.filter(predecessor=agency).select_related("successor")]
        raise Refused(
            "agency-not-then", "%(agency)s到%(year)s年年底已经撤销，它的情况由承继的机关报告：%(heirs)s",
            agency=agency.name, year=year, heirs="、".join(heirs) or "没有登记",
        )


def _drafted(compilation: Compilation, by: Actor, at: datetime) -> None:
    from gongkai.compilations import assemble

    Prose.objects.bulk_create(
        Prose(
            compilation=compilation, section=section, aspect=aspect, body=body, edited_by_id=by.user_id, edited_at=at,
        )
        for (section, aspect), body in assemble.drafted(compilation).items()
    )
