"""The filters of the register list. A value that does not parse filters nothing: an old address must still open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency, Section
from gongkai.applications.forms.fields import NamedChoice
from gongkai.applications.queries import Filters
from gongkai.applications.states import STATE_NAMES
from gongkai.applications.work import GROUP_NAMES
from gongkai.core.deadlines import CHANNEL_NAMES
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import APPLICANT_NAMES

ALL = ("", _("全部"))
# Column → heading; the number always stands first.
COLUMNS: dict[str, Any] = {
    "subject": _("申请事项"), "applicant": _("申请人"), "state": _("状态"), "due": _("期限"), "agency": _("机关"),
    "section": _("科室"), "handler": _("经办人"), "channel": _("渠道"), "arrived": _("到达"), "received": _("收到"),
    "outcome": _("办理结果"), "reply": _("答复文号"), "closed": _("办结"),
}
SHOWN = ("subject", "applicant", "state", "due", "section", "handler", "arrived")
SORTS = {
    "": _("最近到达在前"), "due_on": _("期限近的在前"), "arrived_on": _("最早到达在前"),
    "-closed_on": _("最近办结在前"), "number": _("登记号"),
}


class RegisterFilter(forms.Form):
    """What narrows the list."""

    q = forms.CharField(label=_("登记号、事项、文号"), required=False, max_length=60)
    group = forms.ChoiceField(label=_("工作"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    year = forms.TypedChoiceField(label=_("到达年度"), required=False, coerce=int, empty_value=None)
    applicant_kind = forms.ChoiceField(label=_("申请人类型"), required=False)
    channel = forms.ChoiceField(label=_("渠道"), required=False)
    answer_kind = forms.ChoiceField(label=_("办理结果"), required=False)
    section = NamedChoice(Section.objects.none(), label=_("科室"), required=False, empty_label=_("全部"))
    handler = NamedChoice(User.objects.none(), label=_("经办人"), required=False, empty_label=_("全部"))
    agency = NamedChoice(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))
    sort = forms.ChoiceField(label=_("顺序"), required=False, choices=list(SORTS.items()))

    MORE = ("applicant_kind", "channel", "answer_kind", "section", "handler", "agency")

    def __init__(self, data: Any, *, years: list[int], sections: Any, handlers: Any, agencies: Any) -> None:
        super().__init__(data)
        self._choose("group", GROUP_NAMES)
        self._choose("state", STATE_NAMES)
        self._choose("applicant_kind", APPLICANT_NAMES)
        self._choose("channel", CHANNEL_NAMES)
        self._choose("answer_kind", {key: kind.name for key, kind in ANSWERS.items()})
        self.fields["year"].choices = [ALL, *((y, y) for y in years)]  # type: ignore[attr-defined]
        for name, rows in (("section", sections), ("handler", handlers), ("agency", agencies)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in self.fields:
            if name != "q":
                self.fields[name].widget.attrs["data-apply"] = ""
        self.is_valid()

    def _choose(self, name: str, words: Any) -> None:
        choices = [ALL, *((str(key), _now(str(word))) for key, word in words.items())]
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def filters(self) -> Filters:
        """For queries.listing."""
        given = self.cleaned_data
        plain = {name: given.get(name) or "" for name in (
            "state", "group", "channel", "applicant_kind", "answer_kind")}
        keys = {f"{name}_id": row.pk for name in ("section", "handler", "agency") if (row := given.get(name))}
        return Filters(q=given.get("q", "").strip(), year=given.get("year"), **plain, **keys)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    @property
    def first(self) -> list[forms.BoundField]:
        """The filters that are always in sight."""
        return [self[name] for name in ("group", "state", "year", "sort")]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others; one that offers no choice is left out."""
        return [self[name] for name in self.MORE if name in self.fields and len(self.fields[name].choices) > 2]  # type: ignore[attr-defined]

    @property
    def more_used(self) -> bool:
        """Whether one of the others narrows the list now."""
        return any(self.cleaned_data.get(name) for name in self.MORE)
