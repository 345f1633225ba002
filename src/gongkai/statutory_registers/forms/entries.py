"""Forms of the other registers: decisions, charges, purchases, and the items in stock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.infra.fields import DayField, NamedChoice
from gongkai.infra.filters import FilterForm
from gongkai.publications.models import Publication
from gongkai.statutory_registers import actions
from gongkai.statutory_registers.forms.base import ActForm, published_of
from gongkai.statutory_registers.models import Entry, PowerItem
from gongkai.statutory_registers.registers import (
    AMOUNT_NEEDED,
    ROW_NAMES,
    SHOWN_NAMES,
    SHOWN_WITHIN,
    WITH_AMOUNT,
    Register,
    Shown,
)

LATE, NEAR = "late", "near"


class EntryFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("事项、文号"), required=False, max_length=60)
    shown = forms.ChoiceField(label=_("公示"), required=False)
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    agency = NamedChoice(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))

    FIRST = ("shown", "year", "agency")

    def __init__(self, data: Any, *, register: Register, years: Any, agencies: Any) -> None:
        limited = {LATE: _("超过七个工作日没有公示"), NEAR: _("三个工作日内到期")} if register in SHOWN_WITHIN else {}
        super().__init__(
            data, words={"shown": {**SHOWN_NAMES, **limited}, "year": years}, rows={"agency": agencies},
        )


class NewEntry(forms.Form):
    """A row is entered."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)
    subject = forms.CharField(
        label=_("事项"), max_length=300, help_text=_("只写事项，不写当事人的姓名、证件号、电话"),
    )
    on = DayField(label=_("日期"))
    number = forms.CharField(label=_("文号、编号"), max_length=100, required=False)
    amount = forms.CharField(label=_("金额（元）"), max_length=30, required=False)
    item = NamedChoice(PowerItem.objects.none(), label=_("权责事项"), required=False, empty_label=_("不选"))
    shown = forms.ChoiceField(label=_("公示"))
    shown_on = DayField(label=_("公示日期"), required=False, help_text=_("已公示的填写"))
    shown_reason = forms.CharField(
        label=_("不公示的依据"), max_length=300, required=False, help_text=_("依法不公示的填写"),
    )

    def __init__(
        self, data: Any = None, *, register: Register, agencies: Any, items: Any, initial: dict[str, Any],
    ) -> None:
        self.register = register
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["shown"].choices = [(k.value, _now(v)) for k, v in SHOWN_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["on"].label = _now(ROW_NAMES[register][1])
        if register not in WITH_AMOUNT:
            del self.fields["amount"]
        else:
            self.fields["amount"].required = register in AMOUNT_NEEDED
        if not items.exists():
            del self.fields["item"]

    def perform(self, *, by: Actor, at: datetime) -> Entry:
        """Enter it. Raises Refused."""
        return actions.add_entry(by=by, register=self.register, at=at, **self.cleaned_data)


class Show(ActForm):
    """A row was shown to the public, or lawfully is not."""

    act, heading, button, done = "show", _("登记公示"), _("保存"), _("已保存公示情况")
    lead = _("行政许可、行政处罚自决定之日起七个工作日内公示；依法不公示的写明依据，仍计入年报。")

    shown = forms.ChoiceField(label=_("公示"))
    on = DayField(label=_("公示日期"), required=False, help_text=_("已公示的填写；选了公开的信息可以空着"))
    publication = forms.ChoiceField(label=_("公开的信息"), required=False)
    reason = forms.CharField(label=_("不公示的依据"), max_length=300, required=False)

    def suggested(self) -> dict[str, Any]:
        """As it stands; what waits is shown next."""
        state = self.row.shown if self.row.shown != Shown.NOT_YET else Shown.SHOWN
        return {"shown": state, "on": self.row.shown_on, "reason": self.row.shown_reason,
                "publication": self.row.publication_id or ""}

    def prepare(self) -> None:
        """What the agency has published."""
        found = dict(published_of(self.row.agency, ""))
        if self.row.publication is not None:
            found.setdefault(str(self.row.publication_id), self.row.publication.title)
        self.fields["shown"].choices = [(k.value, _now(v)) for k, v in SHOWN_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["publication"].choices = [("", _("在别处公示")), *found.items()]  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Record it. Raises Refused."""
        given = self.cleaned_data
        publication = None
        if given["publication"] and given["shown"] == Shown.SHOWN:
            publication = Publication.objects.published().get(pk=given["publication"])
        actions.show_entry(
            by=by, entry=self.row, shown=given["shown"], on=given["on"], reason=given["reason"],
            publication=publication, at=at,
        )


class Cancel(ActForm):
    """A wrong row is taken out of the count."""

    act, heading, button = "cancel", _("注销登记"), _("注销")
    done, grave = _("已注销，不再计入年报"), True
    lead = _("登记错了的行注销后不再计数，仍留在台账里。注销后不能恢复，可以重新登记。")

    reason = forms.CharField(label=_("注销理由"), max_length=300)

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Cancel it. Raises Refused."""
        actions.cancel_entry(by=by, entry=self.row, reason=self.cleaned_data["reason"], at=at)


BY_ACT: dict[str, type[ActForm]] = {one.act: one for one in (Show, Cancel)}


class NewItem(forms.Form):
    """An item comes into the list."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)
    name = forms.CharField(label=_("事项名称"), max_length=300)
    code = forms.CharField(label=_("编码"), max_length=60, required=False)
    basis = forms.CharField(label=_("依据"), max_length=500, required=False)
    from_on = DayField(label=_("自"))

    def __init__(self, data: Any = None, *, agencies: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class EndItem(ActForm):
    """An item is abolished."""

    act, heading, button, done = "end-item", _("取消事项"), _("登记取消"), _("已登记取消")
    lead = _("取消的当年计入 2019 年表式的“本年增/减”。登记后不能撤回。")

    on = DayField(label=_("自哪一天起取消"))

    def perform(self, *, by: Actor, at: datetime) -> None:
        """End it. Raises Refused."""
        actions.end_item(by=by, item=self.row, on=self.cleaned_data["on"], at=at)


class SheetForm(forms.Form):
    """A spreadsheet to be taken over, and for which register."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)
    register = forms.ChoiceField(label=_("台账"))
    sheet = forms.FileField(label=_("表格"), help_text=_(
        "Excel（.xlsx）或 CSV。按列名识别，顺序不限；执法、财务系统导出的列名也认得"
    ))

    def __init__(self, *args: Any, agencies: Any, registers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["register"].choices = registers  # type: ignore[attr-defined]
