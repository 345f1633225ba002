"""The kinds of answer as answers.toml lists them, the grounds for withholding and the kinds of letter."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Remedy = Literal["reconsideration_first", "either", "none"]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that the answer must or may state. `kind`: text, long, date, choice, redactions (list of mappings
    with `what` and `ground`, `statute` for refused_law) or link (a number in the register or of a letter)."""

    name: str
    label: str
    required: bool
    help: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of answer. `row` and `row_2019` are row keys of table 三; `remedy` is the default after 2023."""

    key: str
    name: str
    sentence: str
    article: str
    row: str
    row_2019: str
    letter: str
    fields: tuple[Field, ...]
    remedy: Remedy
    discloses: bool
    needs_reasons: bool
    group: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for withholding (D1–D8). `discretion`: the organ may disclose all the same (Art. 16)."""

    code: str
    key: str
    name: str
    article: str
    discretion: bool


def _load() -> tuple[dict[str, AnswerKind], dict[str, Ground], dict[str, str]]:
    data = tomllib.loads(Path(__file__).with_name("answers.toml").read_text("utf-8"))
    answers = {entry["key"]: _answer(entry) for entry in data["answer"]}
    grounds = {
        entry["key"]: Ground(entry["code"], entry["key"], entry["name"], entry["article"], "discretion" in entry)
        for entry in data["ground"]
    }
    return answers, grounds, dict(data["row_default"])


def _answer(entry: dict[str, Any]) -> AnswerKind:
    return AnswerKind(
        key=entry["key"], name=entry["name"], sentence=entry["sentence"], article=entry["article"], row=entry["row"],
        row_2019=entry["row_2019"], letter=entry["letter"], remedy=entry["remedy"], group=entry["group"],
        discloses=entry.get("discloses", False), needs_reasons=entry.get("needs_reasons", False),
        aliases=tuple(entry["aliases"]),
        fields=tuple(
            Field(f["name"], f["label"], f.get("required", True), f["help"], f.get("kind", "text"))
            for f in entry["fields"]
        ),
    )


_answers, _grounds, _defaults = _load()
ANSWERS: Mapping[str, AnswerKind] = MappingProxyType(_answers)
GROUNDS: Mapping[str, Ground] = MappingProxyType(_grounds)
ROW_DEFAULTS: Mapping[str, str] = MappingProxyType(_defaults)
LETTERS: tuple[str, ...] = tuple(dict.fromkeys(kind.letter for kind in ANSWERS.values()))
