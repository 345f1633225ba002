"""The words of a report and the facts that only people know."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.compilations import rules
from gongkai.compilations.actions.prose import LONGEST
from gongkai.compilations.facts import BY_HAND
from gongkai.compilations.forms.entering import parsed
from gongkai.compilations.models import Fact


class ProseForm(forms.Form):
    """One text. `seen` is the revision of the text that was looked at."""

    body = forms.CharField(
        label=_("正文"), required=False, max_length=LONGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "prose-body", "spellcheck": "false"}),
        help_text=_("花括号里是数字的名称，显示时换成现在的数；删去方括号里的提示，写上内容"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FactsForm(forms.Form):
    """Every fact by hand of a year: a number and where it comes from. What is left blank is not known."""

    def __init__(self, *args: Any, kept: dict[str, Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        for key, (name, unit) in BY_HAND.items():
            fact = kept.get(key)
            self.fields[key] = forms.CharField(
                label=name, required=False, max_length=20, initial="" if fact is None else f"{fact.value:.0f}",
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "number short"}),
            )
            self.fields[f"{key}_source"] = forms.CharField(
                label=_("来源"), required=False, max_length=rules.LONGEST_SOURCE,
                initial="" if fact is None else fact.source, widget=forms.TextInput(attrs={
                    "autocomplete": "off", "aria-label": _("%(name)s的来源") % {"name": name},
                }),
            )
            self.fields[key].unit = unit  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Numbers as numbers; a number without a source is sent back to be told."""
        given = super().clean() or {}
        for key, (name, _unit) in BY_HAND.items():
            try:
                given[key] = parsed(given.get(key, "") or "")
            except forms.ValidationError as error:
                self.add_error(key, error)
                continue
            if given[key] is not None and not (given.get(f"{key}_source") or "").strip():
                self.add_error(f"{key}_source", _("%(name)s：请写明来源") % {"name": name})
        return given

    def changes(self) -> dict[str, tuple[Decimal | None, str]]:
        """{key: (number, source)} of what differs from what is kept."""
        found = {}
        for key in BY_HAND:
            value, source = self.cleaned_data[key], (self.cleaned_data.get(f"{key}_source") or "").strip()
            before = self.kept.get(key)
            if value is None:
                if before is not None:
                    found[key] = (None, "")
            elif before is None or before.value != value or before.source != source:
                found[key] = (value, source)
        return found

    def rows(self) -> list[tuple[Any, Any, str]]:
        """(number field, source field, unit) of every fact."""
        return [(self[key], self[f"{key}_source"], unit) for key, (_name, unit) in BY_HAND.items()]
