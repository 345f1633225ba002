"""The filters of the list. A value that does not parse filters nothing: an old address must still open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.disputes.states import RESULT_NAMES, STATE_NAMES, TRACK_NAMES
from gongkai.disputes.work import GROUP_NAMES
from gongkai.infra.fields import NamedChoice

ALL = ("", _("全部"))
PENDING = "pending"
SORTS = {"": _("最近登记在前"), "due": _("期限近的在前")}


class ListFilter(forms.Form):
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
        super().__init__(data)
        results = {**RESULT_NAMES, PENDING: _now("尚未审结")}
        for name, words in (
            ("group", GROUP_NAMES), ("track", TRACK_NAMES), ("state", STATE_NAMES), ("result", results),
        ):
            self.fields[name].choices = [ALL, *((str(k), _now(str(w))) for k, w in words.items())]  # type: ignore[attr-defined]
        self.fields["year"].choices = [ALL, *((y, y) for y in years)]  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        for name in self.fields:
            if name != "q":
                self.fields[name].widget.attrs["data-apply"] = ""
        self.is_valid()

    def said(self, name: str) -> Any:
        """What was chosen; nothing where it did not parse."""
        return self.cleaned_data.get(name) or ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    @property
    def first(self) -> list[forms.BoundField]:
        """The filters that are always in sight."""
        return [self[name] for name in self.FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others; one that offers no choice is left out."""
        return [self[name] for name in self.MORE if len(self.fields[name].choices) > 2]  # type: ignore[attr-defined]

    @property
    def more_used(self) -> bool:
        """Whether one of the others narrows the list now."""
        return any(self.cleaned_data.get(name) for name in self.MORE)
