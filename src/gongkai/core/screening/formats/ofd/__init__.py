"""OFD, the national page format (GB/T 33190): pages, and everything else that its package carries."""

from __future__ import annotations

from gongkai.core.screening.formats.ofd.cleaning import clean
from gongkai.core.screening.formats.ofd.screening import unpack

__all__ = ["clean", "unpack"]
