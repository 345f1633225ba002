"""File names that come from outside and go outside."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
LONGEST = 120


def safe(name: str, fallback: str = "文件") -> str:
    """A name that is safe to show, to offer for download and to save on any system.

    Folders, control and direction-changing characters go (a reversed "fdp.exe" must not read as a PDF); the ending
    is kept when the rest is cut to LONGEST characters. Idempotent.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    base = _FORBIDDEN.sub("", base).strip(" .")
    if not base or _RESERVED.match(base):
        base = f"{fallback}{base and '_' + base}"
    if len(base) > LONGEST:
        stem, dot, ending = base.rpartition(".")
        base = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) <= 8 else base[:LONGEST]
        base = base.strip(" .")
    return base
