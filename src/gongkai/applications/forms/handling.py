"""What people state while an application is worked on: whose it is, whom to ask, how long, what it costs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.agencies.models import Section
from gongkai.applications import actions, frequency, similar
from gongkai.applications.forms.base import ActForm, Effect, act_form
from gongkai.applications.forms.fields import DayField, NamedChoice, long_text
from gongkai.applications.forms.intake import REPLY_DATE
from gongkai.applications.models import Application, Consultation, Extension, Opinion
from gongkai.applications.states import ACT_NAMES, Act
from gongkai.calendars.queries import calendar_of
from gongkai.core.deadlines import Pause, PauseKind, consultation_due, payment_due
from gongkai.core.errors import Refused
from gongkai.core.law import fees

PARTY_NAMES = {
    PauseKind.THIRD_PARTY: _("第三方（第三十二条）"), PauseKind.CO_MAKER: _("共同制作机关（第三十四条）"),
    PauseKind.OTHER_ORGAN: _("其他机关（第三十三条）"),
}
BASES = [("piece", _("按件")), ("page", _("按量（页）"))]
LONGEST = 20


def people_of(application: Application, on: date) -> Any:
    """Who holds a post in its agency on a day."""
    return User.objects.filter(
        posts__agency_id=application.agency_id, posts__valid_from__lte=on, is_active=True,
    ).exclude(posts__valid_to__lt=on).distinct().order_by("name")


@act_form
class AssignForm(ActForm):
    """Which section, which person."""

    act = Act.ASSIGN
    title, button = ACT_NAMES[Act.ASSIGN], _("分办")
    lead = _("分给保存信息的科室，或由公开工作机构的经办人自己办。期限照常计算。")
    done = _("已分办")
    section = NamedChoice(Section.objects.none(), label=_("科室"), required=False)
    handler = NamedChoice(User.objects.none(), label=_("经办人"), required=False)

    def prepare(self) -> None:
        """The sections and the people of this agency."""
        self.fields["section"].queryset = Section.objects.filter(agency_id=self.application.agency_id, active=True)
        self.fields["handler"].queryset = people_of(self.application, self.today)

    def suggested(self) -> dict[str, Any]:
        """Who has it now."""
        return {"section": self.application.section_id, "handler": self.application.handler_id}

    def clean(self) -> dict[str, Any]:
        """One of the two at least."""
        given = super().clean() or self.cleaned_data
        if not given.get("section") and not given.get("handler"):
            self.add_error(None, _("科室和经办人至少选一个"))
        return given

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Assign."""
        given = self.cleaned_data
        return actions.assign(
            by=by, application=self.application, section=given["section"], handler=given["handler"], at=at,
            seen=given["seen"],
        )


