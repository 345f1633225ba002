"""A refusal of the domain in the language of the page, for every room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now

from gongkai.core.errors import Refused


def said(form: forms.Form, refusal: Refused) -> None:
    """Put a refusal at the top of the form that caused it; what was typed stays."""
    form.add_error(None, translated(refusal))


def translated(refusal: Refused) -> str:
    """The sentence translated before its values are filled in; the name of a state or an act that stands in it too."""
    sentence = _now(refusal.sentence)
    values = {
        name: _now(value) if isinstance(value, str) and value else value for name, value in refusal.values.items()
    }
    return sentence % values if values else sentence
