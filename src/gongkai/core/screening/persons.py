"""The applicant's own tokens in a file: name, numbers, address as the office recorded them."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.screening.model import Finding, Kind, Piece, Verdict, with_reason
from gongkai.core.screening.policy import DEFAULT, Policy
from gongkai.core.text.leaks import leaks
from gongkai.core.text.tokens import Token


def find(pieces: Sequence[Piece], tokens: Sequence[Token], policy: Policy = DEFAULT) -> list[Finding]:
    """Every place that still speaks of the applicant. What may be an accident warns."""
    found: list[Finding] = []
    for piece in pieces:
        for leak in leaks(piece.text, tokens):
            verdict = policy.verdict("token" if leak.certain else "token_doubtful", hidden=piece.hidden)
            if verdict is not Verdict.PASS:
                found.append(Finding(Kind.PERSON, piece.where, with_reason(leak.excerpt, piece), verdict, piece.hidden))
    return found
