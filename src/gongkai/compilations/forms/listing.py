"""The filter of the list of reports, and what is needed to begin one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.compilations.states import STATE_NAMES
from gongkai.infra.filters import ALL, FilterForm


class ReportFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("机关名称"), required=False, max_length=60)
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("状态"), required=False)
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[ALL, *Scope.choices])

    FIRST = ("year", "state", "scope")

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data, auto_id="filter_%s", words={"year": years, "state": STATE_NAMES})


class StartForm(forms.Form):
    """Whose report, of which year, for whom it speaks."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("机关"))
    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    scope = forms.ChoiceField(label=_("范围"), choices=Scope.choices, initial=Scope.OWN)

    def __init__(
        self, *args: Any, agencies: Any, years: list[int], scopes: list[tuple[str, Any]], **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id="start_%s", **kwargs)
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["year"].choices = [(y, y) for y in years]  # type: ignore[attr-defined]
