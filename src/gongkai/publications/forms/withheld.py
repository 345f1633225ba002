"""Forms of what is not published: the filters, one more, and looking at it again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency, Section
from gongkai.infra.fields import DayField, NamedChoice, long_text
from gongkai.infra.filters import FilterForm
from gongkai.publications.actions.withholding import reassess, withhold
from gongkai.publications.kinds import ATTRIBUTE_NAMES, Attribute
from gongkai.publications.models import Withholding
from gongkai.publications.rules.withholding import MONTHS_MOST, ON_REQUEST, REASON_MOST, WITHHOLDING_GROUNDS
from gongkai.publications.withheld import WithheldFilters, ground_words

DUE = (("", _("现在不公开的")), ("overdue", _("到期要评估")), ("soon", _("三十天内到期")), ("ended", _("已转为公开")))
_ATTRIBUTES = (Attribute.ON_REQUEST, Attribute.WITHHELD)


def _attributes() -> list[tuple[str, str]]:
    return [(key.value, _now(ATTRIBUTE_NAMES[key])) for key in _ATTRIBUTES]


class WithheldFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("名称、文号"), required=False, max_length=60)
    due = forms.ChoiceField(label=_("评估"), required=False, choices=DUE)
    attribute = forms.ChoiceField(label=_("公开属性"), required=False)
    ground = forms.ChoiceField(label=_("依据"), required=False)
    section = NamedChoice(Section.objects.none(), label=_("科室"), required=False, empty_label=_("全部"))
    agency = NamedChoice(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))

    FIRST = ("due", "attribute", "ground", "section", "agency")

    def __init__(self, data: Any, *, sections: Any, agencies: Any) -> None:
        super().__init__(
            data, words={
                "attribute": dict(_attributes()), "ground": {key: ground_words(key) for key in WITHHOLDING_GROUNDS},
            },
            rows={"section": sections, "agency": agencies},
        )

    @property
    def filters(self) -> WithheldFilters:
        """For the query."""
        keys = {f"{name}_id": row.pk for name in ("section", "agency") if (row := self.said(name))}
        return WithheldFilters(**{name: self.said(name) for name in ("q", "attribute", "ground", "due")}, **keys)


class WithholdForm(forms.Form):
    """An item is entered by hand."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)
    title = forms.CharField(label=_("名称"), max_length=300)
    document_number = forms.CharField(label=_("文号"), max_length=100, required=False)
    section = NamedChoice(Section.objects.none(), label=_("科室"), required=False, empty_label=_("不选"))
    attribute = forms.ChoiceField(label=_("公开属性"))
    ground = forms.ChoiceField(
        label=_("不予公开的依据"), required=False, help_text=_("不予公开的选一项；依申请公开的不选"),
    )
    reason = long_text(_("理由"), most=REASON_MOST)
    decided_on = DayField(label=_("确定日期"))
    every_months = forms.IntegerField(
        label=_("再评估间隔（月）"), min_value=1, max_value=MONTHS_MOST, required=False,
        help_text=_("空着按本机关的办理规则（第十八条）"),
    )

    def __init__(self, data: Any = None, *, agencies: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["section"].queryset = Section.objects.filter(agency__in=agencies)  # type: ignore[attr-defined]
        self.fields["attribute"].choices = _attributes()  # type: ignore[attr-defined]
        grounds = [(key, ground_words(key)) for key in WITHHOLDING_GROUNDS]
        self.fields["ground"].choices = [("", "—"), *grounds]  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Withholding:
        """Enter it. Raises Refused."""
        given = dict(self.cleaned_data)
        if given["attribute"] == Attribute.ON_REQUEST and not given["ground"]:
            given["ground"] = ON_REQUEST
        return withhold(by=by, at=at, **given)


class ReassessForm(forms.Form):
    """Looked at again."""

    verdict = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    reason = long_text(_("理由"), most=REASON_MOST, help_text=_("情况有没有变化，依据是否还成立"))
    every_months = forms.IntegerField(
        label=_("下一次评估在几个月后"), min_value=1, max_value=MONTHS_MOST, required=False,
        help_text=_("继续不公开的填写；空着照原来的间隔"),
    )

    def __init__(self, data: Any = None, *, shown: Withholding, today: date) -> None:
        self.shown, self.today = shown, today
        super().__init__(data)
        choices = [("keep", _now("维持现在的属性"))]
        if shown.attribute == Attribute.WITHHELD:
            choices.append(("on_request", _now("转为依申请公开")))
        choices.append(("publish", _now("转为主动公开，另行起草并经审查、签发")))
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Withholding:
        """Record it. Raises Refused."""
        return reassess(by=by, withholding=self.shown, at=at, **self.cleaned_data)
