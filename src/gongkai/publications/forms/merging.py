"""Two people in the editor of one draft: what one did not touch becomes what the other saved meanwhile.

The page carries a mark of every value it began with. When the draft has moved on, a value that still has its mark was
not touched and follows the draft; a value that both changed stays as it was typed, and the page names it beside the
other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict

from gongkai.publications.cleaning import clean_html

MARK = 12  # hexadecimal digits: enough to tell a change, nothing to read a value from


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed: its name, what was typed here, what the colleague saved. Words are empty for a body,
    which is too long to stand beside another."""

    label: str
    mine: str
    theirs: str


def marks(values: Mapping[str, Any]) -> str:
    """The marks of the values that a form begins with, as one hidden field carries them."""
    return " ".join(f"{name}:{_mark(_plain(value))}" for name, value in values.items())


def take_over(form: forms.Form, now: Mapping[str, Any]) -> list[Clash]:
    """Put what the draft says `now` into the fields of a checked form that were not touched; what both changed.

    A page without marks keeps everything that was typed. `form.data` is a copy that may be written on.
    """
    data: QueryDict = form.data  # type: ignore[assignment]
    began = dict(part.split(":", 1) for part in str(data.get("began", "")).split() if ":" in part)
    clashes = []
    for name, field in form.fields.items():
        if name not in now or name not in began:
            continue
        mine, theirs = _typed(name, form.cleaned_data.get(name)), _plain(now[name])
        if mine == theirs:
            continue
        if _mark(mine) == began[name]:
            _put(data, name, field, theirs)
        elif _mark(theirs) != began[name]:
            words = ("", "") if name == "body" else (_told(field, mine), _told(field, theirs))
            clashes.append(Clash(str(field.label), *words))
    return clashes


def _mark(plain: str) -> str:
    return sha256(plain.encode()).hexdigest()[:MARK]


def _typed(name: str, value: Any) -> str:
    """What was sent, as it would be kept: the editor writes the same body with other white space."""
    return _plain(clean_html(value or "")) if name == "body" else _plain(value)


def _plain(value: Any) -> str:
    """A value as a form sends it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    text = "\n".join(value) if isinstance(value, list) else str(value)
    return text.replace("\r\n", "\n").strip()


def _put(data: QueryDict, name: str, field: forms.Field, plain: str) -> None:
    if isinstance(field, forms.BooleanField) and not plain:
        data.pop(name, None)
    else:
        data[name] = plain


def _told(field: forms.Field, plain: str) -> str:
    """A value in words: the name of what was chosen."""
    for value, name in getattr(field, "choices", ()):
        inner = name if isinstance(name, list | tuple) else [(value, name)]
        for key, words in inner:
            if str(key) == plain:
                return str(words)
    return plain
