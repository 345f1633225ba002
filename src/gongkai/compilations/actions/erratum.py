"""Correcting what was published: a new version with the differences said, never a silent change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.annual_reports.actions.publishing import show
from gongkai.annual_reports.events import ReportPublished
from gongkai.annual_reports.states import ReportState
from gongkai.compilations import assemble, errata, queries, rules
from gongkai.compilations.actions.parts import put, replaced, taken
from gongkai.compilations.actions.sealing import Paper, sealed
from gongkai.compilations.events import ErratumIssued
from gongkai.compilations.models import Compilation, Signing, SigningKind
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Act, Origin
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record


@transaction.atomic
def correct(
    *, by: Actor, compilation: Compilation, reason: str, at: datetime, cells: Collection[str] | None = None,
    entered: Mapping[str, Decimal] | None = None, source: str = "", seen: int | None = None,
    shown: str | None = None,
) -> Signing:
    """Issue an erratum: the numbers of the records of now for `cells` (all that differ with None; sums follow), the
    prose filled anew. `entered` are numbers typed in that were wrong, with their `source`: cells of table 二, or one
    whole table. It is public at once where the report is; where that was taken down, it waits to be published again.
    `shown` is the mark of the report that was looked at (`assemble.mark`): nobody answers for numbers unseen.

    Raises Refused: reason-needed, source-needed, words-too-long, unknown-cell, moves-together, nothing-changed,
    figures-changed, open-findings, records-moving, changed-meanwhile, not-now; Denied.
    """
    authorise(by, P.CORRECT, compilation)
    now, state = taken(compilation, Act.CORRECT, at=at, seen=seen)
    said, today = rules.reason(reason), timezone.localdate(at)
    if entered:
        replaced(now, errata.typed(now, entered), rules.source(source), by, at)
    proposal = errata.proposed(now, today, cells)
    if proposal.empty:
        raise Refused("nothing-changed", "现在的记录与已公布的数没有差别，没有发布更正")
    if shown is not None and shown != assemble.mark(proposal.report):
        raise Refused("figures-changed", "更正的结果与您看到的不同，没有发布；请看过最新的结果再发布")
    rules.nothing_open(proposal.findings)
    last = queries.last_signing(now)
    rows = () if last is None or now.origin == Origin.FILE else errata.rows(now, proposal, last)
    assert now.report is not None
    signing, _rows = sealed(
        now, Paper(proposal.figures, proposal.texts, proposal.report, rows), kind=SigningKind.ERRATUM, on=today, by=by,
        at=at, changes=proposal.changes, reason=said, version=now.report.current if now.origin == Origin.FILE else None,
    )
    put(now, state, "report")
    if now.report.state == ReportState.PUBLISHED and show(now.report, at=at):
        record(
            ReportPublished(signing.version.number), by=by, at=at, subject_id=now.report_id, agency_id=now.agency_id,
        )
    record(
        ErratumIssued(
            signing.number, signing.version.number, errata.told(proposal), len(proposal.rewritten), said,
            signing.digest,
        ), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return signing
