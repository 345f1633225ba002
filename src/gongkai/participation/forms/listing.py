"""The filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Section
from gongkai.infra.fields import NamedChoice
from gongkai.infra.filters import FilterForm
from gongkai.participation.states import KIND_NAMES, STATE_NAMES
from gongkai.participation.work import GROUP_NAMES

SORTS = {"": _("最近收到在前"), "due_on": _("期限近的在前")}


class ListFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("编号、标题"), required=False, max_length=60)
    group = forms.ChoiceField(label=_("工作"), required=False)
    kind = forms.ChoiceField(label=_("种类"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    year = forms.TypedChoiceField(label=_("收到年度"), required=False, coerce=int, empty_value=None)
    section = NamedChoice(Section.objects.none(), label=_("科室"), required=False, empty_label=_("全部"))
    agency = NamedChoice(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))
    sort = forms.ChoiceField(label=_("顺序"), required=False, choices=list(SORTS.items()))

    FIRST = ("group", "kind", "state", "sort")
    MORE = ("year", "section", "agency")

    def __init__(self, data: Any, *, years: list[int], sections: Any, agencies: Any) -> None:
        super().__init__(
            data, words={"group": GROUP_NAMES, "kind": KIND_NAMES, "state": STATE_NAMES, "year": years},
            rows={"section": sections, "agency": agencies},
        )
