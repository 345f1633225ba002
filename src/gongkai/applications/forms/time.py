"""More time: an extension and its approval (Art. 33), reasons for frequency and a later date (Art. 35)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.applications import actions, similar
from gongkai.applications.forms.base import REPLY_DATE, ActForm, Effect, act_form
from gongkai.applications.forms.fields import DayField, long_text
from gongkai.applications.models import Extension
from gongkai.applications.states import ACT_NAMES, Act
from gongkai.core.errors import Refused

LONGEST = 20  # working days (Art. 33)


@act_form
class ProposeExtensionForm(ActForm):
    """More time, for a reason."""

    act = Act.PROPOSE_EXTENSION
    title, button = ACT_NAMES[Act.PROPOSE_EXTENSION], _("提请延期")
    lead = _("需要延长的，在期限内经公开工作机构负责人同意并告知申请人，最长二十个工作日，只能一次（第三十三条）。")
    done = _("已提请延期，等负责人决定")
    watched = ("days",)
    days = forms.IntegerField(label=_("延长几个工作日"), min_value=1, max_value=LONGEST)
    reason = long_text(_("理由"), rows=3, most=1000, help_text=_("会写进给申请人的告知书"))
    on = DayField(label=_("提请日期"))

    def suggested(self) -> dict[str, Any]:
        """All of it."""
        return {"on": self.today, "days": LONGEST}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Propose."""
        given = self.cleaned_data
        return actions.propose_extension(
            by=by, application=self.application, days=given["days"], reason=given["reason"], on=given["on"], at=at,
            seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The date if the head agrees."""
        days = self.value("days")
        if not days:
            return None
        note = _now("延长 %(n)s 个工作日；负责人同意后才生效") % {"n": days}
        return Effect(REPLY_DATE, self.application.due_on, self.what_if(extended=days).due_on, note)


@act_form
class ExtendForm(ActForm):
    """The head's word on a proposal."""

    act = Act.EXTEND
    title, button = _("决定延期"), _("决定")
    lead = _("同意的，发给申请人延期告知书；只能延一次，最长二十个工作日（第三十三条）。")
    done = _("已决定")
    approved = forms.TypedChoiceField(
        label=_("决定"), choices=[("yes", _("同意")), ("no", _("不同意"))], coerce=lambda said: said == "yes",
        empty_value=None, widget=forms.RadioSelect,
    )
    on = DayField(label=_("决定日期"))
    remark = forms.CharField(label=_("说明"), max_length=500, required=False)

    def proposal(self) -> Extension | None:
        """What was proposed."""
        return self.application.extensions.filter(approved__isnull=True).first()

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Decide. Raises Refused where nothing is proposed (any more)."""
        given, proposed = self.cleaned_data, self.proposal()
        if proposed is None:
            raise Refused("no-proposal", "没有等待决定的延期，可能已有人决定；请看最新情况")
        return actions.decide_extension(
            by=by, extension=proposed, approved=given["approved"], on=given["on"], remark=given["remark"], at=at,
            seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The date if it is granted, and why it was asked for."""
        proposed = self.proposal()
        if proposed is None:
            return None
        note = _now("%(who)s提请延长 %(n)s 个工作日，理由：%(why)s") % {
            "who": proposed.proposed_by or "", "n": proposed.days, "why": proposed.reason,
        }
        return Effect(REPLY_DATE, self.application.due_on, self.what_if(extended=proposed.days).due_on, note)


@act_form
class AskReasonsForm(ActForm):
    """Too many, too often: why."""

    act = Act.ASK_REASONS
    title, button = ACT_NAMES[Act.ASK_REASONS], _("要求说明理由")
    lead = _("申请的数量、频次明显超过合理范围的，可以要求说明理由。这段时间期限照常计算（第三十五条）。")
    done = _("已要求说明理由")
    on = DayField(label=_("告知日期"))
    due_on = DayField(label=_("说明期限"), required=False, help_text=_("不填按本机关的设置"))

    def effect(self) -> Effect | None:
        """How often this applicant has asked, counted by calendar month and year."""
        return Effect(_("申请数量"), None, None, similar.excess_of(self.application).sentence)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Ask."""
        given = self.cleaned_data
        return actions.ask_reasons(
            by=by, application=self.application, on=given["on"], due_on=given["due_on"], at=at, seen=given["seen"],
        )


@act_form
class TakeReasonsForm(ActForm):
    """What was said, and whether it convinces."""

    act = Act.TAKE_REASONS
    title, button = ACT_NAMES[Act.TAKE_REASONS], _("登记理由")
    lead = _("理由不合理的，告知不予处理；理由合理但无法按期答复的，可以确定合理期限并告知（第三十五条）。")
    done = _("已登记理由")
    on = DayField(label=_("收到日期"))
    reasonable = forms.TypedChoiceField(
        label=_("理由是否合理"), choices=[("yes", _("合理")), ("no", _("不合理"))], coerce=lambda said: said == "yes",
        empty_value=None, widget=forms.RadioSelect,
    )
    summary = long_text(_("摘要"), rows=3, most=2000)

    def suggested(self) -> dict[str, Any]:
        """The day on which the applicant sent them, where they came through the tracking page."""
        sent = self.application.reasons_sent_on
        return {"on": sent, "summary": _now("申请人在网上说明理由，见沟通记录")} if sent else {"on": self.today}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Take them."""
        given = self.cleaned_data
        return actions.take_reasons(
            by=by, application=self.application, on=given["on"], reasonable=given["reasonable"],
            summary=given["summary"], at=at, seen=given["seen"],
        )


@act_form
class DelayForm(ActForm):
    """A reasonable date."""

    act = Act.DELAY
    title, button = ACT_NAMES[Act.DELAY], _("确定")
    lead = _("理由合理，但无法在规定期限内答复的，可以确定延迟答复的合理期限并告知申请人（第三十五条）。")
    done = _("已确定合理期限")
    watched = ("to",)
    to = DayField(label=_("延迟到"))
    reason = long_text(_("理由"), rows=3, most=1000)
    on = DayField(label=_("告知日期"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Set it."""
        given = self.cleaned_data
        return actions.delay(
            by=by, application=self.application, to=given["to"], reason=given["reason"], on=given["on"], at=at,
            seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The date that was set."""
        to = self.value("to")
        return Effect(REPLY_DATE, self.application.due_on, self.what_if(delayed_to=to).due_on) if to else None
