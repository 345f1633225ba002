"""Fields that several forms of applications ask for; those of every room are in infra.fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.submission import Incoming
from gongkai.infra.fields import DayField, FilesInput, NamedChoice, long_text

__all__ = ["DayField", "FilesField", "FilesInput", "NamedChoice", "long_text"]


class FilesField(forms.FileField):
    """Several files; whether one is too large or of the wrong kind, the action decides and says by name."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Incoming]:  # noqa: ARG002
        """What was chosen, in order; the bytes stay in chunks."""
        chosen = [one for one in data or [] if one]
        if self.required and not chosen:
            raise forms.ValidationError(_("没有选择文件"), code="required")
        return [Incoming(one.name or "", one.chunks()) for one in chosen]
