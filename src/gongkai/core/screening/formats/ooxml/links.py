"""Addresses in a file that will be public: web pages stay, everything else goes."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from gongkai.core.screening.formats.ooxml.putback import Mask

_DIGITS = re.compile(r"\d{15,}")
_PRIVATE = re.compile(r"(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|[^.]+$", re.I)


def may_stay(address: str, mask: Mask) -> bool:
    """A web address of the open internet without words and without anything personal, also when its %XX are undone."""
    try:
        split = urlsplit(address)
        host = split.hostname or ""
    except ValueError:
        return False
    if split.scheme.lower() not in {"http", "https"} or "@" in split.netloc or _PRIVATE.match(host):
        return False
    plain = unquote(unquote(address))
    if not plain.isascii():
        return False  # words in an address are seen by nobody: a name or a mark may stand there
    return mask(address) == address and mask(plain) == plain and not _DIGITS.search(plain)
