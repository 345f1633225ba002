"""A short text that is no file: a line of a register, an answer that everybody will read."""

from __future__ import annotations

from gongkai.core.screening.model import Piece, Verdict
from gongkai.core.screening.scan import scan


def holds_personal(text: str) -> bool:
    """Whether a text holds something personal that must not go out: numbers of persons, accounts, addresses."""
    return any(one.verdict is Verdict.BLOCK for one in scan((Piece(text, "文字"),)).findings)
