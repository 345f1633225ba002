"""The form of each act on a message: what a person states, and the one action that it calls."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Section
from gongkai.infra.fields import NamedChoice, long_text
from gongkai.participation.actions import handling
from gongkai.participation.models import Message
from gongkai.participation.rules import NAME_MOST, REPLY_MOST
from gongkai.participation.states import OUTCOMES, Act, Kind

Words = str | Promise


class ActForm(forms.Form):
    """Base of every act's form. `lead` is what to know before; `reads`: who does it reads the reply first.

    A form has `perform(by, at)`, which calls its action with what was typed and may raise Refused.
    """

    act: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = _("已办")
    grave: ClassVar[bool] = False
    reads: ClassVar[bool] = False
    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, message: Message, actor: Actor, today: date) -> None:
        self.message, self.actor, self.today = message, actor, today
        super().__init__(data, initial={"seen": message.revision} | self.suggested())
        self.prepare()

    def suggested(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {}

    def prepare(self) -> None:
        """Fill in choices that depend on the message."""

    @property
    def about(self) -> dict[str, Any]:
        """What every action is told."""
        return {"message": self.message, "seen": self.cleaned_data.get("seen")}


BY_ACT: dict[str, type[ActForm]] = {}
Made = TypeVar("Made", bound=type[ActForm])


def act_form(made: Made) -> Made:
    """Class decorator: put a form in the book of acts under its `act`."""
    if not made.act or not callable(getattr(made, "perform", None)):
        raise TypeError(f"{made.__name__} needs an act and a perform")
    BY_ACT[made.act] = made
    return made


@act_form
class AssignForm(ActForm):
    """分办."""

    act, title, button = Act.ASSIGN, _("分办"), _("分办")
    done = _("已分办")
    lead = _("分给熟悉这件事的科室拟答复；不选科室的，由公开工作机构自己办。")
    section = NamedChoice(Section.objects.none(), label=_("科室"), required=False, empty_label=_("公开工作机构自己办"))

    def suggested(self) -> dict[str, Any]:
        return {"section": self.message.section_id}

    def prepare(self) -> None:
        rows = Section.objects.filter(agency_id=self.message.agency_id, active=True)
        self.fields["section"].queryset = rows  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Message:
        """Assign."""
        return handling.assign(by=by, at=at, section=self.cleaned_data["section"], **self.about)


@act_form
class DraftForm(ActForm):
    """拟答复."""

    act, title, button = Act.DRAFT, _("拟答复"), _("送审核")
    done = _("已送审核")
    lead = _("答复由另一人审核后，来信人凭编号和查询码看到。不采纳、不予更正的，写明理由。")
    outcome = forms.ChoiceField(label=_("办理结果"), widget=forms.RadioSelect)
    reply = long_text(label=_("答复"), rows=10, most=REPLY_MOST)
    organ = forms.CharField(
        label=_("有权机关（转送、告知时填写）"), max_length=200, required=False, help_text=_("名称和联系方式"),
    )

    def suggested(self) -> dict[str, Any]:
        return {name: getattr(self.message, name) for name in ("outcome", "reply", "organ")}

    def prepare(self) -> None:
        words = OUTCOMES[Kind(self.message.kind)]
        self.fields["outcome"].choices = [(key, _now(name)) for key, name in words.items()]  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Message:
        """Draft."""
        said = {name: self.cleaned_data[name] for name in ("outcome", "reply", "organ")}
        return handling.draft(by=by, at=at, **said, **self.about)


@act_form
class ReplyForm(ActForm):
    """审核并答复."""

    act, title, button = Act.REPLY, _("审核并答复"), _("审核通过，答复")
    done = _("已答复")
    lead = _("答复后来信人马上看到，不能再改。")
    reads = True

    def perform(self, *, by: Actor, at: datetime) -> Message:
        """Release."""
        return handling.release(by=by, at=at, **self.about)


@act_form
class ReturnForm(ActForm):
    """退回修改."""

    act, title, button = Act.RETURN, _("退回修改"), _("退回")
    done = _("已退回")
    lead = _("写明要改什么；拟稿人改好后再送审核。")
    reads = True
    remark = long_text(label=_("退回意见"), rows=4, most=NAME_MOST)

    def perform(self, *, by: Actor, at: datetime) -> Message:
        """Return."""
        return handling.return_draft(by=by, at=at, remark=self.cleaned_data["remark"], **self.about)


@act_form
class ShowForm(ActForm):
    """公开问答."""

    act, title, button = Act.SHOW, _("公开问答"), _("公开")
    done = _("已公开")
    lead = _("另写一份给大家看：问题概括改写，不带来信人的姓名、电话、住址和任何个人信息。来信原文不公开。")
    reads = True
    public_question = long_text(label=_("公开的问题"), rows=4, most=REPLY_MOST)
    public_reply = long_text(label=_("公开的解答"), rows=8, most=REPLY_MOST)

    def suggested(self) -> dict[str, Any]:
        return {
            "public_question": self.message.public_question, "public_reply": self.message.public_reply,
        }

    def perform(self, *, by: Actor, at: datetime) -> Message:
        """Show."""
        said = {name: self.cleaned_data[name] for name in ("public_question", "public_reply")}
        return handling.show(by=by, at=at, **said, **self.about)


@act_form
class HideForm(ActForm):
    """撤下问答."""

    act, title, button, grave = Act.HIDE, _("撤下问答"), _("撤下"), True
    done = _("已撤下")
    lead = _("公开网页上马上看不到；给来信人的答复不变。")

    def perform(self, *, by: Actor, at: datetime) -> Message:
        """Hide."""
        return handling.hide(by=by, at=at, message=self.message)


@act_form
class CloseForm(ActForm):
    """不予处理."""

    act, title, button, grave = Act.CLOSE, _("不予处理"), _("办结"), True
    done = _("已办结")
    lead = _("只用于重复来信、与政府信息无关的来信。理由来信人看得到。")
    reason = long_text(label=_("不予处理的理由"), rows=4, most=NAME_MOST)

    def perform(self, *, by: Actor, at: datetime) -> Message:
        """Close."""
        return handling.close(by=by, at=at, reason=self.cleaned_data["reason"], **self.about)
