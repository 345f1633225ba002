"""Personal data in a text: the detectors, and which of two that overlap is meant.

`find` is pure. A value may be written in full width, in groups, over lines, with marks of no width or in Chinese
digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gongkai.core.screening.model import Kind, Verdict
from gongkai.core.screening.personal import (
    address,
    bank_card,
    birth,
    email,
    id_number,
    passport,
    phone,
    plate,
)
from gongkai.core.screening.personal.hit import Hit
from gongkai.core.screening.personal.view import (
    SPELT,
    View,
    closed_view,
    joined_view,
    snippets_view,
    turned_view,
    unwrapped_view,
    view,
)
from gongkai.core.screening.policy import DEFAULT, Policy

__all__ = ["Hit", "find"]

_RANK = (
    Kind.ID_NUMBER, Kind.BANK_CARD, Kind.EMAIL, Kind.PHONE, Kind.PASSPORT, Kind.PLATE, Kind.ADDRESS,
)
# Nothing of this in a text means nothing personal in it: most cells and many lines are passed over here.
_WORTH = re.compile(
    rf"\d(?:\D{{0,8}}\d){{5}}|[{SPELT}].{{10}}|[OoIl\d]{{11}}|[@＠﹫ⓐⒶ号室组幢栋排]|{email.TAIL}|[0-9]#|[村镇乡][\u4e00-\u9fff0-9]{{1,6}}[社屯队寨]|单元|[A-Za-z0-9]-[0-9]{{3}}|[寓园区苑庭府][0-9]{{3}}|住\s{{0,4}}[址:：]|家庭地址|[件信达讯系]地址|家住|老家|WJ|微信号|零[三四五六七八九]"
    rf"|[{plate.PROVINCES}]\W{{0,2}}[A-Za-zＡ-Ｚ]\W{{0,3}}[0-9A-Za-z０-９Ａ-Ｚ]",
    re.S | re.I,
)

_OVER_LINES = frozenset({"id_number", "id_named", "bank_card", "address"})
_LINE_END = frozenset({"", "\r", "\n", " "})


def find(text: str, *, context: str = "", hidden: bool = False, policy: Policy = DEFAULT) -> list[Hit]:
    """Everything personal in a text, in its order, without overlaps; what the policy passes is left out.

    `context` is what stands beside the text in words: the head of its column, the label to its left.
    """
    if not _WORTH.search(text) and not (context and _is_headed(context)):
        return []
    seen = view(text)
    hits = _hits(seen, context, hidden, policy)
    if "\n" in text:
        if whole := unwrapped_view(seen):
            hits += _wrapped_homes(whole, context, hits)
        if whole := snippets_view(seen):
            hits += [
                one for one in _hits(whole, context, hidden, policy)
                if one.case == "landline_private" or (one.case in _OVER_LINES and "\n" in one.masked)
            ]
        if whole := joined_view(seen):
            hits += _wrapped_mail(whole, context, hits, policy)
    if whole := closed_view(seen):
        spaced = [one for one in _hits(whole, context, hidden, policy) if " " in one.masked or "\t" in one.masked]
        hits = [one for one in hits if not any(_covers(other, one) for other in spaced)] + spaced
    if turned := turned_view(text):
        hits += _hits(turned, context, hidden, policy)
    return _apart(one for one in hits if policy.verdict(one.case, hidden=hidden) is not Verdict.PASS) if hits else []


@lru_cache(maxsize=1 << 10)
def _is_headed(context: str) -> bool:
    """True for the head of a column in which little makes a home or a plate."""
    return address.is_home_head(context) or plate.is_plate_head(context)


def _hits(seen: View, context: str, hidden: bool, policy: Policy) -> list[Hit]:
    return [
        *id_number.find(seen, context), *bank_card.find(seen, context), *phone.find(seen, context, hidden=hidden),
        *email.find(seen, context, policy.own_domains), *plate.find(seen, context), *passport.find(seen, context),
        *address.find(seen, context), *birth.find(seen, context),
    ]


def _wrapped_homes(whole: View, context: str, known: list[Hit]) -> list[Hit]:
    """Homes that run over the end of a line, unless what was found of them before keeps away from that end."""
    text = whole.source
    found = [one for one in address.find(whole, context) if "\n" in text[one.start:one.stop]]
    homes = [one for one in known if one.kind is Kind.ADDRESS]
    return [
        one for one in found
        if all(
            text[home.stop:home.stop + 1] in _LINE_END or text[max(0, home.start - 1):home.start] in _LINE_END
            for home in homes if home.start < one.stop and one.start < home.stop
        )
    ]


def _wrapped_mail(whole: View, context: str, known: list[Hit], policy: Policy) -> list[Hit]:
    """Addresses of mail that run over the end of a line: those that are not known, and longer beginnings of others."""
    mail = [one for one in known if one.kind is Kind.EMAIL]
    found = []
    for one in email.find(whole, context, policy.own_domains):
        beside = [other for other in mail if other.start < one.stop and one.start < other.stop]
        if not beside or ("\n" in one.masked and whole.source[max(0, one.start - 1):one.start] != "@"):
            found.append(one)
    return found


def _covers(wide: Hit, one: Hit) -> bool:
    return wide.kind is one.kind and wide.start <= one.start and one.stop <= wide.stop


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap the one of the higher rank, then the certain one, then the longer one."""
    kept: list[Hit] = []
    for one in sorted(hits, key=_weight):
        if all(one.stop <= other.start or one.start >= other.stop for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _weight(one: Hit) -> tuple[int, int, int, int]:
    doubtful = one.case.endswith(("_doubtful", "_display", "_old")) or one.case == "birth_date"
    return int(doubtful), _RANK.index(one.kind), int(one.case == "id_named"), one.start - one.stop
