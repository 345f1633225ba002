"""Numbers typed by a person: one cell of table 二, or all of table 三 or 四, with where they come from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.compilations import rules
from gongkai.core.report.forms import form as form_of
from gongkai.core.report.model import Number
from gongkai.core.report.render.labels import cell_title
from gongkai.core.text.numerals import is_blank, parse_numeral


def parsed(text: str) -> Decimal | None:
    """A number as offices type it (full width, thousands separators, a Chinese minus); None for a blank.

    Raises ValidationError for what is no number.
    """
    if is_blank(text.strip()):
        return None
    numeral = parse_numeral(text.strip())
    if numeral is None:
        raise forms.ValidationError(_now("这里应填一个数，例如 12 或 311.97"))
    return Decimal(numeral.value)


def typed_cells(form_id: str, table: str) -> list[str]:
    """The cells of a table that a person types in; the others are sums of these and are made by the program."""
    made = form_of(form_id)
    sums = rules.sums(made)
    return [spec.id for spec in made.table(table) if spec.id not in sums]


class CellForm(forms.Form):
    """One cell of table 二."""

    value = forms.CharField(
        label=_("数值"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "number short"}),
    )
    source = forms.CharField(
        label=_("来源"), max_length=rules.LONGEST_SOURCE,
        help_text=_("写明数从哪里来，例如“行政许可股台账，2026年1月4日提供”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_value(self) -> Decimal:
        """The number."""
        value = parsed(self.cleaned_data["value"])
        if value is None:
            raise forms.ValidationError(_("空白不是 0；没有的填 0"))
        return value


class TableForm(forms.Form):
    """A whole table: a field for each cell that is not a sum, named by the cell."""

    source = forms.CharField(
        label=_("来源"), max_length=rules.LONGEST_SOURCE, help_text=_("整张表的数从哪里来，例如“纸质登记台账”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, form_id: str, table: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_id, self.cells = form_id, typed_cells(form_id, table)
        for cell in self.cells:
            self.fields[cell] = forms.CharField(
                label=cell_title(cell, form_id), required=False, max_length=20,
                widget=forms.TextInput(attrs={
                    "inputmode": "numeric", "autocomplete": "off", "aria-label": cell_title(cell, form_id),
                }),
            )

    def clean(self) -> dict[str, Any]:
        """Every cell as a number; what is left blank is 0 here, for the table is entered as a whole."""
        given = super().clean() or {}
        for cell in self.cells:
            try:
                value = parsed(given.get(cell, "") or "")
            except forms.ValidationError as error:
                self.add_error(cell, error)
                continue
            given[cell] = Decimal(0) if value is None else value
        return given

    @property
    def values(self) -> dict[str, Number]:
        """{cell: number} of the cells that could be read."""
        return {cell: self.cleaned_data[cell] for cell in self.cells if isinstance(
            self.cleaned_data.get(cell), Decimal)}
