"""The agency's name and the date at the foot of the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from gongkai.core.report.identity.agencies import name_alone
from gongkai.core.text.dates import date_at_end, whole_date
from gongkai.core.text.fold import fold

LONGEST = 60    # characters of a line with the agency's name and a date
SEARCHED = 25   # lines from the end; web pages put their own foot below the signature


class Signature(NamedTuple):
    """`lines` are the indexes of the lines that it takes up."""

    name: str | None
    on: date | None
    lines: frozenset[int]


def find_signature(texts: Sequence[str]) -> Signature | None:
    """The last date that stands alone, with the agency's name above, below or before it; else a name that ends all."""
    for at in range(len(texts) - 1, max(-1, len(texts) - 1 - SEARCHED), -1):
        if len(texts[at]) > LONGEST:
            continue
        on = whole_date(texts[at])
        if on is not None:
            for beside in (at - 1, at + 1):
                name = name_alone(fold(texts[beside])) if 0 <= beside < len(texts) else None
                if name:
                    return Signature(name, on, frozenset({at, beside}))
            return Signature(None, on, frozenset({at})) if at >= len(texts) // 2 else None
        ended = date_at_end(texts[at])
        if ended is not None and (name := name_alone(ended[0])):
            return Signature(name, ended[1], frozenset({at}))
    name = name_alone(fold(texts[-1])) if len(texts) > 1 else None
    return Signature(name, None, frozenset({len(texts) - 1})) if name else None
