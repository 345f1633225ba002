"""What goes into search and what comes out. Plain values, no Django.

    index.put([Entry(key=7, title="…", body="…", agency=3, path="0001.0004.", …)])
    results = index.search(Query(text="污水处理 收费", under="0001.", kind="normative"))
    for hit in results.hits: hit.key, hit.title_pieces, hit.excerpt

Pieces are (text, is_match): a template escapes the text and puts a mark around what matches. Nothing here is HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

CAP = 10_000          # totals and counts are counted no further, and say so
LONGEST_QUERY = 200   # characters; what is longer is cut
MOST_WORDS = 8        # words of one query; further ones are not looked for
BREAK = "\f"          # between a document and its attachments: no phrase runs across it

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # no database keeps a NUL or half a character

Order = Literal["newest", "relevance"]
Piece = tuple[str, bool]
# The facets by name, in the order in which a page shows them.
FACETS = ("agency", "item", "topic", "kind", "year", "validity")


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication as it is found: `key` is its positive number, `body` the plain text of the document and of its
    attachments (joined by BREAK), `path` where its agency stands in the tree. Empty strings mean "none"."""

    key: int
    title: str
    body: str
    agency: int
    path: str
    published_on: date
    year: int
    item: str = ""
    topic: str = ""
    kind: str = ""
    validity: str = ""
    number: str = ""
    index_number: str = ""

    def __post_init__(self) -> None:
        if self.key <= 0:
            raise ValueError("the key of an entry is positive")
        for name in ("title", "body", "path", "item", "topic", "kind", "validity", "number", "index_number"):
            text = getattr(self, name)
            if (not text.isascii() and _UNSTORABLE.search(text)) or "\0" in text:
                object.__setattr__(self, name, _UNSTORABLE.sub("\ufffd", text))


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks. Words are divided by white space and all must occur, in the title or the text; what stands
    in quotation marks is taken exactly, without synonyms. A word of one character is looked for in titles only.

    `under` is the path of an agency and reaches all below it, "" the government as a whole; `since` and `until` are
    days, both included. Without words the newest are listed. `facets=False` leaves out the counts.
    """

    text: str = ""
    agency: int | None = None
    under: str | None = None
    item: str = ""
    topic: str = ""
    kind: str = ""
    year: int | None = None
    validity: str = ""
    since: date | None = None
    until: date | None = None
    order: Order = "newest"
    in_title: bool = False
    page: int = 1
    size: int = 20
    facets: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One found entry. `title` is plain; `title_pieces` and `excerpt` are the same words with what matches marked."""

    key: int
    title: str
    title_pieces: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    agency: int
    path: str
    published_on: date
    year: int
    item: str
    topic: str
    kind: str
    validity: str
    number: str
    index_number: str


Count = tuple[str, int, bool]  # value, how many, and whether there may be more


@dataclass(frozen=True, slots=True)
class Results:
    """One page. `capped`: `total` is CAP and there are more; facets are then counted among the newest CAP.

    `corrected` holds the (asked, also looked for) synonyms that widened the query; `unseen` the words beyond
    MOST_WORDS; `incomplete` is true while the index is being built.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    capped: bool = False
    page: int = 1
    size: int = 20
    facets: dict[str, list[Count]] = field(default_factory=dict)
    corrected: tuple[tuple[str, str], ...] = ()
    unseen: tuple[str, ...] = ()
    incomplete: bool = False

    @property
    def pages(self) -> int:
        """How many pages can be opened."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: how many entries were compared, and the keys that are missing, should not be there or say
    something else than the source (at most a hundred of each)."""

    compared: int
    missing: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()
    different: tuple[int, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """Nothing was found."""
        return not (self.missing or self.surplus or self.different or self.wrong)
