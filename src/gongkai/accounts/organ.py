"""Whose desk one sees: a person with posts in several agencies may narrow the desk's lists to one of them.

Only lists are narrowed. What a person may open or do never depends on it: a link from a colleague must still open.
"""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of

KEY = "desk-organ"


def organs(actor: Actor) -> dict[int, str]:
    """The agencies in which `actor` holds posts, by key, in the order of the posts."""
    return {holding.agency_id: holding.agency_name for holding in actor.holdings}


def chosen(request: HttpRequest) -> int | None:
    """The agency whose desk was chosen; None for all. A post that has ended since is forgotten."""
    kept = request.session.get(KEY)
    return kept if kept in organs(actor_of(request)) else None


def choose(request: HttpRequest, said: str) -> None:
    """Remember an agency's key as it stands in a form; anything else, "" too, is all of them."""
    mine = organs(actor_of(request))
    request.session[KEY] = int(said) if said.isdecimal() and int(said) in mine else None


def at_desk(request: HttpRequest) -> Actor:
    """The actor for the lists of the desk: with the posts in the chosen agency alone, or as is."""
    actor, agency = actor_of(request), chosen(request)
    if agency is None:
        return actor
    return replace(actor, holdings=tuple(h for h in actor.holdings if h.agency_id == agency))
