"""Reads with a name: the synonyms as their page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.search import defaults
from gongkai.search.models import Synonym
from gongkai.search.permissions import SearchPermission

LISTED = 500


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of words on the page: whose it is (None for all), whether it came with the program, whether it may go."""

    said: str
    official: str
    agency: Agency | None
    shipped: bool
    removable: bool


def pairs(actor: Actor) -> list[Pair]:
    """What widens searches: of the program, of everybody and of the agencies where the actor keeps synonyms."""
    everybody = may_set_for_all(actor)
    rows = list(Synonym.objects.visible_to(actor).select_related("agency")[:LISTED])
    dropped = {(row.said, row.official) for row in rows if row.dropped}
    shipped = defaults.pairs()
    found = [Pair(said, official, None, True, everybody) for said, official in shipped - dropped]
    found += [
        Pair(row.said, row.official, row.agency, False, row.agency is not None or everybody)
        for row in rows if not row.dropped and (row.agency_id or (row.said, row.official) not in shipped)
    ]
    return sorted(found, key=lambda pair: (pair.agency.path if pair.agency else "", pair.said, pair.official))


def keeps_for(actor: Actor) -> list[Agency]:
    """The agencies whose synonyms an actor keeps; at most so many as a choice can show."""
    return list(Agency.objects.filter(within(actor, SearchPermission.SYNONYMS, "path"))[:LISTED])


def may_set_for_all(actor: Actor) -> bool:
    """Whether the actor's post lies over the top of a tree."""
    return actor.machine or Agency.objects.filter(
        within(actor, SearchPermission.SYNONYMS, "path"), parent__isnull=True,
    ).exists()
