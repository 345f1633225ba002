"""Fields of forms that every room asks for: a day, several files, a row by its name, several lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.core.text.dates import whole_date


def told(names: Mapping[Any, str]) -> list[tuple[Any, Any]]:
    """A table of names as the choices of a field, in the language of the page."""
    return [(key, _(name)) for key, name in names.items()]


class DayField(forms.DateField):
    """A day: the browser's picker, or typed as 2026-03-05, 2026年3月5日, 2026.3.5, 20260305."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("这里应填一个日期，例如 2026-03-05")}

    def to_python(self, value: Any) -> date | None:
        """The date, however it was written. Raises ValidationError for what no calendar has."""
        if isinstance(value, str) and value.strip():
            text = value.strip()
            if len(text) == 8 and text.isdecimal():
                text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
            found = whole_date(text)
            if found is None:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            return found
        return super().to_python(value)


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class NamedChoice(forms.ModelChoiceField):
    """Rows told by one of their columns."""

    def __init__(self, *args: Any, told: str = "name", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told

    def label_from_instance(self, obj: Any) -> str:
        """The words of an option."""
        return str(getattr(obj, self.told))


def long_text(label: Any, *, rows: int = 4, required: bool = True, most: int = 5000, **more: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more,
    )
