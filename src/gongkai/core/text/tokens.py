"""What tells who an applicant is, as tokens to be taken out of a text before it is published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple, get_args

TokenKind = Literal["name", "id_number", "phone", "address", "email", "organisation"]
KINDS: tuple[TokenKind, ...] = get_args(TokenKind)


class Token(NamedTuple):
    """One fact about a person: its kind and its value as recorded."""

    kind: TokenKind
    value: str


def tokens(**values: str | Iterable[str] | None) -> tuple[Token, ...]:
    """tokens(name="…", phone=["…", "…"]) → tokens, blanks left out. Raises KeyError for an unknown kind."""
    found: list[Token] = []
    for kind in values:
        if kind not in KINDS:
            raise KeyError(kind)
    for kind in KINDS:
        given = values.get(kind) or ()
        for value in (given,) if isinstance(given, str) else given:
            if value.strip() and Token(kind, value.strip()) not in found:
                found.append(Token(kind, value.strip()))
    return tuple(found)


# Two-character words that are also people's names, because they begin with the character of a surname. Only these are
# left to a human where nothing shows that a person is meant; every other name is taken out wherever it stands.
ORDINARY_WORDS = frozenset(Path(__file__).with_name("ordinary_words.txt").read_text("utf-8").split())
