"""Evidence leaves the system: who took it out, why, and every look that this was."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.disputes.bundle.reasons import reason_for
from gongkai.disputes.events import BundleMade, DisputesExported
from gongkai.disputes.models import Dispute
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.ledger.actions import record
from gongkai.vault.events import FilesTaken, ProofOpened
from gongkai.vault.models import SealedFile
from gongkai.vault.permissions import VaultPermission


class Made(Protocol):
    """What the bundle says of itself (bundle.packing.Bundle)."""

    @property
    def enclosed(self) -> int: ...

    @property
    def left_out(self) -> int: ...

    @property
    def opened(self) -> list[SealedFile]: ...

    @property
    def proofs(self) -> list[SealedFile]: ...


@transaction.atomic
def note_bundle(*, by: Actor, dispute: Dispute, reason: str, made: Made, sha256: str, at: datetime) -> None:
    """Record a bundle before it is handed out: one event on the case, one on the applicant's identity for what was
    decrypted, and one for every proof of an identity, as wherever such a proof is opened.

    Raises Refused: what `reason_for` refuses; Denied, also where a proof was opened without REVEAL.
    """
    authorise(by, P.BUNDLE, dispute)
    if made.proofs:
        authorise(by, VaultPermission.REVEAL, dispute)
    said = reason_for(dispute, reason)
    for proof in made.proofs:
        record(ProofOpened(said), by=by, at=at, subject_id=proof.pk, agency_id=dispute.agency_id)
    if made.opened:
        whose = dispute.application.identity_id if dispute.application is not None else dispute.identity_id
        record(FilesTaken(len(made.opened), said), by=by, at=at, subject_id=whose, agency_id=dispute.agency_id)
    record(
        BundleMade(made.enclosed, len(made.opened), made.left_out, sha256, said), by=by, at=at, subject_id=dispute.pk,
        agency_id=dispute.agency_id,
    )


@transaction.atomic
def note_export(*, by: Actor, agency: Agency | None, rows: int, form: str, at: datetime) -> None:
    """Note that a list of cases left the system. `agency` is None for a list over several. Raises Denied."""
    authorise(by, P.SEE, agency)
    record(DisputesExported(rows, form), by=by, at=at, agency_id=agency.pk if agency else None)
