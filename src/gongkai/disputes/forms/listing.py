"""The filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.disputes.states import RESULT_NAMES, STATE_NAMES, TRACK_NAMES
from gongkai.disputes.work import GROUP_NAMES
from gongkai.infra.fields import NamedChoice
from gongkai.infra.filters import FilterForm

PENDING = "pending"
SORTS = {"": _("最近登记在前"), "due": _("期限近的在前")}


class ListFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("登记号、案号、案由"), required=False, max_length=60)
    group = forms.ChoiceField(label=_("工作"), required=False)
    track = forms.ChoiceField(label=_("类别"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    result = forms.ChoiceField(label=_("结果"), required=False)
    year = forms.TypedChoiceField(label=_("年度（计入表四）"), required=False, coerce=int, empty_value=None)
    agency = NamedChoice(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))
    sort = forms.ChoiceField(label=_("顺序"), required=False, choices=list(SORTS.items()))

    FIRST = ("group", "track", "state", "result", "year")
    MORE = ("agency", "sort")

    def __init__(self, data: Any, *, years: list[int], agencies: Any) -> None:
        super().__init__(data, words={
            "group": GROUP_NAMES, "track": TRACK_NAMES, "state": STATE_NAMES, "year": years,
            "result": {**RESULT_NAMES, PENDING: _("尚未审结")},
        }, rows={"agency": agencies})
