"""What was typed, as words: plain ones and exact phrases. Plain values, no Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.search.entry import LONGEST_QUERY, MOST_WORDS, Query
from gongkai.search.tokens import folded

_PIECES = re.compile(r"[“\"＂](?P<exact>[^“”\"＂]*)[”\"＂]|(?P<plain>[^\s\u3000“”\"＂]+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its folded form. `alternatives` are other folded words that count as well."""

    text: str
    exact: bool = False
    alternatives: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The word and its alternatives."""
        return (self.text, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as an engine takes it: its words (all must occur) and the filters of `query`."""

    query: Query
    words: tuple[Word, ...]
    unseen: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[str, ...]:
        """Every folded word that may be marked in a text, the longest first."""
        return tuple(sorted({text for word in self.words for text in word.all}, key=lambda text: (-len(text), text)))


def parse(query: Query) -> Asked:
    """The words of a query in their order, each once. Quotation marks that are not closed count for nothing."""
    found: dict[str, Word] = {}
    unseen: list[str] = []
    for piece in _PIECES.finditer(query.text[:LONGEST_QUERY]):
        exact = piece["exact"] is not None
        text = folded(piece["exact"] if exact else piece["plain"])
        if not text or text in found:
            continue
        if len(found) == MOST_WORDS:
            unseen.append(text)
        else:
            found[text] = Word(text, exact)
    return Asked(query, tuple(found.values()), tuple(unseen))


def widen(asked: Asked, synonyms: Mapping[str, tuple[str, ...]]) -> tuple[Asked, tuple[tuple[str, str], ...]]:
    """The query with the synonyms of its plain words as alternatives, and the (asked, also looked for) pairs.

    `synonyms` maps a folded word to wordings as they are shown. Only a whole word is widened: 社保 is, 社保局 is not.
    """
    words, told = [], []
    for word in asked.words:
        more = () if word.exact else synonyms.get(word.text, ())
        shown = tuple(one for one in more if word.text not in folded(one))  # what holds the word is found anyway
        told += [(word.text, one) for one in shown]
        words.append(Word(word.text, word.exact, tuple(folded(one) for one in shown)))
    return Asked(asked.query, tuple(words), asked.unseen), tuple(told)
