"""Label pieces put together: 商业 · 企业 is one label when the form knows 商业企业 and not 商业."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gongkai.core.report.locate.labels import Meaning
from gongkai.core.report.readers.text.draft import Piece
from gongkai.core.report.readers.text.words import is_value, known

_MOST = 5  # pieces that one label is ever broken into
_STUB = 3  # characters of an ordinal alone, （三）
LEVEL = re.compile(r"\s*(?:(?P<outer>[一二三四][、,.．])|(?P<group>[(（][一二三四五六七][)）])|(?P<item>\d[.．、,]))")


def join(pieces: Sequence[Piece]) -> Piece:
    """One piece with the text of all."""
    return Piece("".join(piece.text for piece in pieces), pieces[0].line, pieces[0].row)


def reach(pieces: Sequence[Piece], at: int, fits: Callable[[Meaning], bool]) -> int:
    """How many pieces from `at` on make up one known label that fits; the longest wins, 0 for none."""
    best = 0
    text = ""
    for count, piece in enumerate(pieces[at:at + _MOST], 1):
        if count > 1 and (is_value(piece.text) or not piece.text):
            break
        text += piece.text
        found = known(text)
        if found is not None and fits(found):
            best = count
    return best


def joined(pieces: Sequence[Piece], fits: Callable[[Meaning], bool]) -> list[Piece]:
    """Pieces with broken labels put together; what is unknown stays a piece of its own."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        count = max(1, reach(pieces, at, fits))
        found.append(join(pieces[at:at + count]))
        at += count
    return found


def paths(pieces: Sequence[Piece]) -> list[Piece]:
    """The labels beside one row of table 三 from the outside in, broken ones put together.

    A new label begins at its ordinal (三、 · （三） · 1.) or where a known label is complete by itself.
    """
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and piece.text == found[-1][-1].text:
            continue  # a merged cell written out once for each column
        whole_cells = bool(found) and piece.row is not None and len(join(found[-1]).text) > _STUB
        if not found or whole_cells or LEVEL.match(piece.text) or (known(piece.text) and known(join(found[-1]).text)):
            found.append([piece])
        else:
            found[-1].append(piece)
    return [join(group) for group in found]


def level(text: str) -> int:
    """1, 2 or 3 for a label of table 三 by its ordinal or its words, 0 when neither tells."""
    match = LEVEL.match(text)
    if match:
        return 1 if match["outer"] else 2 if match["group"] else 3
    found = known(text)
    if found is None:
        return 0
    if found.group3 is not None:
        return 2 if found.group3 else 1
    return _LEVEL_OF_ROW.get(found.row3 or "", 3 if found.row3 else 0)


_LEVEL_OF_ROW = {"new": 1, "carried_in": 1, "carried_out": 1, "granted": 2, "partial": 2, "other": 2, "closed": 2}
