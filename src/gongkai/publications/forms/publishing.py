"""What people state from the publication on: it goes out, where, its interpretation, its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.infra.fields import DayField, NamedChoice, told
from gongkai.publications.actions import drafting, files, linking, publishing, validity
from gongkai.publications.forms.base import ActForm, act_form
from gongkai.publications.kinds import (
    CHANNEL_NAMES,
    INTERPRETATION_FORMS,
    VALIDITY_NAMES,
    WITHDRAWAL_NAMES,
    Validity,
)
from gongkai.publications.models import Edition, Publication
from gongkai.publications.states import ACT_NAMES, Act

# Beside the acts of the table: on the publication, in any state that has been public.
VALIDITY, CHANNELS, WARNINGS = "validity", "channels", "warnings"
ENDED = (Validity.REPEALED, Validity.LAPSED, Validity.AMENDED)


@act_form
class PublishForm(ActForm):
    """It goes out."""

    act = Act.PUBLISH
    title, button = ACT_NAMES[Act.PUBLISH], _("发布")
    lead = _("发布后立即出现在公开平台、检索和订阅里；首次发布时编索引号，网址不再改变。")
    done = _("已发布")
    words = True
    channels = forms.MultipleChoiceField(
        label=_("公开渠道"), choices=told(CHANNEL_NAMES), widget=forms.CheckboxSelectMultiple,
    )

    def suggested(self) -> dict[str, Any]:
        """Those of the catalogue item; always the website."""
        item = self.publication.item
        known = [c for c in (item.channels if item else ()) if c in CHANNEL_NAMES]
        return {"channels": list(dict.fromkeys(["website", *(self.publication.channels or known)]))}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Publish."""
        given = self.cleaned_data
        return publishing.publish(
            by=by, edition=self.edition, at=at, seen=given["seen"], channels=tuple(given["channels"]),
        )


@act_form
class WithdrawForm(ActForm):
    """It goes at once."""

    act = Act.WITHDRAW
    title, button = ACT_NAMES[Act.WITHDRAW], _("立即撤下")
    lead = _("撤下后公开页面、检索、订阅和缓存里立即没有内容；网址保留，说明已撤下。涉密和涉及隐私的，连名称也不显示。")
    done = _("已撤下")
    grave = True
    kind = forms.ChoiceField(label=_("撤下原因"), choices=told(WITHDRAWAL_NAMES), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("对外说明"), max_length=300, required=False,
        help_text=_("公众在原网址看到这句话，不要写出不该公开的内容"),
    )

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Withdraw."""
        given = self.cleaned_data
        return publishing.withdraw(
            by=by, publication=self.publication, kind=given["kind"], note=given["note"], at=at,
            seen=given["seen"],
        )


@act_form
class ReviseForm(ActForm):
    """A new edition beside the one that stands."""

    act = Act.REVISE
    title, button = ACT_NAMES[Act.REVISE], _("开始修订")
    lead = _("照现在的版次起草新版，重新审查、签发后发布；在此以前公众看到的不变，网址和索引号不变。")
    done = _("已开始修订")
    change_note = forms.CharField(
        label=_("修订说明"), max_length=300, help_text=_("公众在历史版本里看到，例如：更正附件2的联系电话"),
    )
    changed_on = DayField(
        label=_("信息变更日期"), required=False,
        help_text=_("信息本身发生变更的填写，公开期限自变更之日起重新计算（第二十六条）"),
    )

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Revise."""
        given = self.cleaned_data
        self.made: Edition = drafting.revise(
            by=by, publication=self.publication, change_note=given["change_note"], at=at,
            changed_on=given["changed_on"],
        )
        return self.made

    def to(self) -> Edition | None:
        """The new edition."""
        return self.made


