"""What people state while an application is worked on: whose it is, and whom to ask."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.agencies.models import Section
from gongkai.applications import actions
from gongkai.applications.forms.base import REPLY_DATE, ActForm, Effect, act_form
from gongkai.applications.forms.fields import DayField, NamedChoice, long_text
from gongkai.applications.models import Application, Consultation, Opinion
from gongkai.applications.states import ACT_NAMES, Act
from gongkai.calendars.queries import calendar_of, conventions
from gongkai.core.deadlines import Pause, PauseKind, consultation_due

PARTY_NAMES = {
    PauseKind.THIRD_PARTY: _("第三方（第三十二条）"), PauseKind.CO_MAKER: _("共同制作机关（第三十四条）"),
    PauseKind.OTHER_ORGAN: _("其他机关（第三十三条）"),
}


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
        due = consultation_due(self.value("delivered_on") or sent, PauseKind(kind), calendar, conventions())
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
