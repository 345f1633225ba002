"""Why evidence is taken out: a reason that says something and names nobody."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.disputes.models import Dispute
from gongkai.vault import rules
from gongkai.vault.models import Sealed
from gongkai.vault.queries import personal


def reason_for(dispute: Dispute, reason: str) -> str:
    """The reason as it is recorded; it names nobody of the case, for it stays in the ledger.

    Source: 个人信息保护法 第六条、第三十四条. Raises Refused: reason-needed, reason-too-long, reason-personal,
    vault-key.
    """
    known: list[str] = []
    for one in identities(dispute):
        known += personal(one).values()
    return rules.reason(reason, known)


def identities(dispute: Dispute) -> Iterable[Sealed]:
    """Whoever is known of the case: the other side, and the applicant where that is another person."""
    found = {one.pk: one for one in (
        dispute.identity, dispute.application.identity if dispute.application is not None else None,
    ) if one is not None}
    return found.values()
