"""The processing fee (Art. 42): told with its calculation, paid or not."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.applications import actions, frequency
from gongkai.applications.forms.base import REPLY_DATE, ActForm, Effect, act_form
from gongkai.applications.forms.fields import DayField
from gongkai.applications.states import ACT_NAMES, Act
from gongkai.calendars.queries import calendar_of
from gongkai.core.deadlines import payment_due
from gongkai.core.law import fees

BASES = [("piece", _("按件")), ("page", _("按量（页）"))]


@act_form
class NoticeFeeForm(ActForm):
    """What it costs, told within the reply's time."""

    act = Act.NOTICE_FEE
    title, button = ACT_NAMES[Act.NOTICE_FEE], _("通知收费")
    lead = _(
        "只对明显超过合理范围的申请收信息处理费，按件或按量择一，不能同时（第四十二条）。二十个工作日内缴费，"
        "逾期视为放弃；缴费次日起重新计算答复期限。"
    )
    done = _("已发出收费通知书")
    watched = ("basis", "quantity", "on")
    basis = forms.ChoiceField(label=_("收费标准"), choices=BASES)
    quantity = forms.IntegerField(label=_("件数或页数"), min_value=1, max_value=1_000_000)
    on = DayField(label=_("通知日期"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Notify."""
        given = self.cleaned_data
        return actions.notice_fee(
            by=by, application=self.application, basis=given["basis"], quantity=given["quantity"], on=given["on"],
            at=at, seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The amount tier by tier, and by when."""
        quantity, on = self.value("quantity"), self.value("on")
        if not quantity or not on:
            return None
        pieces = self.value("basis") == "piece"
        before = frequency.before_in_month(self.application) if pieces else 0
        steps = fees.explain("piece" if pieces else "page", quantity, before)
        told = "".join(step.sentence for step in steps)
        told += _now("共 %(sum)s 元。") % {"sum": sum((step.amount for step in steps), Decimal(0))}
        due = payment_due(on, calendar_of(self.application.agency)).due_on
        return Effect(_("缴费期限"), None, due, told)


@act_form
class PayForm(ActForm):
    """It was paid."""

    act = Act.PAY
    title, button = ACT_NAMES[Act.PAY], _("登记缴费")
    lead = _("缴费次日起重新计算答复期限。")
    done = _("已登记缴费")
    watched = ("on",)
    on = DayField(label=_("缴费日期"))
    receipt = forms.CharField(label=_("票据号"), max_length=60, required=False)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Note it."""
        given = self.cleaned_data
        return actions.pay(
            by=by, application=self.application, on=given["on"], receipt=given["receipt"], at=at, seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The clock starts anew."""
        on = self.value("on")
        return Effect(REPLY_DATE, self.application.due_on, self.what_if(paid=on).due_on) if on else None


@act_form
class LapseFeeForm(ActForm):
    """It was not paid."""

    act = Act.LAPSE_FEE
    title, button = ACT_NAMES[Act.LAPSE_FEE], _("不再处理")
    lead = _("逾期未缴费的，视为放弃申请，不再处理，并发给告知书。")
    done = _("已按逾期不缴费办结")
    grave = True
    on = DayField(label=_("办结日期"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Close."""
        given = self.cleaned_data
        return actions.lapse_fee(by=by, application=self.application, on=given["on"], at=at, seen=given["seen"])
