"""A new draft, and the editor of a draft: its metadata in groups, its disclosure attribute, its words."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency, Section
from gongkai.catalogue.models import Item, Source
from gongkai.infra.fields import DayField, NamedChoice, long_text, told
from gongkai.publications.forms.merging import marks
from gongkai.publications.forms.reviewing import grounds
from gongkai.publications.kinds import ATTRIBUTE_NAMES, KIND_NAMES, ORIGIN_NAMES
from gongkai.publications.models import Edition
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.queries import items_for

ITEMS = 1500       # offered in one choice
BODY = 2_000_000   # characters of a body
JOINT = 60         # organs


def sections_of(actor: Actor, agency: Agency) -> Any:
    """The sections that one drafts for: all of the agency for the office, the own ones for a contributor."""
    rows = Section.objects.filter(agency=agency, active=True)
    if not may(actor, P.HANDLE, agency):
        rows = rows.filter(pk__in=[h.section_id for h in actor.holdings if h.section_id is not None])
    return rows


def choices_of(items: Any, section_ids: set[int], more: int | None = None) -> list[Any]:
    """The items for a select: those of one's own section first, then by where they come from."""
    rows = list(items.order_by("source", "order", "pk")[:ITEMS])
    if more is not None and all(row.pk != more for row in rows):
        rows += list(Item.objects.filter(pk=more))
    told = [(row, f"{row.code} {row.name}") for row in rows]
    mine = [(row.pk, name) for row, name in told if row.section_id in section_ids]
    groups: list[Any] = [("", _("未归入目录事项"))]
    if mine:
        groups.append((_now("本科室负责的"), mine))
    rest = [(row, name) for row, name in told if row.section_id not in section_ids]
    for source, found in groupby(rest, key=lambda one: one[0].source):
        groups.append((str(Source(source).label), [(row.pk, name) for row, name in found]))
    return groups