@act_form
class HandOverForm(ActForm):
    """To another person."""

    act = Act.HAND_OVER
    title, button = ACT_NAMES[Act.HAND_OVER], _("移交")
    lead = _("经办人不在时，由另一人接手，期限不变。")
    done = _("已移交")
    to = NamedChoice(User.objects.none(), label=_("移交给"))
    reason = forms.CharField(label=_("理由"), max_length=300)

    def prepare(self) -> None:
        """Anybody of this agency but who has it."""
        self.fields["to"].queryset = people_of(self.application, self.today).exclude(pk=self.application.handler_id)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Hand over."""
        given = self.cleaned_data
        return actions.hand_over(
            by=by, application=self.application, to=given["to"], reason=given["reason"], at=at, seen=given["seen"],
        )


@act_form
class ConsultForm(ActForm):
    """A letter to somebody else; the clock stands still until the answer or the end of its time."""

    act = Act.CONSULT
    title, button = ACT_NAMES[Act.CONSULT], _("发出征求意见书")
    lead = _(
        "第三方和共同制作机关在收到之日起十五个工作日内提出意见。第三方不答复不等于同意，共同制作机关不答复视为同意（第三十二、"
        "三十四条）。征求意见的时间不计入答复期限。"
    )
    done = _("已发出征求意见书")
    watched = ("kind", "sent_on", "delivered_on")
    kind = forms.ChoiceField(label=_("对象"), choices=[(k.value, n) for k, n in PARTY_NAMES.items()])
    party = forms.CharField(label=_("机关或单位名称"), max_length=200, required=False, help_text=_(
        "第三方是个人的，这里不写姓名，填在下面的第三方身份里",
    ))
    about = long_text(_("征求意见的内容"), rows=4)
    sent_on = DayField(label=_("发出日期"))
    delivered_on = DayField(label=_("送达日期"), required=False, help_text=_("知道时填；不知道以后再登记"))
    party_name = forms.CharField(label=_("第三方姓名"), max_length=60, required=False)
    party_phone = forms.CharField(label=_("第三方电话"), max_length=40, required=False)
    party_address = forms.CharField(label=_("第三方地址"), max_length=200, required=False)

    def suggested(self) -> dict[str, Any]:
        """Today."""
        return {"sent_on": self.today, "kind": PauseKind.THIRD_PARTY}

    def clean(self) -> dict[str, Any]:
        """An organisation by name, or a person by what is sealed."""
        given = super().clean() or self.cleaned_data
        given["identity"] = {
            field: given[name] for name, field in
            (("party_name", "name"), ("party_phone", "phone"), ("party_address", "address")) if given.get(name)
        }
        if not given.get("party") and not given.get("party_name"):
            self.add_error("party", _("没有写征求谁的意见"))
        return given

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Ask."""
        given = self.cleaned_data
        return actions.consult(
            by=by, application=self.application, kind=given["kind"], party=given["party"], about=given["about"],
            sent_on=given["sent_on"], party_identity=given["identity"] or None, delivered_on=given["delivered_on"],
            at=at, seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """By when the opinion is due, and how far the reply moves if it comes on the last day."""
        sent, kind = self.value("sent_on"), self.value("kind")
        if not sent or not kind:
            return None
        calendar = calendar_of(self.application.agency)
        due = consultation_due(self.value("delivered_on") or sent, PauseKind(kind), calendar)
        pause = Pause(sent, None, PauseKind(kind), due.due_on)
        after = self.what_if(pauses=(*self.facts.pauses, pause)).due_on
        note = _now("意见期限 %(due)s；意见到得早，答复期限随之提前") % {"due": due.due_on}
        return Effect(REPLY_DATE, self.application.due_on, after, note)


@act_form
class OpinionForm(ActForm):
    """What came back, or that nothing did."""

    act = Act.OPINION
    title, button = ACT_NAMES[Act.OPINION], _("登记意见")
    lead = _(
        "第三方不同意且有合理理由的，不予公开；因公共利益仍要公开的，书面告知第三方决定公开的内容和理由（第三十二条）"
        "。"
    )
    done = _("已登记意见")
    watched = ("consultation", "on")
    consultation = NamedChoice(Consultation.objects.none(), label=_("征求意见"), told="party")
    opinion = forms.ChoiceField(label=_("意见"), choices=Opinion.choices)
    on = DayField(label=_("收到或期满日期"))
    reason = long_text(_("理由"), rows=3, required=False, most=2000)
    overridden = forms.BooleanField(label=_("因公共利益决定公开"), required=False)

    def prepare(self) -> None:
        """Those still out."""
        self.fields["consultation"].queryset = self.application.consultations.filter(ended_on__isnull=True)

    def suggested(self) -> dict[str, Any]:
        """The only one that is out, where there is one only."""
        out = list(self.application.consultations.filter(ended_on__isnull=True).values_list("pk", flat=True)[:2])
        return {"on": self.today, "consultation": out[0] if len(out) == 1 else None}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Take it."""
        given = self.cleaned_data
        return actions.take_opinion(
            by=by, consultation=given["consultation"], opinion=given["opinion"], on=given["on"],
            reason=given["reason"], overridden=given["overridden"], at=at, seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The clock goes on."""
        chosen, on = self.value("consultation"), self.value("on")
        if chosen is None or not on:
            return None
        pauses = tuple(
            Pause(c.sent_on, on if c.pk == chosen.pk else c.ended_on, PauseKind(c.kind), c.due_on)
            for c in self.application.consultations.all()
        )
        return Effect(REPLY_DATE, self.application.due_on, self.what_if(pauses=pauses).due_on)


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
