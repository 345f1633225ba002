"""The signature: from here on the report is a paper, and its numbers no longer move with the records."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.compilations import assemble, freezing, queries, rules
from gongkai.compilations.actions.parts import current, editing, put
from gongkai.compilations.actions.sealing import Paper, sealed
from gongkai.compilations.events import ReportSigned, SignatureTakenBack
from gongkai.compilations.models import Compilation, SigningKind
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Act
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record


@transaction.atomic
def sign(
    *, by: Actor, compilation: Compilation, on: date, at: datetime, seen: int | None = None, shown: str | None = None,
) -> Compilation:
    """Sign the report as it stands: its numbers and the list behind each are frozen and sealed with a digest, the .docx
    is kept, and the office's report of the year is filed.

    `seen` is the revision that was looked at, `shown` the mark of the numbers and words on the page (`assemble.mark`):
    with another one nothing is signed. Errors and inconsistencies that nobody answers for refuse it.

    Raises Refused: year-not-over, day-in-future, open-findings, figures-changed, records-moving, from-a-file,
    changed-meanwhile, not-now; Denied.
    """
    authorise(by, P.SIGN, compilation)
    now, state = editing(compilation, Act.SIGN, at=at, seen=seen)
    today = timezone.localdate(at)
    rules.signing_day(on, now.year, today)
    figures = assemble.figures_of(now)
    texts = assemble.texts_of(now, figures)
    if shown is not None and shown != assemble.mark(assemble.made(now, figures, texts)):
        raise Refused("figures-changed", "您打开以后有数字随记录变了，没有签发；请看过最新的数字再签发")
    report = assemble.made(now, figures, texts, on)
    findings = assemble.check_findings(now, today, report=report)
    rules.nothing_open(assemble.open_findings(now, findings))
    signing, rows = sealed(
        now, Paper(figures, texts, report, freezing.rows(now)), kind=SigningKind.SIGNED, on=on, by=by, at=at,
    )
    put(now, state, "report")
    waived = len(queries.waived(now) & {queries.name_of(f) for f in findings})
    record(
        ReportSigned(signing.number, signing.version.number, rows, signing.digest, waived), by=by, at=at,
        subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def take_back(*, by: Actor, compilation: Compilation, at: datetime, seen: int | None = None) -> Compilation:
    """Take the signature back before the report is submitted: it moves with the records again. What was frozen stays
    on record. Raises Refused: from-a-file, changed-meanwhile, not-now; Denied."""
    authorise(by, P.SIGN, compilation)
    now, state = editing(compilation, Act.TAKE_BACK, at=at, seen=seen)
    _report, version = current(now)
    put(now, state)
    record(SignatureTakenBack(version.number), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now
