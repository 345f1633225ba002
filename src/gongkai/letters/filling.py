"""From what a caller hands in to what a template shows: required fields looked for, dates in words, text made safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.core.errors import Refused
from gongkai.letters.fields import OWN, Field
from gongkai.letters.grounds import GROUNDS
from gongkai.letters.kinds import LetterKind
from gongkai.letters.remedies import remedy_of
from gongkai.letters.samples import SAMPLES

MOST = 60_000  # characters of one letter; the text of an application has limits of its own
MOST_ROWS = 500
YOU = "您（单位）"  # where nobody has said whether a person or an organisation is addressed
# Not allowed in XML, or invisible and able to turn the reading direction.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")  # not U+3000, which indents Chinese text
_NEW_PARAGRAPH = "\a"  # what docxtpl turns into a paragraph with the properties of the one it stands in


def on_paper(day: date) -> str:
    """2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def clean(text: str) -> str:
    """Without control characters; lines become paragraphs; a full stop at the end is the template's to set."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _SPACES.sub(" ", _DROPPED.sub("", text))
    lines = [line.strip() for line in text.split("\n")]
    return _NEW_PARAGRAPH.join(line for line in lines if line).rstrip("。；;")


def fill(kind: LetterKind, context: Mapping[str, Any], own: Mapping[str, str], on: date) -> dict[str, Any]:
    """Every field of the kind under its key and under its label, as text; absent ones are empty.

    `own` is what the program knows of the office, number and code. Raises Refused: letter-field-missing,
    letter-field-shape, letter-ground, letter-too-long, letter-remedy.
    """
    given = with_ground(kind, context)
    missing = [field.label for field in kind.fields if field.key in kind.required and _blank(given.get(field.key))]
    if missing:
        raise Refused(
            "letter-field-missing",
            "“%(kind)s”还缺：%(fields)s，没有生成文书，也没有占用文号；请补填后再办",
            kind=kind.title, fields="、".join(missing),
        )
    return _shown(kind, given, own, on)


def draft(kind: LetterKind, context: Mapping[str, Any], own: Mapping[str, str], on: date) -> dict[str, Any]:
    """As `fill`, with what is missing marked in the text, for the page on which a letter is drafted."""
    given = dict(context)
    for field in kind.fields:
        if field.key in kind.required and _blank(given.get(field.key)):
            given[field.key] = [] if field.shape == "rows" else f"〔未填：{field.label}〕"
    return _shown(kind, with_ground(kind, given, strict=False), own, on)


def sample(kind: LetterKind) -> dict[str, Any]:
    """The context that a preview of a template shows."""
    return {field.key: field.sample for field in kind.fields if field not in OWN} | SAMPLES.get(kind.key, {})


def with_ground(kind: LetterKind, context: Mapping[str, Any], *, strict: bool = True) -> dict[str, Any]:
    """The sentence and article of a ground that is given by its key or as D1–D8; also in every withheld part."""
    given = dict(context)
    if "ground" in kind.required and not _blank(given.get("ground")):
        ground = GROUNDS.get(str(given["ground"]))
        if ground is None and strict:
            raise Refused(
                "letter-ground", "不予公开的情形“%(ground)s”不在八种之内，没有生成文书", ground=given["ground"],
            )
        given["ground"] = ground.key if ground else given["ground"]
        given["ground_sentence"] = given.get("ground_sentence") or (ground.sentence if ground else given["ground"])
        given["ground_article"] = given.get("ground_article") or (ground.article if ground else "〔依据〕")
    return given


def _shown(kind: LetterKind, given: Mapping[str, Any], own: Mapping[str, str], on: date) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for field in kind.fields:
        if field in OWN:
            value: Any = clean(str(own.get(field.key, ""))) if field.key != "date" else on_paper(on)
        else:
            value = _value(field, given.get(field.key))
        shown[field.key] = value
    shown["you"] = clean(str(given.get("you") or YOU))
    shown["remedy"] = clean_kept(given.get("remedy") or remedy_of(
        kind, on, review_organ=own["review_organ"], court=own["court"], ground=str(given.get("ground") or ""),
    ))
    if sum(len(str(value)) for value in shown.values()) > MOST:
        raise Refused("letter-too-long", "文书内容超过 %(most)s 个字，没有生成；请把长的内容作为附件", most=MOST)
    return shown | {field.label: shown[field.key] for field in kind.fields}


def clean_kept(text: str) -> str:
    """As `clean`, with its full stop: for text that makes whole sentences."""
    return clean(text) + ("。" if text.rstrip().endswith("。") else "")


def _value(field: Field, value: Any) -> Any:
    if field.shape == "rows":
        return _rows(field, value)
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return on_paper(value)
    if isinstance(value, list | tuple | dict | bool):
        raise Refused("letter-field-shape", "“%(field)s”应当是一段文字，没有生成文书", field=field.label)
    return clean(str(value))


def _rows(field: Field, value: Any) -> list[dict[str, str]]:
    entries = value or []
    if isinstance(entries, str | Mapping) or not all(isinstance(entry, Mapping) for entry in entries):
        raise Refused("letter-field-shape", "“%(field)s”应当逐条列出，没有生成文书", field=field.label)
    if len(entries) > MOST_ROWS:
        raise Refused("letter-too-long", "“%(field)s”超过 %(most)s 条，没有生成文书", field=field.label, most=MOST_ROWS)
    rows = []
    for entry in entries:
        row = {key: _value(field_text, entry.get(key)) for key, field_text in _columns(field).items()}
        ground = GROUNDS.get(str(entry.get("ground", "")))
        if field.key == "redactions" and ground is not None:
            row["ground"], row["article"] = ground.sentence, row["article"] or ground.article
        rows.append(row | {label: row[key] for key, label in field.columns})
    return rows


def _columns(field: Field) -> dict[str, Field]:
    return {key: Field(key, label, "") for key, label in field.columns}


def _blank(value: Any) -> bool:
    if isinstance(value, str):
        return not clean(value)
    return value is None or (isinstance(value, list | tuple) and not value)
