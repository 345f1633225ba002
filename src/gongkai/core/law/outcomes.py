"""What a register calls an outcome → the kind of answer (column 办理结果 of a register spreadsheet).

A register may give the statutory row of table 三 with or without its numbers and with the shortenings that real
reports show, the row's key or short key, or a kind of answer by key, name or usual word. A row in which several kinds
count gives the kind that `row_default` of answers.toml names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from gongkai.core.law.answer_kinds import ANSWERS, ROW_DEFAULTS
from gongkai.core.report.forms import Label, all_forms
from gongkai.core.report.locate.labels import LONGEST, spell
from gongkai.core.text.fold import fold

# The short keys under which offices number the rows among themselves: d1 属于国家秘密, n1 本机关不掌握, o 其他处理 …
_SHORT_KEYS = {
    "d1": "refused_secret", "d2": "refused_law", "d3": "refused_security", "d4": "refused_third_party",
    "d5": "refused_internal", "d6": "refused_process", "d7": "refused_enforcement", "d8": "refused_enquiry",
    "n1": "unable_not_held", "n2": "unable_creation", "n3": "unable_unclear", "r1": "unhandled_petition",
    "r2": "unhandled_repeat", "r3": "unhandled_publication", "r4": "unhandled_excessive",
    "r5": "unhandled_confirmation", "o": "other", "o1": "other_uncorrected", "o2": "other_unpaid", "o3": "other_rest",
}
_NOT_OUTCOMES = frozenset({"new", "carried_in", "closed", "carried_out"})


def parse_outcome(text: str) -> str | None:
    """The key of the answer that a cell names; None when it names none, or cannot tell which (不予公开 alone)."""
    if len(text) > LONGEST * 2:
        return None
    known = _spellings()
    by_name = known.get(fold(text).casefold())
    if by_name is not None:
        return by_name
    spelling = spell(text)
    found = known.get(spelling.whole)
    if found is None and spelling.ordinal is not None and len(spelling.core) > 2:
        # 2.其他 may be a shortened 2.其他法律行政法规禁止公开: two characters prove nothing against a wrong number.
        found = known.get(spelling.core)
    return found


@cache
def _spellings() -> dict[str, str]:
    known: dict[str, str] = {}
    for form in all_forms():
        for label in form.t3_rows:
            if label.key not in _NOT_OUTCOMES:
                default = _default(label.key)
                known[label.key] = default
                known.update(dict.fromkeys(_row_spellings(label), default))
    known.update({short: known[row] for short, row in _SHORT_KEYS.items()})
    for kind in ANSWERS.values():  # last, so that the name of a kind is never taken for a row
        for word in (kind.key, kind.name, *kind.aliases):
            known[fold(word).casefold()] = known[spell(word).whole] = kind.key
    return known


def _default(row: str) -> str:
    if row in ROW_DEFAULTS:
        return ROW_DEFAULTS[row]
    only, = (kind.key for kind in ANSWERS.values() if kind.row == row)
    return only


def _row_spellings(label: Label) -> Iterator[str]:
    """The row's own label and its variants, alone and behind the heads that stand over it, numbered or not."""
    own = [both for text in (label.text, *label.variants) for both in _both(text)]
    yield from own
    for depth in range(1, len(label.path)):
        heads = [_both(text) for text in label.path[-1 - depth:-1]]
        for *above, last in product(*heads, own):
            yield "".join(above) + last


def _both(text: str) -> tuple[str, str]:
    spelling = spell(text)
    return spelling.whole, spelling.core
