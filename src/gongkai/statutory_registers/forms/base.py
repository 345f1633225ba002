"""The form of an act on a row of a register: what a person states, and the one action that it calls."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

from gongkai.agencies.models import Agency
from gongkai.publications.models import Publication

Words = str | Promise


class ActForm(forms.Form):
    """Base of the acts. `lead` is the rule in a sentence; `perform(by, at)` calls the action and may raise Refused."""

    act: ClassVar[str] = ""
    heading: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = ""
    grave: ClassVar[bool] = False

    def __init__(self, data: Any = None, *, row: Any, initial: dict[str, Any] | None = None) -> None:
        self.row = row
        super().__init__(data, initial=self.suggested() | (initial or {}))
        self.prepare()

    def suggested(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {}

    def prepare(self) -> None:
        """Choices that depend on the row."""


def published_of(agency: Agency, words: str, most: int = 50) -> list[tuple[str, str]]:
    """What an agency has published with these words, as choices, the newest first."""
    rows = Publication.objects.published().filter(agency=agency)
    if words:
        rows = rows.filter(title__icontains=words)
    found = rows.order_by("-published_on", "-pk").values_list("pk", "title", "document_number")[:most]
    return [(str(pk), f"{title}　{number}".strip()) for pk, title, number in found]
