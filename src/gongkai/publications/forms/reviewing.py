"""What people state from the draft to the signature: it goes on, it passes, it comes back, it is signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.core.law.answers import GROUNDS
from gongkai.core.law.articles import cite
from gongkai.infra.fields import DayField, long_text, told
from gongkai.publications.actions import drafting, reviewing, signing
from gongkai.publications.forms.base import ActForm, act_form
from gongkai.publications.kinds import ATTRIBUTE_NAMES, Attribute
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.rules.drafting import ON_REQUEST
from gongkai.publications.states import ACT_NAMES, Act, State


def grounds() -> list[tuple[str, Any]]:
    """The grounds on which something is not published, for a choice."""
    law = ((g.key, f"{g.name}（{cite(g.article)}）") for g in GROUNDS.values())
    return [("", _("请选择")), (ON_REQUEST, _("依申请公开（第十三条）")), *law]


@act_form
class SubmitForm(ActForm):
    """From the section to the office."""

    act = Act.SUBMIT
    title, button = ACT_NAMES[Act.SUBMIT], _("报送")
    lead = _("报送到本机关公开工作机构，由公开工作机构接收、整理、送审。接收以前不能再改。")
    done = _("已报送")

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Submit."""
        return drafting.submit(by=by, edition=self.edition, at=at, seen=self.cleaned_data["seen"])


@act_form
class AcceptForm(ActForm):
    """The office takes it."""

    act = Act.ACCEPT
    title, button = ACT_NAMES[Act.ACCEPT], _("接收")
    lead = _("接收后由公开工作机构整理、送审；不合要求的退回科室。")
    done = _("已接收")

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Accept."""
        return drafting.accept(by=by, edition=self.edition, at=at, seen=self.cleaned_data["seen"])


@act_form
class SendForm(ActForm):
    """To the gates."""

    act = Act.SEND
    title, button = ACT_NAMES[Act.SEND], _("送审")
    lead = _("送各审查关口，由起草和修改以外的人审查（第十七条）。送审后正文和附件不能改，退回后才能再改。")
    done = _("已送审")
    words = True

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Send."""
        return reviewing.send(by=by, edition=self.edition, at=at, seen=self.cleaned_data["seen"])


class _Gates(ActForm):
    """One or several gates at once."""

    keys = forms.MultipleChoiceField(label=_("通过哪些关口"), widget=forms.CheckboxSelectMultiple)
    remark = long_text(_("说明"), rows=3, required=False, most=2000)
    words = True
    ahead = True

    def prepare(self) -> None:
        """The gates that are still open. Only one is ticked at first where each needs a person of its own."""
        gates = [g for g in self.edition.gates.all() if g.passed_by_id is None and g.ahead is self.ahead]
        self.gates = gates
        self.fields["keys"].choices = [(g.key, f"{g.name}：{g.question}" if g.question else g.name) for g in gates]  # type: ignore[attr-defined]
        self.apart = self.edition.apart

    def suggested(self) -> dict[str, Any]:
        """Nothing ticked: each gate is a look of its own."""
        return {"keys": []}


@act_form
class PassForm(_Gates):
    """The gates say yes to these words."""

    act = Act.PASS
    title, button = ACT_NAMES[Act.PASS], _("通过所选关口")
    lead = _("逐关核对正文和每个附件后勾选。意见针对这一稿，改动后重新审查（第十七条）。要改的，用“退回修改”。")
    done = _("已提交审查意见")

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Pass."""
        given = self.cleaned_data
        return reviewing.pass_gates(
            by=by, edition=self.edition, keys=given["keys"], remark=given["remark"], at=at, seen=given["seen"],
        )


@act_form
class PassAfterForm(_Gates):
    """What the emergency lane left for later."""

    act = Act.PASS_AFTER
    ahead = False
    title, button = ACT_NAMES[Act.PASS_AFTER], _("补审通过")
    lead = _("应急发布的信息，余下的关口须在期限内补审并记录。补审发现问题的，撤下或者修订。")
    done = _("已补审")

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Pass."""
        given = self.cleaned_data
        return reviewing.pass_after(
            by=by, edition=self.edition, keys=given["keys"], remark=given["remark"], at=at, seen=given["seen"],
        )


@act_form
class ReturnForm(ActForm):
    """Back to whoever drafts."""

    act = Act.RETURN
    title, button = ACT_NAMES[Act.RETURN], _("退回修改")
    lead = _("退回后由起草人修改，重新送审；已经通过的关口要重新审查。")
    done = _("已退回")
    key = forms.ChoiceField(label=_("没有通过的关口"), required=False)
    remark = long_text(_("要改什么"), rows=4, most=2000)

    def prepare(self) -> None:
        """The gates that may say no: while it is in review, for who reviews."""
        gates = [g for g in self.edition.gates.all() if g.passed_by_id is None and g.ahead]
        if self.edition.state != State.REVIEW or not gates or not may(self.actor, P.REVIEW, self.edition):
            del self.fields["key"]
            return
        self.fields["key"].choices = [("", _("不指明")), *((g.key, g.name) for g in gates)]  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Return."""
        given = self.cleaned_data
        return reviewing.return_edition(
            by=by, edition=self.edition, remark=given["remark"], at=at, seen=given["seen"],
            key=given.get("key") or "",
        )


@act_form
class DiscardForm(ActForm):
    """It will not be published."""

    act = Act.DISCARD
    title, button = ACT_NAMES[Act.DISCARD], _("作废")
    lead = _("作废的稿子留在记录里，不能再送审；已经公开的版次不受影响。")
    done = _("已作废")
    grave = True
    reason = long_text(_("理由"), rows=3, most=300)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Discard."""
        given = self.cleaned_data
        return drafting.discard(by=by, edition=self.edition, reason=given["reason"], at=at, seen=given["seen"])


@act_form
class SignForm(ActForm):
    """The leader decides the attribute and signs."""

    act = Act.SIGN
    title, button = ACT_NAMES[Act.SIGN], _("签发")
    lead = _(
        "公开属性由签发人最后确定。签发为主动公开的，由专人发布；签发为依申请公开、不予公开的，登记依据和理由，"
        "定期再评估（第十八条）。"
    )
    done = _("已签发")
    words = True
    decided_attribute = forms.ChoiceField(
        label=_("公开属性"), choices=told(ATTRIBUTE_NAMES), widget=forms.RadioSelect,
    )
    on = DayField(label=_("签发日期"))
    ground = forms.ChoiceField(
        label=_("不公开的依据"), required=False, help_text=_("不予公开的必须选择"),
    )
    reason = long_text(_("理由"), rows=3, required=False, most=1000, help_text=_("不主动公开的必须写明"))

    def prepare(self) -> None:
        """The grounds of the Regulations."""
        self.fields["ground"].choices = grounds()  # type: ignore[attr-defined]

    def suggested(self) -> dict[str, Any]:
        """What the drafter proposed."""
        return {
            "decided_attribute": self.edition.attribute or Attribute.ACTIVE, "on": self.today,
            "ground": self.edition.attribute_ground, "reason": self.edition.attribute_reason,
        }

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Sign. What stood in the fields of a document that is to be published is of no account."""
        given = self.cleaned_data
        active = given["decided_attribute"] == Attribute.ACTIVE
        return signing.sign(
            by=by, edition=self.edition, decided_attribute=given["decided_attribute"], on=given["on"], at=at,
            seen=given["seen"], ground="" if active else given["ground"], reason="" if active else given["reason"],
        )
