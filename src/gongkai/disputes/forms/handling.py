"""What is stated on the way of a case: the answer handed in, papers, the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.disputes import actions
from gongkai.disputes.forms.base import ActForm, act_form
from gongkai.disputes.models import PaperKind, Proceeding
from gongkai.disputes.states import ACT_NAMES, STAGE_NAMES, Act, Stage
from gongkai.infra.fields import DayField


@act_form
class AnswerForm(ActForm):
    """The answer to the reconsideration organ, the defence before the court."""

    act, title, button = Act.ANSWER, ACT_NAMES[Act.ANSWER], _("登记")
    done = _("已登记")
    lead = _(
        "复议案件自收到申请书副本之日起十个工作日内提交答复书和证据（简易程序五个工作日）；"
        "诉讼案件自收到起诉状副本之日起十五日内提交答辩状和证据。填提交的日期。"
    )
    on = DayField(label=_("提交日期"))

    def suggested(self) -> dict[str, Any]:
        return {"on": self.today}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Answer."""
        return actions.answer(by=by, at=at, on=self.cleaned_data["on"], **self.about)


class ProceedingChoice(forms.ModelChoiceField):
    """A proceeding by its stage and whoever hears it."""

    def label_from_instance(self, obj: Any) -> str:
        """The words of an option."""
        return f"{_now(STAGE_NAMES[Stage(obj.stage)])} {obj.body}".strip()


@act_form
class AttachForm(ActForm):
    """A paper of the case."""

    act, title, button, with_files = Act.ATTACH, ACT_NAMES[Act.ATTACH], _("附入"), True
    done = _("已附入")
    lead = _("材料加密保存，附入后不能删除。通知书、申请书、起诉状、决定书、裁判文书附扫描件即可。")
    kind = forms.ChoiceField(label=_("种类"), choices=PaperKind.choices)
    proceeding = ProceedingChoice(
        Proceeding.objects.none(), label=_("属于哪一程序"), required=False, empty_label=_("整件案件"),
    )
    file = forms.FileField(label=_("文件"), allow_empty_file=True)

    def suggested(self) -> dict[str, Any]:
        return {"kind": PaperKind.NOTICE, "proceeding": self.proceeding}

    def prepare(self) -> None:
        self.fields["proceeding"].queryset = self.dispute.proceedings.all()  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Attach."""
        given = self.cleaned_data
        return actions.attach(
            by=by, dispute=self.dispute, name=given["file"].name or "", data=given["file"].read(), kind=given["kind"],
            proceeding=given["proceeding"], at=at,
        )


@act_form
class CloseForm(ActForm):
    """The case is over."""

    act, title, button = Act.CLOSE, ACT_NAMES[Act.CLOSE], _("了结归档")
    done = _("已了结")
    lead = _(
        "起诉、上诉的期限已过，或者裁判已经生效，需要重新答复的已经答复，才了结。以后又起诉、申请再审的，恢复办理。"
    )
    on = DayField(label=_("了结日期"))

    def suggested(self) -> dict[str, Any]:
        return {"on": self.today}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Close."""
        return actions.close(by=by, at=at, on=self.cleaned_data["on"], **self.about)


@act_form
class ReopenForm(ActForm):
    """A closed case goes on."""

    act, title, button = Act.REOPEN, ACT_NAMES[Act.REOPEN], _("恢复办理")
    done = _("已恢复办理")
    lead = _("了结以后又有上诉、再审，或者了结登记有误的，恢复办理。理由记入经过，不写当事人的信息。")
    reason = forms.CharField(label=_("理由"), max_length=300)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Reopen."""
        return actions.reopen(by=by, at=at, reason=self.cleaned_data["reason"], **self.about)


@act_form
class CancelForm(ActForm):
    """A mistaken entry."""

    act, title, button, grave = Act.CANCEL, ACT_NAMES[Act.CANCEL], _("作废"), True
    done = _("已作废")
    lead = _("只用于登记错了的、重复登记的。作废后不计入年报，登记号不再使用；撤回、驳回的案件登记结果，不要作废。")
    reason = forms.CharField(label=_("理由"), max_length=300)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Cancel."""
        return actions.cancel(by=by, at=at, reason=self.cleaned_data["reason"], **self.about)
