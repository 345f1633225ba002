"""Tokens: every two characters that stand beside each other in the folded text.

A word of n characters is the phrase of its n-1 tokens, so that a search finds exactly what a scan of the folded text
finds: no dictionary decides what a word is. Folding brings width, case, traditional characters, quotation marks and
brackets to one form and takes white space out, so that a line break inside a word hides nothing.

Engines get tokens of letters and digits only: other ASCII characters move to private code points of plane 15. Filters
are tokens too, of three characters and more, which no two characters of a text can equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gongkai.core.text.fold import fold
from gongkai.search.entry import BREAK, Entry, Query

LEVEL = 8  # digits of one level in an agency's path (agencies.models.WIDTH)
GAP = "\x1f"  # in folded text where BREAK stood; white space for `fold`, so no query holds it
# An index made with other rules must be made anew: its rows could not be taken out by their tokens.
VERSION = f"2-{unicodedata.unidata_version}"

_OUT = 0xF0000
_SAFE = {n: _OUT + n for n in range(128) if not chr(n).isalnum()}
_END = "end"
_SAFE_BUT_GAP = {n: to for n, to in _SAFE.items() if n != ord(GAP)}
_ALIEN = re.compile(f"[\ud800-\udfff{chr(_OUT)}-{chr(_OUT + 127)}]")


def folded(text: str) -> str:
    """The form in which texts and words are compared."""
    if BREAK in text:
        return GAP.join(part for part in map(folded, text.split(BREAK)) if part)
    if text.isascii():
        return fold(text).casefold()
    return fold(_ALIEN.sub("\ufffd", text)).casefold()


def of_parts(folded_text: str) -> list[str]:
    """The tokens of a folded text. A token of three characters stands where a part ends: no phrase runs across."""
    found: list[str] = []
    for part in folded_text.translate(_SAFE_BUT_GAP).split(GAP):
        found += _pairs(part)
        found.append(_END)
    return found


def of_title(folded_title: str) -> list[str]:
    """The single characters of a title: a word of one character is looked for here alone."""
    return list(dict.fromkeys(folded_title.translate(_SAFE)))


def of_word(word: str) -> list[str]:
    """The tokens of a folded word: a phrase, of one character a token of `of_title`."""
    safe = word.translate(_SAFE)
    return [safe] if len(safe) == 1 else _pairs(safe)


def streams(entry: Entry) -> tuple[str, str]:
    """What an engine indexes: the tokens of the title, and those of title and text together, each with the single
    characters of the title and the tags behind them."""
    title = folded(entry.title)
    pairs, behind = of_parts(title), of_title(title) + tags(entry)
    return " ".join(pairs + behind), " ".join(pairs + of_parts(folded(entry.body)) + behind)


def _pairs(text: str) -> list[str]:
    return [a + b for a, b in pairwise(text)]


def tags(entry: Entry) -> list[str]:
    """The filters that an entry answers to."""
    values = [
        ("item", entry.item), ("topic", entry.topic), ("kind", entry.kind), ("validity", entry.validity),
        ("year", str(entry.year)), ("agency", str(entry.agency)),
    ]
    return [tag(name, value) for name, value in values if value] + [tag("under", part) for part in _above(entry.path)]


def wanted(query: Query) -> list[str]:
    """The tags that a query asks for."""
    values: Iterable[tuple[str, object]] = (
        ("agency", query.agency), ("under", query.under), ("item", query.item), ("topic", query.topic),
        ("kind", query.kind), ("year", query.year), ("validity", query.validity),
    )
    return [tag(name, str(value)) for name, value in values if value not in (None, "")]


def tag(name: str, value: str) -> str:
    """A filter as one token of ASCII letters and digits."""
    return name + value.encode("utf-8", "replace").hex()


def _above(path: str) -> Iterator[str]:
    """Every path that `path` lies under, itself last."""
    return (path[:end] for end in range(LEVEL, len(path) + LEVEL, LEVEL)) if path else iter(())
