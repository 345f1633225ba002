"""Which of the numbers that the records say otherwise an erratum mends, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.compilations import rules


class ErratumForm(forms.Form):
    """`cells` are those that differ and are no sums: sums follow their parts."""

    cells = forms.MultipleChoiceField(label=_("更正哪些格"), required=False, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("更正理由"), max_length=rules.LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("公众看得到，写明错在哪里、为什么；不写申请人的情况"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cells: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cells"].choices = list(cells)  # type: ignore[attr-defined]
        self.offered = {cell for cell, _title in cells}

    @property
    def chosen(self) -> list[str] | None:
        """The cells to mend; None where all are, or where nothing can be chosen (a file, or words alone)."""
        given = self.data.getlist("cells") if self.is_bound else list(self.initial.get("cells", ()))
        kept = [cell for cell in given if cell in self.offered]
        return None if not self.offered or set(kept) == self.offered else kept
