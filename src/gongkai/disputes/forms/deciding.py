"""How a proceeding ended, and the one that follows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.disputes import actions
from gongkai.disputes.forms.base import ActForm, act_form
from gongkai.disputes.states import (
    ACT_NAMES,
    ENDING_NAMES,
    ENDINGS_OF,
    FOLLOWS,
    RESULT_NAMES,
    STAGE_NAMES,
    STAGES_OF,
    Act,
    Stage,
    Track,
)
from gongkai.infra.fields import DayField, long_text, told

AS_SAID, BY_LAW, NONE = "said", "law", "none"


def outcomes() -> list[tuple[str, Any]]:
    """What a decision can be, under the three results that table 四 counts: "corrected:revoked" and its name."""
    return [("", _("请选择")), *(
        (_(RESULT_NAMES[result]), [
            (f"{result}:{ending}", _(ENDING_NAMES[ending]) if ending else _(RESULT_NAMES[result]))
            for ending in endings
        ]) for result, endings in ENDINGS_OF.items()
    )]


@act_form
class DecideForm(ActForm):
    """The decision or judgment that reached the organ."""

    act, title, button = Act.DECIDE, ACT_NAMES[Act.DECIDE], _("登记结果")
    done = _("已登记结果")
    lead = _(
        "按复议决定书、裁判文书登记，年报表四按这里的结果统计。驳回诉讼请求属于结果维持；驳回复议申请、驳回起诉属于其他结果。"
        "结果纠正的，程序另立重新答复的期限，从收到决定、裁判之日起计算。"
    )
    outcome = forms.ChoiceField(label=_("结果"))
    on = DayField(label=_("决定、裁判日期"))
    served_on = DayField(label=_("收到决定、裁判日期"), required=False)
    decision_number = forms.CharField(label=_("决定、裁判文号"), max_length=100, required=False)
    reasons = long_text(
        label=_("理由要点"), rows=4, required=False, most=5000, help_text=_("被纠正的，写明为什么，供以后答复参考。"),
    )
    redo = forms.ChoiceField(label=_("是否需要重新答复"), required=False, choices=[
        (BY_LAW, _("需要，决定没有写期限，按答复的法定期限")), (AS_SAID, _("需要，期限见下")),
        (NONE, _("不需要（写明理由）")),
    ])
    redo_days = forms.IntegerField(label=_("重新答复的期限（天数）"), required=False, min_value=1, max_value=365)
    redo_working = forms.ChoiceField(
        label=_("期限按"), required=False, choices=[("yes", _("工作日")), ("no", _("自然日"))],
    )
    redo_from = DayField(
        label=_("期限从哪天起算"), required=False,
        help_text=_("留空从收到决定、裁判之日起算；一审判决从生效之日起算的填这里"),
    )
    redo_reason = forms.CharField(label=_("不需要重新答复的理由"), max_length=300, required=False)

    apart = ("redo", "redo_days", "redo_working", "redo_from", "redo_reason")
    apart_title = _("重新答复（结果纠正的填）")

    def suggested(self) -> dict[str, Any]:
        return {"on": self.today, "served_on": self.today}

    def prepare(self) -> None:
        self.fields["outcome"].choices = outcomes()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days only where they are said, and then they must be."""
        given = super().clean() or {}
        if given.get("redo") == AS_SAID and given.get("redo_days") is None and "redo_days" not in self.errors:
            self.add_error("redo_days", _("请填写决定书写明的天数"))
        return given

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Decide."""
        given = self.cleaned_data
        result, _colon, ending = given["outcome"].partition(":")
        return actions.decide(
            by=by, at=at, result=result, ending=ending, **self.about,
            **self.said("on", "served_on", "decision_number", "reasons"),
            redo_days=given["redo_days"] if given["redo"] == AS_SAID else None,
            redo_working=given["redo_working"] != "no", redo=given["redo"] != NONE, redo_reason=given["redo_reason"],
            redo_from=given["redo_from"],
        )


@act_form
class AppealForm(ActForm):
    """The next instance: an appeal, a retrial."""

    act, title, button = Act.APPEAL, ACT_NAMES[Act.APPEAL], _("登记")
    done = _("已登记")
    lead = _(
        "任何一方上诉、申请再审，收到通知后在这里登记，案件接着办。对复议决定不服起诉的，是另一件案件，"
        "从“登记案件”登记为复议后起诉。"
    )
    stage = forms.ChoiceField(label=_("审级"))
    body = forms.CharField(label=_("法院"), max_length=120, required=False)
    case_number = forms.CharField(label=_("案号"), max_length=100, required=False)
    accepted_on = DayField(label=_("立案日期"), required=False)
    received_on = DayField(label=_("收到通知日期"))
    ours = forms.BooleanField(
        label=_("本机关提起"), required=False, help_text=_("本机关上诉、申请再审的，不计算答辩期限"),
    )

    def suggested(self) -> dict[str, Any]:
        return {"received_on": self.today}

    def prepare(self) -> None:
        now = self.proceeding
        offered = FOLLOWS[Stage(now.stage)] if now is not None else STAGES_OF[Track(self.dispute.track)]
        self.fields["stage"].choices = told({one: STAGE_NAMES[one] for one in offered})  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Appeal."""
        return actions.appeal(
            by=by, at=at, **self.about,
            **self.said("stage", "body", "case_number", "accepted_on", "received_on", "ours"),
        )
