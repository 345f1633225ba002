"""What an erratum mends, and why: numbers that the records say otherwise by now, and numbers that were typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.compilations import rules
from gongkai.compilations.forms.entering import parsed
from gongkai.core.report.model import Number
from gongkai.core.report.render.labels import cell_title


class ErratumForm(forms.Form):
    """`cells` are those that differ and are no sums: sums follow their parts. `typed` {cell: the number that was typed
    in} has a field each, named by the cell."""

    cells = forms.MultipleChoiceField(label=_("更正哪些格"), required=False, widget=forms.CheckboxSelectMultiple)
    source = forms.CharField(
        label=_("手工填报的数的来源"), max_length=rules.LONGEST_SOURCE, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("更正理由"), max_length=rules.LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("公众看得到，写明错在哪里、为什么；不写申请人的情况"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, cells: Sequence[tuple[str, str]], typed: Mapping[str, Number], form_id: str, **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cells"].choices = list(cells)  # type: ignore[attr-defined]
        self.offered, self.typed = {cell for cell, _title in cells}, dict(typed)
        for cell, value in self.typed.items():
            title = cell_title(cell, form_id)
            self.fields[cell] = forms.CharField(label=title, required=False, max_length=40, widget=forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "aria-label": title},
            ))
            self.initial.setdefault(cell, str(value))

    def clean(self) -> dict[str, Any]:
        """Every number typed as a number; what is left blank is 0."""
        given = super().clean() or {}
        for cell in self.typed:
            try:
                value = parsed(given.get(cell, "") or "")
            except forms.ValidationError as error:
                self.add_error(cell, error)
                continue
            given[cell] = Decimal(0) if value is None else value
        return given

    @property
    def entered(self) -> dict[str, Decimal]:
        """The numbers that were typed otherwise: cells of table 二, and a whole table where any of its cells was."""
        if not self.is_bound:
            return {}
        self.is_valid()
        read = {cell: self.cleaned_data.get(cell) for cell in self.typed}
        given = {cell: value for cell, value in read.items() if isinstance(value, Decimal)}
        moved = {cell for cell, value in given.items() if value != self.typed[cell]}
        tables = {cell.split(".")[0] for cell in moved} & set(rules.TABLES)
        return {cell: value for cell, value in given.items() if cell in moved or cell.split(".")[0] in tables}

    @property
    def chosen(self) -> list[str] | None:
        """The cells to mend; None where all are, or where nothing can be chosen (a file, or words alone)."""
        given = self.data.getlist("cells") if self.is_bound else list(self.initial.get("cells", ()))
        kept = [cell for cell in given if cell in self.offered]
        if not self.offered or set(kept) == self.offered:
            return None
        return [*kept, *(cell for cell in self.entered if cell not in kept)]
