"""The duty to reply anew: done, lifted, or its period put right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.core.law.answers import ANSWERS
from gongkai.disputes import actions
from gongkai.disputes.forms.base import ActForm, act_form
from gongkai.disputes.models import Rehandling
from gongkai.disputes.states import ACT_NAMES, Act
from gongkai.infra.fields import DayField

LIFT, PERIOD = "lift", "period"


class OpenDuty(forms.ModelChoiceField):
    """A duty by its due date."""

    def label_from_instance(self, obj: Any) -> str:
        """The words of an option."""
        return f"{obj.due_on:%Y-%m-%d}"


class DutyForm(ActForm):
    """What both have in common: which duty. Almost always there is one, and nothing is asked then."""

    duty = OpenDuty(Rehandling.objects.none(), label=_("哪一项（按期限）"), empty_label=None)

    def prepare(self) -> None:
        duties = self.dispute.rehandlings.open()  # type: ignore[attr-defined]
        field: Any = self.fields["duty"]
        field.queryset = duties
        first = duties.first()
        self.initial["duty"] = first.pk if first is not None else None
        if first is not None and len(duties[:2]) == 1:
            field.widget = forms.HiddenInput()


@act_form
class FulfilForm(DutyForm):
    """The organ replied anew."""

    act, title, button = Act.REHANDLE, ACT_NAMES[Act.REHANDLE], _("登记")
    done = _("已登记重新答复")
    lead = _("按复议决定、裁判重新作出答复后在这里登记。原来的申请在哪一年计入年报不变。")
    answer_kind = forms.ChoiceField(label=_("重新答复的结果"))
    reply_number = forms.CharField(label=_("答复文号"), max_length=200, required=False)
    on = DayField(label=_("答复日期"))

    def suggested(self) -> dict[str, Any]:
        return {"on": self.today}

    def prepare(self) -> None:
        super().prepare()
        kinds = [("", _("请选择")), *((key, kind.name) for key, kind in ANSWERS.items())]
        self.fields["answer_kind"].choices = kinds  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Fulfil."""
        return actions.fulfil(
            by=by, rehandling=self.cleaned_data["duty"], at=at, seen=self.cleaned_data["seen"],
            **self.said("answer_kind", "reply_number", "on"),
        )


@act_form
class LiftForm(DutyForm):
    """A later decision set the first one aside."""

    act, title, button = LIFT, _("解除重新答复"), _("解除")
    done = _("已解除")
    lead = _("要求重新答复的决定被后来的裁判撤销、改变，不必再重新答复的，写明理由解除。")
    reason = forms.CharField(label=_("理由"), max_length=300)
    on = DayField(label=_("解除日期"))

    def suggested(self) -> dict[str, Any]:
        return {"on": self.today}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Lift."""
        return actions.lift(
            by=by, rehandling=self.cleaned_data["duty"], at=at, seen=self.cleaned_data["seen"],
            **self.said("reason", "on"),
        )


@act_form
class PeriodForm(DutyForm):
    """The period of a duty, put right."""

    act, title, button = PERIOD, _("更正重新答复的期限"), _("保存")
    done = _("已更正")
    lead = _("按决定书、判决书写明的期限更正。一审判决没有人上诉的，从判决生效之日起算。")
    days = forms.IntegerField(
        label=_("期限（天数）"), required=False, min_value=1, max_value=365, 
        help_text=_("决定没有写明的留空，按本机关设定的期限"),
    )
    working = forms.ChoiceField(label=_("期限按"), choices=[("yes", _("工作日")), ("no", _("自然日"))])
    from_on = DayField(label=_("起算日期"))
    reason = forms.CharField(label=_("更正的理由"), max_length=300)

    def suggested(self) -> dict[str, Any]:
        duty = self.dispute.rehandlings.open().first()  # type: ignore[attr-defined]
        if duty is None:
            return {}
        return {"days": duty.days, "working": "yes" if duty.working else "no", "from_on": duty.from_on}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Amend the period."""
        return actions.amend_period(
            by=by, rehandling=self.cleaned_data["duty"], at=at, seen=self.cleaned_data["seen"],
            working=self.cleaned_data["working"] == "yes", **self.said("days", "from_on", "reason"),
        )
