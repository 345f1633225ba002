"""What a page of the analysis is asked for. It stands in the address; what does not parse asks for nothing, so that
an old address still opens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, AgencyQuerySet, Kind
from gongkai.analysis.measures import Measure, measure, offered
from gongkai.analysis.population import ROOTS
from gongkai.analysis.ratios import RATIOS
from gongkai.annual_reports.models import Scope


def _cells(asked: Measure) -> list[Measure]:
    """The cells that the list offers, and the one that the address asks for."""
    listed = [one for one in offered() if one.ratio is None]
    return listed if asked.ratio is not None or asked in listed else [*listed, asked]


class AskForm(forms.Form):
    """Who, which year, which scope, by what. Which of the fields a page shows, it says in `fields_of`."""

    under = forms.ModelChoiceField(Agency.objects.all(), label=_("范围"), required=False, empty_label=None)
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("机关类型"), required=False, choices=[("", _("全部")), *Kind.choices])
    scope = forms.ChoiceField(label=_("年报"), required=False, choices=Scope.choices)
    measure = forms.ChoiceField(label=_("指标"), required=False)
    order = forms.ChoiceField(label=_("次序"), required=False, choices=[
        ("", _("从高到低")), ("ascending", _("从低到高")),
    ])
    against = forms.ChoiceField(label=_("和谁比"), required=False, choices=[
        ("", _("同类机关")), ("years", _("本机关历年")),
    ])
    across = forms.ChoiceField(label=_("横向"), required=False, choices=[
        ("", _("一个年度的各项比率")), ("counts", _("一个年度的各项数量")), ("years", _("一项指标的各年度")),
    ])

    def __init__(self, data: Any, *, years: list[int], roots: AgencyQuerySet, shown: tuple[str, ...]) -> None:
        super().__init__(data)
        choice: Any = self.fields["year"]
        choice.choices = [(year, year) for year in years]
        under: Any = self.fields["under"]
        under.choices = [(one.pk, one.name) for one in roots[:ROOTS]]
        measures: Any = self.fields["measure"]
        measures.choices = [
            (_now("比率"), [(one.key, _now(one.name)) for one in offered() if one.ratio is not None]),
            (_now("表中的数"), [(one.key, one.name) for one in _cells(self.measured)]),
        ]
        for name in list(self.fields):
            if name not in shown:
                del self.fields[name]
            else:
                self.fields[name].widget.attrs["data-apply"] = ""
        self.is_valid()

    def given(self, name: str) -> Any:
        """What was asked for, None where nothing was that parses."""
        return self.cleaned_data.get(name) or None

    @property
    def measured(self) -> Measure:
        """The measure asked for: of the list, or any other cell by its id in the address; else the first ratio."""
        try:
            return measure(self.data.get("measure", ""))
        except KeyError:
            return measure(next(iter(RATIOS)))
