"""What somebody searched for in vain and may now apply for: in the session, never in an address."""

from __future__ import annotations

SOUGHT = "sought-words"
