"""The notice with its days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.campaigns import rules
from gongkai.infra.fields import DayField, NamedChoice, long_text


class NoticeForm(forms.Form):
    """Changing the notice of a campaign."""

    use_required_attribute = False
    title = forms.CharField(label=_("标题"), max_length=rules.TITLE_MOST)
    notice_number = forms.CharField(label=_("文号"), max_length=rules.NUMBER_MOST, required=False)
    due_on = DayField(
        label=_("提交期限"), help_text=_("各机关提交的最后一天，不晚于1月31日（第四十九条）；本地可以定得更早。"),
    )
    publish_by = DayField(label=_("公布期限"), help_text=_("本级政府年报公布的最后一天，不晚于3月31日（第四十九条）。"))
    notice = long_text(label=_("通知内容"), rows=10, most=rules.NOTICE_MOST)


class OpenForm(NoticeForm):
    """Opening one: of which government, and of which year."""

    root = NamedChoice(Agency.objects.none(), label=_("主管的政府"), empty_label=None)
    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    field_order = ("root", "year")

    def __init__(self, *args: Any, roots: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["root"].queryset = roots  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]
