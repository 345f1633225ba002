"""What a label says: which row, column or head of the statutory tables its words name.

Every label of every form is looked up in one dictionary of folded spellings, made once from the forms. A label
that is not in it is left to `nearest`, which knows the context.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from gongkai.core.report.forms import Label, all_forms
from gongkai.core.text.fold import fold

LONGEST = 120  # characters; no statutory label is longer than half of this, running text is
_YEAR = re.compile(  # a number glued to the end of a label is no year
    r"[(\[](?:19|20)\d\d年?度?[)\]]|(?<!\d)(?:19|20)\d\d年度?|(?<=[^\W\d])(?:19|20)\d\d(?=[^\W\d])"
)
_UNIT = re.compile(r"[(\[](?:计量|金额)?单?位?:?(万元|亿元|元|件|个|条|项|宗)[)\]]")
_NOT_WORD = re.compile(r"[\W_]+")
_ORDINAL = re.compile(r"[(\[]?(\d{1,2}|[一二三四五六七八九十])(?:[)\]][、.,:;]?|[、.,:;])|(\d{1,2})(?=[^\W\d])")
_HEAD = re.compile(r"第(?:二十|20)条第?[一五六八九15689]项?款?")
_CHINESE = {ch: n for n, ch in enumerate("一二三四五六七八九十", 1)}


class Spelling(NamedTuple):
    """A label as written, brought to its core: no spaces, punctuation, year, unit or ordinal.

    `whole` still carries the ordinal's characters; `ordinal` is its number, None where none is written; `unit`
    is the unit that the label fixes (（单位：万元）).
    """

    whole: str
    core: str
    ordinal: int | None
    unit: str | None


class Meaning(NamedTuple):
    """What one label may name, table by table; several at once for words such as 其他 and 总计.

    `row2`, `col3` … are keys of the forms. `head2` is a block head of table 二 (第二十条第…项), `info2` its corner
    信息内容, `col2` a column label of any block, `group3` a row group of table 三 by its ordinal, `over3` and `over4`
    the labels that only span columns.
    """

    head2: bool = False
    info2: bool = False
    col2: bool = False
    row2: str | None = None
    over3: bool = False
    col3: str | None = None
    row3: str | None = None
    group3: int | None = None
    group4: str | None = None
    over4: bool = False
    col4: str | None = None


@lru_cache(maxsize=4096)
def spell(text: str) -> Spelling:
    """Bring a label to its core."""
    folded = _YEAR.sub("", fold(text))
    unit = _UNIT.search(folded)
    if unit:
        folded = folded[:unit.start()] + folded[unit.end():]
    whole = _NOT_WORD.sub("", folded)
    found = _ORDINAL.match(folded)
    if not found:
        return Spelling(whole, whole, None, unit and unit[1])
    digits = found[1] or found[2]
    core = _NOT_WORD.sub("", folded[found.end():])
    return Spelling(whole, core, _CHINESE.get(digits) or int(digits), unit and unit[1])


def core(text: str) -> str:
    """The core of a label that the form itself prints."""
    return spell(text).core


def meaning(text: str) -> Meaning | None:
    """What a label names, None when its spelling is not one of the known ones."""
    if len(text) > LONGEST:
        return None
    try:
        return _seen[text]
    except KeyError:
        if len(_seen) > 20_000:
            _seen.clear()
        found = _seen[text] = _look_up(spell(text))
        return found


def _look_up(spelling: Spelling) -> Meaning | None:
    known = _known()
    found = known.get(spelling.whole)
    if found is None and spelling.ordinal is not None:
        found = known.get(spelling.core)
        if found is not None and len(spelling.core) <= 2 and found.row3 is not None:
            # 2.其他 may be a shortened 2.其他法律行政法规禁止公开: two characters prove nothing against an ordinal.
            return None
    if found is None and _HEAD.search(spelling.whole):
        return Meaning(head2=True)
    return found


@cache
def _known() -> dict[str, Meaning]:
    known: dict[str, Meaning] = {}

    def learn(spellings: Iterable[str], **names: object) -> None:
        for spelling in spellings:
            known[spelling] = known.get(spelling, Meaning())._replace(**names)  # type: ignore[arg-type]

    learn(("信息内容",), info2=True)
    learn(("申请人情况", "法人或其他组织", "法人和其他组织", "法人或者其他组织"), over3=True)
    learn(("行政诉讼",), over4=True)
    for form in all_forms():
        learn((core(form.t3_corner),), over3=True)
        for block in form.blocks:
            for label in block.columns:
                learn(spellings(label), col2=True)
            for label in block.rows:
                learn(spellings(label), row2=label.key)
        for label in form.t3_columns:
            learn(spellings(label), col3=label.key)
        for label in form.t3_rows:
            learn(spellings(label), row3=label.key)
            for outer in label.path[:-1]:
                learn(_both(outer), group3=spell(outer).ordinal if outer.startswith("（") else 0)
        for label in form.t4_columns:
            learn(spellings(label), col4=label.key)
        for label in form.t4_groups:
            learn(spellings(label), group4=label.key)
    return known


@cache
def spellings(label: Label) -> tuple[str, ...]:
    """Every accepted spelling of a label, with and without its ordinal, longest first."""
    found = {s for text in (label.text, *label.variants) for s in _both(text)}
    return tuple(sorted(found, key=lambda s: (-len(s), s)))


def _both(text: str) -> tuple[str, str]:
    spelling = spell(text)
    return spelling.whole, spelling.core


_seen: dict[str, Meaning | None] = {}
