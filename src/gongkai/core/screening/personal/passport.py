"""Passports and the travel documents of residents of Hong Kong, Macao and Taiwan.

Their numbers are short and look like many others: the words around decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import before
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.view import View

# A narrow box may end its line anywhere within the number.
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{1,2}[\s\-]?[0-9](?:(?:[ \-]|\r?\n)?[0-9]){6,7})(?![A-Za-z0-9])", re.I)
_PASS = re.compile(r"(?<![A-Za-z0-9])(?:[HMCW][A-Z0-9]?\s?[0-9]{7,10}|[0-9]{8}|[0-9]{10})(?![A-Za-z0-9])", re.I)
_FOREIGN = re.compile(r"(?:护照|PASSPORT)(?:号码?|NO\.?|NUMBER|[:：为是(（ ]){0,4}([0-9]{8,9})(?![A-Za-z0-9])", re.I)
_BARE = re.compile(r"(?<![A-Za-z0-9])(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7})(?![A-Za-z0-9])")
_ABOUT_PASSPORT = re.compile("护照|PASSPORT", re.I)
_ABOUT_PASS = re.compile("通行证|台胞证|回乡证|往来港澳|往来台湾|还乡证|港澳台居民|台湾居民来往|港澳居民来往")
_OTHER = re.compile("准字|批准文号|型号|规格|图号|标准|药|编号|货号|GB", re.I)


def find(seen: View, context: str) -> Iterator[Hit]:
    """Numbers that the words before call a passport or a pass; a bare one in the shape of today's passport warns."""
    text = seen.text
    told: list[tuple[int, int]] = []
    for pattern, about in ((_PASSPORT, _ABOUT_PASSPORT), (_PASS, _ABOUT_PASS)):
        if not about.search(context) and not about.search(text):
            continue
        for found in pattern.finditer(text):
            if about.search(context) or about.search(before(text, found.start(), 24)):
                told.append(found.span())
                yield hit(Kind.PASSPORT, "passport", seen, found.start(), found.end(), first=1, last=2)
    for found in _FOREIGN.finditer(text):  # nine digits: that of the United States and others
        if found.span(1) not in told:
            told.append(found.span(1))
            yield hit(Kind.PASSPORT, "passport", seen, *found.span(1), first=1, last=2)
    for found in _BARE.finditer(text):
        if found.span() not in told and not _OTHER.search(f"{context} {before(text, found.start(), 10)}"):
            yield hit(Kind.PASSPORT, "passport_doubtful", seen, found.start(), found.end(), first=1, last=2)
