"""The filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Section
from gongkai.catalogue.models import Item
from gongkai.infra.fields import NamedChoice
from gongkai.infra.filters import FilterForm
from gongkai.publications.kinds import ATTRIBUTE_NAMES, KIND_NAMES
from gongkai.publications.queries import Filters
from gongkai.publications.states import STATE_NAMES
from gongkai.publications.work import GROUP_NAMES

# Column → heading; the title always stands first.
COLUMNS: dict[str, Any] = {
    "state": _("状态"), "due": _("期限"), "attribute": _("公开属性"), "kind": _("体裁"), "item": _("目录事项"),
    "section": _("科室"), "agency": _("机关"), "number": _("文号"), "index": _("索引号"), "formed": _("成文"),
    "published": _("发布"), "validity": _("有效性"),
}
SHOWN = ("state", "due", "attribute", "kind", "section", "number")
SORTS = {
    "": _("最近登记在前"), "due_on": _("期限近的在前"), "-published_on": _("最近发布在前"),
    "-formed_on": _("最近成文在前"),
}


class ListFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("名称、文号、索引号"), required=False, max_length=60)
    group = forms.ChoiceField(label=_("工作"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    kind = forms.ChoiceField(label=_("体裁"), required=False)
    attribute = forms.ChoiceField(label=_("公开属性"), required=False)
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    section = NamedChoice(Section.objects.none(), label=_("科室"), required=False, empty_label=_("全部"))
    item = NamedChoice(Item.objects.none(), label=_("目录事项"), required=False, empty_label=_("全部"))
    agency = NamedChoice(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))
    sort = forms.ChoiceField(label=_("顺序"), required=False, choices=list(SORTS.items()))

    FIRST = ("group", "state", "year", "sort")
    MORE = ("kind", "attribute", "section", "item", "agency")

    def __init__(self, data: Any, *, years: list[int], sections: Any, items: Any, agencies: Any) -> None:
        super().__init__(data, words={
            "group": GROUP_NAMES, "state": STATE_NAMES, "kind": KIND_NAMES, "attribute": ATTRIBUTE_NAMES, "year": years,
        }, rows={"section": sections, "item": items, "agency": agencies})

    @property
    def filters(self) -> Filters:
        """For queries.listing."""
        plain = {name: self.said(name) for name in ("q", "state", "kind", "attribute")}
        keys = {f"{name}_id": row.pk for name in ("section", "item", "agency") if (row := self.said(name))}
        return Filters(year=self.said("year") or None, **plain, **keys)
