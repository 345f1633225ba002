"""Headings and words of a register, from columns.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.core.law.answers import ANSWERS, ROW_DEFAULTS
from gongkai.core.law.applicants import APPLICANT_NAMES
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.text.fold import fold


class Column(NamedTuple):
    """A column: `kind` is text, date, number or list; `words` names the list that it takes; `near` are headings that
    are understood where no other column has the field."""

    field: str
    heading: str
    variants: tuple[str, ...]
    width: int
    required: bool
    kind: str
    words: str | None
    help: str
    example: str
    near: tuple[str, ...] = ()


_data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("columns.toml").read_text("utf-8"))
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|[*:、]")
_NEAR = (("时间", "日期"), ("行政复议", "复议"), ("行政诉讼", "诉讼"))
_ORDINAL = re.compile(r"^(?:\([一二三四五六]\)|\d\.)")


def _kind(entry: Mapping[str, Any]) -> str:
    if "date" in entry:
        return "date"
    if "list" in entry:
        return "list"
    return "number" if entry["field"] == "extended" else "text"


HELP_SHEET = "填写说明"  # of our own template

_ALL: tuple[Column, ...] = tuple(
    Column(
        entry["field"], entry["heading"], tuple(entry.get("variants", ())), entry["width"],
        entry.get("required", False), _kind(entry), entry.get("list"), entry["help"], entry["example"],
        tuple(entry.get("near", ())),
    )
    for entry in _data["column"]
)
_READ_ONLY = frozenset(entry["field"] for entry in _data["column"] if entry.get("read_only"))
# What our sheets have; a few more are only read.
COLUMNS: tuple[Column, ...] = tuple(column for column in _ALL if column.field not in _READ_ONLY)
BY_FIELD: Mapping[str, Column] = {column.field: column for column in COLUMNS}
_NAMES: Mapping[str, str] = {column.field: column.heading for column in _ALL}
_OURS = frozenset(_NAMES.values())


def heading(field: str) -> str:
    """The heading of a field; the field itself where it is the heading of a kept column."""
    return _NAMES.get(field, field)


def field_of(text: str) -> str | None:
    """The field that a heading names, None for a column of the office's own."""
    return _headings().get(_core(text))


def near_field_of(text: str) -> str | None:
    """The field that a heading most likely names, for a sheet where no other column has it; None where it names none
    or is the heading of one."""
    return _near_headings().get(_spelled_near(text))


def is_ours(text: str) -> bool:
    """True for a heading that stands for one of the register's own columns, exactly as we write it."""
    return fold(text) in _OURS


def word(words: str, text: str) -> str | None:
    """The key that a cell of a list column names (channel, result, suit_kind, suit_stage, redo), None when it names
    none."""
    return _words(words).get(fold(text).casefold())


def name(words: str, key: str) -> str:
    """The word that we write for a key of a list."""
    written: str = _data["words"][words][key][0]
    return written


def outcome_name(key: str) -> str:
    """What we write for a kind of answer: the statutory row label without its number where that means this kind, else
    the kind's own name. `parse_outcome` reads both."""
    kind = ANSWERS[key]
    alone = [other.key for other in ANSWERS.values() if other.row == kind.row] == [key]
    if not alone and ROW_DEFAULTS.get(kind.row) != key:
        return kind.name
    label = next(label for label in form(FORM_IDS[-1]).t3_rows if label.key == kind.row)
    return kind.name if label.key in {"partial", "other_rest"} else _ORDINAL.sub("", fold(label.text))


def choices(words: str) -> tuple[str, ...]:
    """What a drop-down list offers."""
    if words == "outcome":
        return tuple(outcome_name(key) for key in ANSWERS)
    if words == "applicant_kind":
        return tuple(APPLICANT_NAMES.values())
    return tuple(written[0] for written in _data["words"][words].values())


def _core(text: str) -> str:
    return _BRACKETS.sub("", fold(text)).casefold()


@cache
def _headings() -> dict[str, str]:
    return {_core(text): column.field for column in _ALL for text in (column.heading, *column.variants)}


def _spelled_near(text: str) -> str:
    core = _core(text)
    for written, meant in _NEAR:
        core = core.replace(written, meant)
    return core


@cache
def _near_headings() -> dict[str, str]:
    return {
        _spelled_near(text): column.field
        for column in _ALL for text in (*column.near, *column.variants, column.heading)
    }


@cache
def _words(words: str) -> dict[str, str]:
    return {fold(text).casefold(): key for key, written in _data["words"][words].items() for text in (key, *written)}
