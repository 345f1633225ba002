"""Holding the report against the rules: the clerk's word that it is ready to be signed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.annual_reports import readings
from gongkai.compilations import assemble, queries
from gongkai.compilations.actions.parts import editing, put
from gongkai.compilations.events import ReportChecked
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import authorise
from gongkai.compilations.states import Act
from gongkai.core.report.model import Severity
from gongkai.ledger.actions import record


@transaction.atomic
def check(*, by: Actor, compilation: Compilation, at: datetime, seen: int | None = None) -> Compilation:
    """Keep what the rules say of the report now and lay it before the signatory. Findings that are open do not stop
    this act; they stop the signature.

    Raises Refused: from-a-file, changed-meanwhile, not-now; Denied.
    """
    authorise(by, P.COMPILE, compilation, compilation.scope)
    now, state = editing(compilation, Act.CHECK, at=at, seen=seen)
    findings = assemble.check_findings(now, timezone.localdate(at))
    answered = queries.waived(now)
    now.findings, now.checked_at = readings.dump_findings(findings), at
    put(now, state, "findings", "checked_at")
    errors, inconsistencies, warnings = (
        sum(f.severity is one for f in findings)
        for one in (Severity.ERROR, Severity.INCONSISTENCY, Severity.WARNING)
    )
    waived = sum(queries.name_of(f) in answered for f in findings)
    record(
        ReportChecked(errors, inconsistencies, warnings, waived), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now
