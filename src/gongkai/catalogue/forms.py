"""What people type about catalogues, parsed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency, Section
from gongkai.catalogue import rules
from gongkai.catalogue.models import Audience, Item, Method, Mode, Period, Source, Tier, Timing
from gongkai.catalogue.queries import Filters
from gongkai.catalogue.telling import ASPECT_NAMES
from gongkai.core.catalogue.limits import parse_limits, shortest_days
from gongkai.core.catalogue.vocabulary import CHANNELS

LARGEST_SHEET = 2 * 1024 * 1024
_EMPTY = [("", "—")]
_ALL = [("", _("全部"))]
_NOBODY = _("没有安排")


class FilterForm(forms.Form):
    """What the list is narrowed to; lives in the address."""

    q = forms.CharField(label=_("事项、编码或内容"), max_length=60, required=False, widget=forms.SearchInput)
    section = forms.ChoiceField(label=_("责任科室"), required=False)
    source = forms.ChoiceField(label=_("来源"), choices=[*_ALL, *Source.choices], required=False)
    mode = forms.ChoiceField(label=_("公开类型"), choices=[*_ALL, *Mode.choices], required=False)
    aspect = forms.ChoiceField(label=_("五公开"), choices=[*_ALL, *ASPECT_NAMES.items()], required=False)
    domain = forms.ChoiceField(label=_("领域"), required=False)
    retired = forms.BooleanField(label=_("看停用的"), required=False)

    def __init__(self, data: Any, *, agency: Agency, domains: list[str]) -> None:
        super().__init__(data)
        sections = [(str(one.pk), one.name) for one in agency.sections.order_by("-active", "pk")[:200]]
        self.fields["section"].choices = [*_ALL, ("none", _("没有安排")), *sections]
        self.fields["domain"].choices = [*_ALL, *((name, name) for name in domains)]
        if not domains:
            del self.fields["domain"]

    @property
    def filters(self) -> Filters:
        """The filters; a value that the list does not know narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            given.get("q", ""), given.get("section", ""), given.get("source", ""), given.get("mode", ""),
            given.get("aspect", ""), given.get("domain", ""), bool(given.get("retired")),
        )


