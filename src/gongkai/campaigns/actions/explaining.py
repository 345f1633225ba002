"""Why a reported number differs from the records: said by who reports, accepted or sent back by the supervisor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.campaigns import rules
from gongkai.campaigns.actions.parts import held
from gongkai.campaigns.events import DifferenceExplained, ExplanationSettled
from gongkai.campaigns.models import Difference, Explanation
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.core.errors import Refused
from gongkai.core.required import required
from gongkai.ledger.actions import record


@transaction.atomic
def explain(*, by: Actor, difference: Difference, text: str, at: datetime) -> Explanation:
    """Explain a difference as it stands; an earlier explanation of the cell is replaced.

    Raises Refused: words-missing, words-too-long, campaign-closed; Denied.
    """
    authorise(by, P.EXPLAIN, difference.agency)
    said = required("说明", text, rules.EXPLANATION_MOST)
    held(difference.campaign)
    same = {
        "campaign_id": difference.campaign_id, "agency_id": difference.agency_id, "scope": difference.scope,
        "cell": difference.cell,
    }
    Explanation.objects.filter(**same, withdrawn_at__isnull=True).update(withdrawn_at=at)
    made = Explanation.objects.create(
        **same, reported=difference.reported, computed=difference.computed, text=said, made_by_id=by.user_id,
        made_at=at,
    )
    record(
        DifferenceExplained(made.agency_id, made.cell, made.reported, made.computed), by=by, at=at,
        subject_id=made.campaign_id, agency_id=made.agency_id,
    )
    return made


@transaction.atomic
def accept(*, by: Actor, explanation: Explanation, at: datetime) -> Explanation:
    """Accept it: the difference stands as explained while its two numbers stay what they are.

    Raises Refused: explanation-replaced, campaign-closed; Denied.
    """
    authorise(by, P.MANAGE, explanation.campaign)
    now = _standing(explanation)
    if now.accepted_at is not None:
        return now
    now.accepted_at, now.accepted_by_id = at, by.user_id
    now.save(update_fields=["accepted_at", "accepted_by"])
    record(
        ExplanationSettled(now.agency_id, now.cell, True), by=by, at=at, subject_id=now.campaign_id,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def send_back(*, by: Actor, explanation: Explanation, reason: str, at: datetime) -> Explanation:
    """Not accepted: the difference is unexplained again. Raises Refused: words-missing, explanation-replaced,
    campaign-closed; Denied."""
    authorise(by, P.MANAGE, explanation.campaign)
    said, now = rules.reason(reason), _standing(explanation)
    now.withdrawn_at = at
    now.save(update_fields=["withdrawn_at"])
    record(
        ExplanationSettled(now.agency_id, now.cell, False, said), by=by, at=at, subject_id=now.campaign_id,
        agency_id=now.agency_id,
    )
    return now


def _standing(explanation: Explanation) -> Explanation:
    held(explanation.campaign)
    now = Explanation.objects.select_for_update(of=("self",), no_key=True).select_related("campaign").get(
        pk=explanation.pk
    )
    if now.withdrawn_at is not None:
        raise Refused("explanation-replaced", "这条说明已经被新的代替，没有保存；请刷新页面看最新的")
    return now
