"""Days of birth. Years and months of officials stand in every notice of appointment; a full date of birth does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.view import View

_DATE = r"((?:19|20)[0-9]{2}\s?[年./\-]\s?[01]?[0-9]\s?[月./\-]\s?[0-3]?[0-9])\s?[日号]?"
_BORN = re.compile(
    rf"{_DATE}\s?(?:出生|生(?![产效])|诞)|(?:出生(?:日期|年月日?|时间)?|生日|生于)[:为是于\s]{{0,4}}{_DATE}"
)
_HEAD = re.compile("出生")
_ALONE = re.compile(rf"\s*{_DATE}\s*")


def find(seen: View, context: str) -> Iterator[Hit]:
    """Full dates that the words call a birth, or that stand alone below such a head."""
    for found in _BORN.finditer(seen.text):
        group = 1 if found[1] else 2
        yield hit(Kind.ID_NUMBER, "birth_date", seen, found.start(group), found.end(group), first=4, last=0)
    if _HEAD.search(context) and (alone := _ALONE.fullmatch(seen.text)):
        yield hit(Kind.ID_NUMBER, "birth_date", seen, alone.start(1), alone.end(1), first=4, last=0)