class NewForm(forms.Form):
    """What is begun: for whom, of what kind, under which title."""

    agency = NamedChoice(Agency.objects.none(), label=_("公开主体"), empty_label=None)
    title = forms.CharField(label=_("名称"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("体裁"), choices=told(KIND_NAMES))
    section = NamedChoice(
        Section.objects.none(), label=_("起草科室"), required=False, empty_label=_("公开工作机构"),
    )
    item = forms.ChoiceField(label=_("目录事项"), required=False)
    origin = forms.ChoiceField(
        label=_("信息来源"), choices=told(ORIGIN_NAMES),
        help_text=_("谁制作谁公开；从其他机关获取的由制作机关公开（第十条）"),
    )

    def __init__(self, data: Any = None, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        reach = within(actor, P.HANDLE, "path") | within(actor, P.CONTRIBUTE, "path")
        agencies = Agency.objects.filter(reach).order_by("path")
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.one = agencies.count() == 1
        asked = self.data.get("agency") if self.is_bound else (initial or {}).get("agency")
        agency = (agencies.filter(pk=asked).first() if str(asked or "").isdecimal() else None) or agencies.first()
        if agency is None:
            return
        self.initial["agency"] = agency.pk
        if self.one:
            self.fields["agency"].widget = forms.HiddenInput()
        sections = sections_of(actor, agency)
        section = self.fields["section"]
        section.queryset = sections  # type: ignore[attr-defined]
        if not may(actor, P.HANDLE, agency):
            section.required, section.empty_label = True, None  # type: ignore[attr-defined]
        own = {h.section_id for h in actor.holdings if h.section_id is not None}
        self.fields["item"].choices = choices_of(items_for(agency), own)  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_item(self) -> Item | None:
        """The row."""
        key = self.cleaned_data.get("item")
        return Item.objects.filter(pk=key).first() if key else None


class DraftForm(forms.Form):
    """Everything of an edition that a drafter states. Whether it may be kept, the action decides."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    began = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    title = forms.CharField(label=_("名称"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("体裁"), choices=told(KIND_NAMES))
    section = NamedChoice(
        Section.objects.none(), label=_("起草科室"), required=False, empty_label=_("公开工作机构"),
    )
    item = forms.ChoiceField(label=_("目录事项"), required=False)
    attribute = forms.ChoiceField(
        label=_("公开属性"), choices=told(ATTRIBUTE_NAMES), widget=forms.RadioSelect, required=False,
        help_text=_("起草时就要确定；不主动公开的写明依据和理由。最后由签发人决定。"),
    )
    attribute_ground = forms.ChoiceField(label=_("不公开的依据"), required=False)
    attribute_reason = long_text(_("理由"), rows=2, required=False, most=1000)
    document_number = forms.CharField(label=_("文号"), max_length=100, required=False)
    issuing_organ = forms.CharField(label=_("发文机关"), max_length=200, required=False)
    lead_organ = forms.CharField(
        label=_("牵头机关"), max_length=200, required=False,
        help_text=_("几个机关共同制作的，由牵头制作的公开（第十条）"),
    )
    joint_organs = long_text(_("联合发文机关"), rows=2, required=False, most=6000, help_text=_("一行一个"))
    formed_on = DayField(label=_("成文日期"), required=False, help_text=_("公开期限自形成之日起算"))
    changed_on = DayField(label=_("变更日期"), required=False)
    effective_on = DayField(label=_("生效日期"), required=False)
    expires_on = DayField(label=_("失效日期"), required=False)
    topic = forms.CharField(label=_("主题分类"), max_length=60, required=False)
    served = forms.CharField(label=_("服务对象"), max_length=60, required=False)
    keywords = forms.CharField(label=_("关键词"), max_length=200, required=False, help_text=_("用空格或分号隔开"))
    summary = long_text(_("内容概述"), rows=3, required=False, most=500)
    change_note = forms.CharField(label=_("修订说明"), max_length=300, required=False)
    body = long_text(_("正文"), rows=24, required=False, most=BODY)
    emergency = forms.BooleanField(label=_("应急通道"), required=False, help_text=_(
        "突发事件等需要立即公开的：保密审查和签发在前，其他关口发布后限期补审",
    ))
    lane_reason = forms.CharField(label=_("应急理由"), max_length=300, required=False)

    DOCUMENT = ("document_number", "issuing_organ", "lead_organ", "joint_organs")
    DAYS = ("formed_on", "changed_on", "effective_on", "expires_on")
    ABOUT = ("topic", "served", "keywords")
    PLAIN = (
        "title", "kind", "attribute", "attribute_ground", "attribute_reason", *DOCUMENT[:3], *DAYS, *ABOUT, "summary",
        "change_note", "lane_reason",
    )

    def __init__(self, data: Any = None, *, edition: Edition, actor: Actor) -> None:
        self.edition = edition
        row = edition.publication
        began = stated(edition)
        super().__init__(data, initial={"seen": edition.revision, "began": marks(began)} | began)
        self.fields["section"].queryset = sections_of(actor, row.agency) | Section.objects.filter(  # type: ignore[attr-defined]
            pk=row.section_id, agency=row.agency,
        )
        own = {h.section_id for h in actor.holdings if h.section_id is not None} or {row.section_id or 0}
        self.fields["item"].choices = choices_of(items_for(row.agency), own, row.item_id)  # type: ignore[attr-defined]
        self.fields["attribute_ground"].choices = grounds()  # type: ignore[attr-defined]
        if edition.number == 1:
            del self.fields["change_note"], self.fields["changed_on"]

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_joint_organs(self) -> list[str]:
        """The organs, one a line."""
        found = [line.strip() for line in self.cleaned_data["joint_organs"].splitlines() if line.strip()]
        if len(found) > JOINT or any(len(one) > 200 for one in found):
            raise forms.ValidationError(_("联合发文机关最多 60 个，每个不超过 200 字"), code="joint")
        return found

    def clean_item(self) -> Item | None:
        """The row."""
        key = self.cleaned_data.get("item")
        return Item.objects.filter(pk=key, agency=self.edition.publication.agency_id).first() if key else None

    @property
    def stated(self) -> dict[str, Any]:
        """The values for the action."""
        given = self.cleaned_data
        values = {name: given.get(name) for name in self.PLAIN if name in self.fields}
        values |= {"joint_organs": given["joint_organs"], "item": given["item"], "section": given["section"]}
        values["lane"] = "emergency" if given["emergency"] else "normal"
        if not given["emergency"]:
            values["lane_reason"] = ""
        return values

    def of(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        """The fields of a group that this edition has."""
        return [self[name] for name in names if name in self.fields]

    @property
    def document(self) -> list[forms.BoundField]:
        """Who made it, under which number."""
        return self.of(self.DOCUMENT)

    @property
    def days(self) -> list[forms.BoundField]:
        """Its dates."""
        return self.of(self.DAYS)

    @property
    def about(self) -> list[forms.BoundField]:
        """How it is found."""
        return self.of(self.ABOUT)


def stated(edition: Edition) -> dict[str, Any]:
    """What an edition says now, as the fields begin with."""
    row = edition.publication
    names = [name for name in DraftForm.PLAIN if name not in {"kind", "changed_on"}]
    return {name: getattr(edition, name) for name in names} | {
        "kind": row.kind, "changed_on": row.changed_on, "section": row.section_id, "item": row.item_id,
        "joint_organs": "\n".join(edition.joint_organs), "body": edition.body,
        "emergency": edition.lane == "emergency",
    }
