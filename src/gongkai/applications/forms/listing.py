"""The filters of the register list."""

from __future__ import annotations

from typing import Any

from django import forms
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
from gongkai.infra.filters import FilterForm

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


class RegisterFilter(FilterForm):
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

    FIRST = ("group", "state", "year", "sort")
    MORE = ("applicant_kind", "channel", "answer_kind", "section", "handler", "agency")

    def __init__(self, data: Any, *, years: list[int], sections: Any, handlers: Any, agencies: Any) -> None:
        super().__init__(data, words={
            "group": GROUP_NAMES, "state": STATE_NAMES, "applicant_kind": APPLICANT_NAMES, "channel": CHANNEL_NAMES,
            "answer_kind": {key: kind.name for key, kind in ANSWERS.items()}, "year": years,
        }, rows={"section": sections, "handler": handlers, "agency": agencies})

    @property
    def filters(self) -> Filters:
        """For queries.listing."""
        plain = {name: self.said(name) for name in ("q", "state", "group", "channel", "applicant_kind", "answer_kind")}
        keys = {f"{name}_id": row.pk for name in ("section", "handler", "agency") if (row := self.said(name))}
        return Filters(year=self.said("year") or None, **plain, **keys)
