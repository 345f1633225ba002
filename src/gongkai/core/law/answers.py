"""What an answer is, what it must still state, and in which row of the annual report it counts.

The kinds themselves are data (answers.toml, `answer_kinds`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.core.law.answer_kinds import ANSWERS, GROUNDS, LETTERS, ROW_DEFAULTS, AnswerKind, Field, Ground
from gongkai.core.law.outcomes import parse_outcome

__all__ = [
    "ANSWERS", "DEFAULT_ROWS", "GROUNDS", "LETTERS", "ROW_DEFAULTS", "AnswerKind", "Field", "Ground", "Missing",
    "RowSettings", "answer", "check_answer", "parse_outcome", "report_row",
]


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that the answer still lacks, with a sentence for the person who writes it."""

    field: str
    label: str
    sentence: str


_OLD_ROW = {kind.row: kind.row_2019 for kind in ANSWERS.values()}


@dataclass(frozen=True, slots=True)
class RowSettings:
    """Where the forms are silent. Both defaults are practice, not statute: published information counts as 予以公开,
    and what is no government information as 其他处理 3. Raises ValueError for a row that does not exist."""

    published: str = "granted"
    not_information: str = "other_rest"

    def __post_init__(self) -> None:
        unknown = sorted({self.published, self.not_information} - set(_OLD_ROW))
        if unknown:
            raise ValueError(f"no such row of table 三: {', '.join(unknown)}")


DEFAULT_ROWS = RowSettings()


def answer(key: str) -> AnswerKind:
    """The kind of answer with this key. Raises KeyError for an unknown one."""
    return ANSWERS[key]


def report_row(key: str, form: str = "2021", settings: RowSettings = DEFAULT_ROWS) -> str:
    """The one row of table 三 in which an answer counts, in the form of "2019" or "2021". Raises KeyError."""
    kind = ANSWERS[key]
    row = {"published": settings.published, "not_information": settings.not_information}.get(key, kind.row)
    if form == "2021":
        return row
    if form != "2019":
        raise KeyError(form)
    return _OLD_ROW[row]


def check_answer(key: str, values: Mapping[str, Any]) -> list[Missing]:
    """What an answer of this kind still has to state, in the order of its fields (Arts. 36, 37).

    Blank text, None and empty lists count as not stated. Raises KeyError for an unknown kind.
    """
    missing: list[Missing] = []
    for field in ANSWERS[key].fields:
        value = values.get(field.name)
        if not _is_stated(value):
            if field.required:
                missing.append(Missing(field.name, field.label, f"“{field.label}”没有填写。{field.help}"))
        elif field.kind == "redactions":
            missing += _check_redactions(field, value)
    if key == "not_ours" and _is_stated(values.get("right_organ")) and not _is_stated(values.get("right_contact")):
        missing.append(Missing(
            "right_contact", "该机关的联系方式", "写明了负责公开的机关，还要告知它的联系方式（第三十六条第五项）。",
        ))
    return missing


def _is_stated(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, date | int):
        return value is not False
    return bool(value)


def _check_redactions(field: Field, value: Any) -> list[Missing]:
    """Art. 37: every withheld part with its ground."""
    found: list[Missing] = []

    def lacks(number: int, what: str) -> None:
        found.append(Missing(field.name, field.label, f"第 {number} 处遮挡{what}"))

    if isinstance(value, str | Mapping) or not all(isinstance(entry, Mapping) for entry in value):
        return [Missing(field.name, field.label, "遮挡的内容要逐处列出，每处写明内容和理由。")]
    for number, entry in enumerate(value, 1):
        ground = entry.get("ground")
        if not _is_stated(entry.get("what")):
            lacks(number, "没有写明遮挡了什么。")
        if not _is_stated(ground):
            lacks(number, "没有选择不公开的理由。")
        elif ground not in GROUNDS:
            lacks(number, "的理由不在不公开的八种理由之内，请重新选择。")
        elif ground == "refused_law" and not _is_stated(entry.get("statute")):
            lacks(number, "没有写明禁止公开的法律、行政法规。")
    return found
