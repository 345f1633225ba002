"""What a person may do with a case: permissions and the table brought together for the page."""

from __future__ import annotations

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.core.offers import Offer
from gongkai.disputes.models import Dispute
from gongkai.disputes.offers import Situation, offers
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import Act, Stage, State


def permitted(actor: Actor, dispute: Dispute) -> frozenset[Act]:
    """The acts that a person's posts allow on this case."""
    return frozenset(Act) if may(actor, P.HANDLE, dispute) else frozenset()


def situation_of(dispute: Dispute) -> Situation:
    """The facts that the offers depend on."""
    last = dispute.proceedings.order_by("-position").values_list("stage", "answered_on", "ours")[0]
    return Situation(
        State(dispute.state), Stage(last[0]), answered=last[1] is not None, ours=last[2],
        open_duties=dispute.rehandlings.open().count(),
    )


def offered(actor: Actor, dispute: Dispute) -> list[Offer[Act]]:
    """The acts panel."""
    able = permitted(actor, dispute)
    return offers(situation_of(dispute), able) if able else []