class ItemForm(forms.Form):
    """An item, in the order in which a catalogue states it."""

    name = forms.CharField(label=_("事项"), max_length=200)
    contents = forms.CharField(
        label=_("公开内容（要素）"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
    )
    basis = forms.CharField(
        label=_("公开依据"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )
    limit_text = forms.CharField(
        label=_("公开时限"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("照目录原文写，例如“信息形成之日起20个工作日内公开”；不写则按法定的二十个工作日（第二十六条）"),
    )
    limit_days = forms.IntegerField(
        label=_("时限（工作日）"), min_value=1, max_value=250, required=False,
        help_text=_("原文换算不出工作日时才填；换算得出的以原文为准"),
    )
    mode = forms.ChoiceField(label=_("公开类型"), choices=Mode.choices, initial=Mode.IRREGULAR)
    period = forms.ChoiceField(
        label=_("周期"), choices=[*_EMPTY, *Period.choices], required=False, help_text=_("定期公开的要选"),
    )
    timing = forms.ChoiceField(label=_("公开环节"), choices=[*_EMPTY, *Timing.choices], required=False)
    fresh_days = forms.IntegerField(
        label=_("多少天不更新即为过期"), min_value=1, max_value=3_650, required=False,
        help_text=_("不填按公开类型：长期一年核对一次，定期按周期，随时六个月；动态类填 14"),
    )
    method = forms.ChoiceField(label=_("公开方式"), choices=Method.choices, initial=Method.PROACTIVE)
    audience = forms.ChoiceField(label=_("公开对象"), choices=Audience.choices, initial=Audience.ALL)
    group = forms.CharField(label=_("特定群体"), max_length=200, required=False)
    tier = forms.ChoiceField(label=_("公开层级"), choices=[*_EMPTY, *Tier.choices], required=False)
    domain = forms.CharField(label=_("领域"), max_length=60, required=False)
    subject = forms.CharField(label=_("公开主体"), max_length=200, required=False)
    topic = forms.CharField(label=_("主题分类"), max_length=60, required=False)
    aspects = forms.MultipleChoiceField(
        label=_("五公开"), choices=list(ASPECT_NAMES.items()), required=False, widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=_("公开渠道和载体"), choices=list(CHANNELS.items()), required=False, widget=forms.CheckboxSelectMultiple,
    )
    other_channels = forms.CharField(
        label=_("本机关另有的渠道"), max_length=300, required=False, help_text=_("几个渠道之间用顿号分开"),
    )
    required = forms.BooleanField(label=_("必须公开（本机关不能自行停用）"), required=False)

    @property
    def wide(self) -> list[Any]:
        """The fields that take a line each."""
        return [self[name] for name in ("name", "contents", "basis", "limit_text")]

    @property
    def short(self) -> list[Any]:
        """The fields that stand side by side."""
        return [self[name] for name in (
            "limit_days", "mode", "period", "timing", "fresh_days", "method", "audience", "group", "tier", "domain",
            "subject", "topic", "other_channels",
        )]

    def values(self) -> dict[str, Any]:
        """The item's fields as typed, the ticked channels and the office's own together."""
        given = {name: value for name, value in self.cleaned_data.items() if name in _FIELDS}
        own = [words.strip() for words in self.cleaned_data["other_channels"].split("、") if words.strip()]
        for name in ("contents", "basis", "limit_text"):
            given[name] = given[name].replace("\r\n", "\n").strip()
        return given | {"channels": list(dict.fromkeys([*given["channels"], *own]))}


_FIELDS = frozenset(ItemForm.base_fields) - {"other_channels"}


class AddForm(ItemForm):
    """A new item of the agency's own."""

    code = forms.CharField(label=_("编码"), max_length=40, required=False, help_text=_("不填则自动编号"))
    parent = forms.ModelChoiceField(Item.objects.none(), label=_("上级事项"), required=False, empty_label="—")

    def __init__(self, data: Any = None, *, agency: Agency) -> None:
        super().__init__(data)
        tops = Item.objects.filter(agency=agency, active=True, parent__isnull=True).order_by("order", "pk")
        self.fields["parent"].queryset = tops

    @property
    def wide(self) -> list[Any]:
        """The code and the place come first."""
        return [self["code"], self["parent"], *super().wide]


class ChangeForm(ItemForm):
    """A new edition of an item, with its reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("修改理由"), max_length=rules.LONGEST_REASON, required=False, help_text=_("和这一版一起保留"),
    )

    @property
    def wide(self) -> list[Any]:
        """The reason comes last."""
        return [*super().wide, self["reason"]]


class AssignForm(forms.Form):
    """Who answers for an item."""

    section = forms.ModelChoiceField(Section.objects.none(), label=_("责任科室"), required=False, empty_label=_NOBODY)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("责任人"), required=False, empty_label=_NOBODY)

    def __init__(self, data: Any = None, *, item: Item, people: Any) -> None:
        super().__init__(data, initial={"section": item.section_id, "owner": item.owner_id})
        self.fields["section"].queryset = Section.objects.filter(agency_id=item.agency_id, active=True)
        self.fields["owner"].queryset = people
        self.fields["owner"].label_from_instance = lambda person: person.name or person.username


class ReasonForm(forms.Form):
    """Why an item goes out of use or comes back."""

    reason = forms.CharField(label=_("理由"), max_length=rules.LONGEST_REASON)


class SheetForm(forms.Form):
    """A standard catalogue as a file."""

    sheet = forms.FileField(label=_("标准目录表"), help_text=_(
        "Excel（.xlsx）、CSV 或 Word（.docx）里的基层政务公开标准目录，表头两行，可以一个领域一个工作表"
    ))

    def clean_sheet(self) -> Any:
        """Not more than a catalogue can be."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > LARGEST_SHEET:
            raise forms.ValidationError(_("这个文件超过 2 MB，不像标准目录，没有读取；请按领域分成几个文件"))
        return sheet


class BelowForm(forms.Form):
    """Which items go to which agencies below, and why."""

    items = forms.ModelMultipleChoiceField(
        Item.objects.none(), label=_("要下达的事项"), widget=forms.CheckboxSelectMultiple,
    )
    to = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label=_("下达到"), widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("部署的依据"), max_length=rules.LONGEST_REASON, help_text=_("例如文件名称和文号"))

    def __init__(self, data: Any = None, *, items: Any, agencies: Any) -> None:
        super().__init__(data)
        self.fields["items"].queryset, self.fields["to"].queryset = items, agencies


def typed(item: Item) -> dict[str, Any]:
    """What the form of a change shows at first."""
    values = {name: getattr(item, name) for name in _FIELDS}
    values["channels"] = [key for key in item.channels if key in CHANNELS]
    if shortest_days(parse_limits(item.limit_text)) is not None:
        values["limit_days"] = None  # it stands in the words; a number is typed only where they give none
    own = "、".join(words for words in item.channels if words not in CHANNELS)
    return values | {"seen": item.edition, "other_channels": own}
