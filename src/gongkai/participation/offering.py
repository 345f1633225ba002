"""What a person may do with a message: permissions and the table brought together for the page."""

from __future__ import annotations

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.participation.actions.parts import drafting
from gongkai.participation.models import Message
from gongkai.participation.offers import Offer, Situation, offers
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.states import Act, Kind, State


def permitted(actor: Actor, message: Message) -> frozenset[Act]:
    """The acts that a person's posts allow on this message."""
    found: set[Act] = set()
    if may(actor, P.HANDLE, message):
        found |= {Act.ASSIGN, Act.CLOSE, Act.HIDE}
    if may(actor, P.REPLY, message):
        found |= {Act.REPLY, Act.RETURN, Act.SHOW, Act.HIDE}
    if may(actor, drafting(actor, message), message):
        found.add(Act.DRAFT)
    return frozenset(found)


def works_on(actor: Actor, message: Message) -> bool:
    """Whether this person works on it, rather than watching over those who do: the sender's words and files are for
    the former alone."""
    return bool(permitted(actor, message))


def offered(actor: Actor, message: Message) -> list[Offer]:
    """The acts panel."""
    situation = Situation(
        Kind(message.kind), State(message.state), mine=message.drafted_by_id == actor.user_id,
        shown=message.shown_at is not None,
    )
    return offers(situation, permitted(actor, message))
