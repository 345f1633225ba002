"""Answering for a finding that stays open."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WaiveForm(forms.Form):
    """`code` and `cells` name the finding, which must still be there when the form comes back. `erratum` names the
    cells of the erratum in which it was found, empty for the report itself."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    cells = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
    erratum = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明为什么数是对的，或者为什么现在改不了、谁在改"),
    )

    def clean_cells(self) -> tuple[str, ...]:
        """The cells of the finding, in its order."""
        return tuple(cell for cell in self.cleaned_data["cells"].split(",") if cell)
