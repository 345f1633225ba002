"""Forms of the register of regulations and normative documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.infra.fields import DayField, NamedChoice
from gongkai.infra.filters import FilterForm
from gongkai.publications.models import Publication
from gongkai.statutory_registers import actions
from gongkai.statutory_registers.forms.base import ActForm, published_of
from gongkai.statutory_registers.models import Document
from gongkai.statutory_registers.registers import DOCUMENT_NAMES, ENDING_NAMES, Ending

STANDINGS = {"in_force": _("现行有效"), "ended": _("已废止、失效"), "unpublished": _("有效但没有公开")}
OTHERS = 200  # documents offered as the one that repeals
_FACTS = ("kind", "title", "number", "made_on", "effective_on", "expires_on", "filing_number", "disclosed_on")


class DocumentFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("名称、文号"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("种类"), required=False)
    standing = forms.ChoiceField(label=_("效力"), required=False)
    year = forms.TypedChoiceField(label=_("制发年度"), required=False, coerce=int, empty_value=None)
    agency = NamedChoice(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))

    FIRST = ("kind", "standing", "year", "agency")

    def __init__(self, data: Any, *, years: Any, agencies: Any) -> None:
        super().__init__(
            data, words={"kind": DOCUMENT_NAMES, "standing": STANDINGS, "year": years}, rows={"agency": agencies},
        )


class _Facts(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=300)
    number = forms.CharField(label=_("文号"), max_length=100, required=False)
    made_on = DayField(label=_("制发日期"))
    effective_on = DayField(label=_("生效日期"), required=False)
    expires_on = DayField(label=_("有效期至"), required=False, help_text=_("从这一天起失效"))
    filing_number = forms.CharField(label=_("备案号"), max_length=100, required=False)
    disclosed_on = DayField(label=_("公开日期"), required=False)


class NewDocument(_Facts):
    """A document is entered."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)
    kind = forms.ChoiceField(label=_("种类"))
    publication = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unpublished_reason = forms.CharField(
        label=_("不公开的依据"), max_length=300, required=False, help_text=_("没有公开的文件，写明依据"),
    )

    field_order = ("agency", "kind", "title")

    def __init__(self, data: Any = None, *, agencies: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(k.value, _now(v)) for k, v in DOCUMENT_NAMES.items()]  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Document:
        """Enter it. Raises Refused."""
        given = dict(self.cleaned_data)
        key = given.pop("publication", None)
        publication = Publication.objects.filter(pk=key, agency=given["agency"]).first() if key else None
        return actions.enter_document(by=by, at=at, publication=publication, **given)


class Correct(_Facts, ActForm):
    """What was entered wrongly."""

    act, heading, button, done = "correct", _("更正"), _("保存更正"), _("已更正")
    lead = _("只改登记错的；文件被废止、失效请用“登记废止、失效”。改了哪几项记入操作记录。")

    def suggested(self) -> dict[str, Any]:
        """As it stands."""
        return {name: getattr(self.row, name) for name in self.base_fields}

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Correct it."""
        actions.correct_document(by=by, document=self.row, at=at, **self.cleaned_data)


class End(ActForm):
    """A document is repealed or has lapsed."""

    act, heading, button = "end", _("登记废止、失效"), _("登记")
    done, grave = _("已登记，这份文件不再计入现行有效"), True
    lead = _("废止的当年计入表二“本年废止件数”，此后不计入“现行有效件数”。登记后不能撤回。")

    ending = forms.ChoiceField(label=_("去向"))
    on = DayField(label=_("废止、失效之日"))
    ended_by = NamedChoice(
        Document.objects.none(), label=_("由哪份文件废止"), required=False, empty_label=_("没有或者不在台账中"),
        told="title",
    )

    def prepare(self) -> None:
        """Other documents of the agency."""
        ends = (Ending.REPEALED, Ending.LAPSED)
        self.fields["ending"].choices = [(k.value, _now(ENDING_NAMES[k])) for k in ends]  # type: ignore[attr-defined]
        others = Document.objects.filter(agency=self.row.agency_id, made_on__gte=self.row.made_on).exclude(
            pk=self.row.pk)
        keys = list(others.order_by("-made_on", "-pk").values_list("pk", flat=True)[:OTHERS])
        self.fields["ended_by"].queryset = Document.objects.filter(pk__in=keys)  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> None:
        """End it."""
        actions.end_document(by=by, document=self.row, at=at, **self.cleaned_data)


class Link(ActForm):
    """Where the public reads it, or why not."""

    act, heading, button, done = "link", _("公开情况"), _("保存"), _("已保存公开情况")
    lead = _("选出公众看得到的文本；没有公开的写明依据。两者只填一项。")

    publication = forms.ChoiceField(label=_("公开的文本"), required=False)
    reason = forms.CharField(label=_("不公开的依据"), max_length=300, required=False)

    def suggested(self) -> dict[str, Any]:
        """As it stands."""
        return {"publication": self.row.publication_id or "", "reason": self.row.unpublished_reason}

    def prepare(self) -> None:
        """What the agency has published under a title like this first."""
        agency = self.row.agency
        found = dict(published_of(agency, self.row.title[:20])) | dict(published_of(agency, ""))
        if self.row.publication is not None:
            found.setdefault(str(self.row.publication_id), self.row.publication.title)
        self.fields["publication"].choices = [("", _("没有公开")), *found.items()]  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Link it, or say why not."""
        chosen, reason = self.cleaned_data["publication"], self.cleaned_data["reason"]
        if chosen and reason.strip():
            raise Refused("one-or-other", "选了公开的文本就不再填不公开的依据；没有保存")
        publication = Publication.objects.published().get(pk=chosen) if chosen else None
        actions.link_document(by=by, document=self.row, at=at, publication=publication, reason=reason)


BY_ACT: dict[str, type[ActForm]] = {one.act: one for one in (Correct, End, Link)}
