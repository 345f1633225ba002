"""Addresses of e-mail. An office's own domain is no finding; an office at a public provider warns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around, is_office
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.view import View

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])([A-Za-z0-9][A-Za-z0-9._%+\-]{0,63})\s{0,2}(?:@|\[at\]|\(at\)|#at#)\s{0,2}"
    r"((?:[A-Za-z0-9\-]{1,63}\s?\.\s?){1,5}(?:com|cn|net|org|gov|edu|info|cc|vip|me|io|hk|tw|mo|top|xyz|mobi|co|tv|biz))"
    r"(?![A-Za-z0-9])", re.I,
)


def find(seen: View, context: str, own_domains: tuple[str, ...]) -> Iterator[Hit]:
    """Addresses outside `own_domains`."""
    for found in _EMAIL.finditer(seen.text):
        domain = re.sub(r"\s", "", found[2]).lower()
        if any(domain == own or domain.endswith(f".{own}") for own in own_domains):
            continue
        words = f"{context} {around(seen.text, found.start(), found.end())}"
        case = "email_office" if is_office(words) else "email"
        yield hit(Kind.EMAIL, case, seen, found.start(1), found.end(1), first=1, last=0)
