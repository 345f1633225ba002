"""Names of facts in braces, put in their numbers: {本年新收申请} → 12. Nothing that was typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.compilations.facts.value import FactValue
from gongkai.core.report.model import Number

TOKEN = re.compile(r"\{([^{}\s]{1,40})\}")
# What a draft leaves for a person to write; the rule GK2203 finds it where it was left in.
PROMPT = re.compile(r"【请(?:填写|写明)[^】]*】")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of filled text. `fact` is set for a number; `name` as well for a name that no fact bears."""

    text: str
    fact: FactValue | None = None
    name: str = ""

    @property
    def unknown(self) -> bool:
        """Whether the name stands there because nothing is called so."""
        return self.fact is None and self.name != ""

    @property
    def awaited(self) -> bool:
        """Whether a person must still write something here."""
        return (self.fact is not None and self.fact.value is None) or bool(PROMPT.search(self.text))


@dataclass(frozen=True, slots=True)
class Filled:
    """The text with its numbers; which facts it holds, which names are unknown, what a person must still write."""

    text: str
    used: tuple[str, ...]
    unknown: tuple[str, ...]
    awaited: tuple[str, ...]
    pieces: tuple[Piece, ...]


def fill(body: str, facts: Mapping[str, FactValue]) -> Filled:
    """`body` with every known name replaced by its number. An unknown name stays as it was typed, with its braces; a
    fact that nobody has entered becomes a prompt, 【请填写：举办培训】."""
    pieces: list[Piece] = []
    at = 0
    for match in TOKEN.finditer(body):
        pieces += _plain(body[at:match.start()])
        fact = facts.get(match[1])
        if fact is None:
            pieces.append(Piece(match[0], None, match[1]))
        else:
            pieces.append(Piece(written(fact.value) if fact.value is not None else prompt(fact), fact, fact.name))
        at = match.end()
    pieces += _plain(body[at:])
    return Filled(
        "".join(piece.text for piece in pieces),
        tuple(dict.fromkeys(piece.name for piece in pieces if piece.fact is not None)),
        tuple(dict.fromkeys(piece.name for piece in pieces if piece.unknown)),
        tuple(dict.fromkeys(piece.text for piece in pieces if piece.awaited)), tuple(pieces),
    )


def prompt(fact: FactValue) -> str:
    """What stands in the place of a fact that nobody has entered."""
    return f"【请填写：{fact.name}】"


def written(value: Number) -> str:
    """A number as prose writes it: no grouping, no exponent, no trailing zeros."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _plain(text: str) -> list[Piece]:
    """Text without names, parted at the prompts that a draft left."""
    pieces, at = [], 0
    for match in PROMPT.finditer(text):
        pieces += [Piece(text[at:match.start()]), Piece(match[0])]
        at = match.end()
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]
