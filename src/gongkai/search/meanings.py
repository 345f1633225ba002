"""The synonyms that widen a search: those of the program without the dropped ones, and those of the offices."""

from __future__ import annotations

from functools import lru_cache

from gongkai.infra.prepared import Prepared
from gongkai.search import defaults
from gongkai.search.models import Synonym
from gongkai.search.tokens import folded

_MOST = 2_000  # rows that are read; far more than any office keeps
_NOWHERE = 0   # no agency has this key
_word = lru_cache(4_096)(folded)  # every search asks for the same words
# Put into SQL anew for every search, this query took a seventh of the search.
_reaching = Prepared(
    lambda agency: Synonym.objects.reaching(agency).values_list("said", "official", "dropped")[:_MOST], int,
)


def synonyms(agency: int | None = None) -> dict[str, tuple[str, ...]]:
    """Folded word → official wordings, for a search in an agency or everywhere. One query."""
    rows = _reaching(agency or _NOWHERE)
    dropped = {(said, official) for said, official, gone in rows if gone}
    pairs = sorted(defaults.pairs() - dropped) + [(said, official) for said, official, gone in rows if not gone]
    found: dict[str, tuple[str, ...]] = {}
    for said, official in dict.fromkeys(pairs):
        word = _word(said)
        found[word] = (*found.get(word, ()), official)
    return found