@act_form
class PlanForm(ActForm):
    """Interpreted how and by when, or why not."""

    act = Act.PLAN
    title, button = ACT_NAMES[Act.PLAN], _("保存")
    lead = _("谁起草、谁解读；解读方案与文件同步组织、解读稿与文件同步审签、同步公开。")
    done = _("已确定")
    choice = forms.ChoiceField(
        label=_("解读"), choices=[("planned", _("解读")), ("exempt", _("不解读"))], widget=forms.RadioSelect,
    )
    form = forms.ChoiceField(label=_("解读形式"), choices=told(INTERPRETATION_FORMS), required=False)
    due_on = DayField(
        label=_("解读期限"), required=False, help_text=_("与文件同一天发布的可以不填"),
    )
    reason = forms.CharField(label=_("不解读的理由"), max_length=300, required=False)

    def suggested(self) -> dict[str, Any]:
        """As it was decided before."""
        row = self.publication
        return {
            "choice": row.interpretation or "planned", "form": row.interpretation_form or "text",
            "due_on": row.interpretation_due_on, "reason": row.interpretation_reason,
        }

    def clean(self) -> dict[str, Any]:
        """Who does not interpret says why."""
        given = super().clean() or self.cleaned_data
        if given.get("choice") == "exempt" and not given.get("reason"):
            self.add_error("reason", _("写明不解读的理由"))
        return given

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Plan or exempt."""
        given = self.cleaned_data
        if given["choice"] == "exempt":
            return linking.exempt_interpretation(
                by=by, publication=self.publication, reason=given["reason"], at=at,
            )
        return linking.plan_interpretation(
            by=by, publication=self.publication, form=given["form"], due_on=given["due_on"], at=at,
        )


@act_form
class ValidityForm(ActForm):
    """It no longer holds."""

    act = VALIDITY
    title, button = _("标注有效性"), _("保存")
    lead = _("废止、失效、修改的文件仍然公开，页面注明有效性和日期，与替代它的文件互相链接。")
    done = _("已标注")
    validity = forms.ChoiceField(
        label=_("有效性"), choices=told({v.value: VALIDITY_NAMES[v] for v in ENDED}), widget=forms.RadioSelect,
    )
    ended_on = DayField(label=_("自哪天起"))
    by_publication = NamedChoice(
        Publication.objects.none(), label=_("依据的文件"), required=False, told="title",
        help_text=_("废止或者修改它的文件；先在“关联”里建立联系，这里才能选"),
    )

    def prepare(self) -> None:
        """What it is linked with."""
        self.fields["by_publication"].queryset = Publication.objects.filter(  # type: ignore[attr-defined]
            links__target=self.publication, published_on__isnull=False,
        ).distinct()

    def suggested(self) -> dict[str, Any]:
        """Repealed today."""
        return {"validity": Validity.REPEALED, "ended_on": self.today}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Mark."""
        given = self.cleaned_data
        return validity.mark_validity(
            by=by, publication=self.publication, validity=given["validity"], ended_on=given["ended_on"],
            by_publication=given["by_publication"], at=at,
        )


@act_form
class ChannelsForm(ActForm):
    """Where it is published too."""

    act = CHANNELS
    title, button = _("公开渠道"), _("保存")
    lead = _("除公开平台外还在哪里公开。")
    done = _("已保存公开渠道")
    channels = forms.MultipleChoiceField(
        label=_("公开渠道"), choices=told(CHANNEL_NAMES), widget=forms.CheckboxSelectMultiple,
    )

    def suggested(self) -> dict[str, Any]:
        """Those of now."""
        return {"channels": self.publication.channels or ["website"]}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Set."""
        return publishing.set_channels(
            by=by, publication=self.publication, channels=tuple(self.cleaned_data["channels"]), at=at,
        )


@act_form
class WarningsForm(ActForm):
    """Somebody looked at what the screening was not sure of."""

    act = WARNINGS
    title, button = _("确认筛查提示"), _("已逐条核对，可以公开")
    lead = _("筛查有提示的，逐条核对；确实可以公开的在这里确认，记录是谁确认的。")
    done = _("已确认")
    words = False
    looked = forms.BooleanField(label=_("我已逐条核对，这些内容可以公开"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Accept."""
        return files.accept_warnings(by=by, edition=self.edition, at=at, seen=self.cleaned_data["seen"])
