"""Answering for a finding that stays open: who, and why (a report with open errors is signed only so)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.compilations import rules
from gongkai.compilations.actions.parts import put, taken
from gongkai.compilations.events import FindingWaived, WaiverWithdrawn
from gongkai.compilations.models import Compilation, Waiver
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Act
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record


@transaction.atomic
def waive(
    *, by: Actor, compilation: Compilation, code: str, cells: Collection[str], message: str, reason: str, at: datetime,
    seen: int | None = None,
) -> Waiver:
    """Answer for one finding: by its code, its cells and its very words. With other numbers it is open again.

    Said twice it is the same waiver. Raises Refused: reason-needed, words-too-long, changed-meanwhile, not-now;
    Denied.
    """
    authorise(by, P.WAIVE, compilation)
    now, state = taken(compilation, Act.WAIVE, at=at, seen=seen)
    said = rules.reason(reason)
    for there in now.waivers.filter(withdrawn_at__isnull=True, code=code[:60]):
        if there.cells == list(cells) and there.message == message[:1000]:
            return there
    waiver = Waiver.objects.create(
        compilation=now, code=code[:60], cells=list(cells), message=message[:1000], reason=said, made_by_id=by.user_id,
        made_at=at,
    )
    put(now, state)
    record(
        FindingWaived(waiver.code, tuple(cells), said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return waiver


@transaction.atomic
def withdraw_waiver(*, by: Actor, waiver: Waiver, at: datetime) -> Waiver:
    """Answer for it no longer: the finding is open again. Raises Refused: already-withdrawn, not-now; Denied."""
    authorise(by, P.WAIVE, waiver.compilation)
    now, state = taken(waiver.compilation, Act.WAIVE, at=at)
    if not Waiver.objects.filter(pk=waiver.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise Refused("already-withdrawn", "这条理由已经撤回")
    put(now, state)
    record(WaiverWithdrawn(waiver.code), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    waiver.refresh_from_db()
    return waiver
