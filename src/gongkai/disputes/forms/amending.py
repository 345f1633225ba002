"""What was registered, put right: of the case itself, and of one proceeding. Before and after stand in the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.disputes import actions
from gongkai.disputes.forms import links
from gongkai.disputes.forms.base import ActForm, act_form
from gongkai.disputes.forms.deciding import outcomes
from gongkai.disputes.models import Proceeding
from gongkai.disputes.states import ACT_NAMES, AGAINST_NAMES, TRACK_NAMES, Act, Track
from gongkai.infra.fields import DayField, NamedChoice, long_text, told


@act_form
class AmendForm(ActForm):
    """The case itself."""

    act, title, button = Act.AMEND, ACT_NAMES[Act.AMEND], _("保存")
    done = _("已更正")
    lead = _("更正登记错了的内容，改动前后都记入经过。日期、案号和结果在各审理程序旁边更正。")
    track = forms.ChoiceField(label=_("类别"))
    subject = forms.CharField(label=_("案由"), max_length=300)
    against = forms.ChoiceField(label=_("争议事项"), choices=told(AGAINST_NAMES))
    third_party = forms.BooleanField(label=_("由申请人以外的人提起"), required=False)
    handler = NamedChoice(User.objects.none(), label=_("经办人"), required=False, empty_label=_("没有指定"))
    note = long_text(label=_("备注"), rows=3, required=False, most=2000)
    reason = forms.CharField(label=_("更正的理由"), max_length=300, help_text=_("会记入台账，不要写当事人的信息。"))

    apart, apart_title, last = links.PARTY, _("申请人、原告（不改的留空）"), ("reason",)
    PLAIN = ("track", "subject", "against", "third_party", "handler", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= links.linked() | links.parties()

    def suggested(self) -> dict[str, Any]:
        of = self.dispute
        plain = {name: getattr(of, name) for name in self.PLAIN} | {"handler": of.handler_id}
        return plain | {name: links.written(name, getattr(of, name)) for name in links.LINKS}

    def prepare(self) -> None:
        here = User.objects.filter(posts__agency_id=self.dispute.agency_id, is_active=True)
        self.fields["handler"].queryset = here.distinct().order_by("name")  # type: ignore[attr-defined]
        of = Track(self.dispute.track)
        suits = (Track.DIRECT, Track.AFTER)
        self.fields["track"].choices = told(  # type: ignore[attr-defined]
            {one: TRACK_NAMES[one] for one in (suits if of in suits else (of,))})

    def clean(self) -> dict[str, Any]:
        """Numbers become rows; one that is not there is said at its field."""
        return (super().clean() or {}) | links.found(self, self.actor, self.dispute.agency)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Amend what is different."""
        given, of = self.cleaned_data, self.dispute
        facts = {name: given[name] for name in (*self.PLAIN, *links.LINKS) if given[name] != getattr(of, name)}
        party = links.party_of(self)
        return actions.amend_dispute(
            by=by, at=at, reason=given["reason"], **facts, **({"party": party} if party else {}), **self.about,
        )


class ProceedingForm(ActForm):
    """One proceeding; what of its course is registered already can be put right here too."""

    act, title, button = Act.AMEND, _("更正审理程序"), _("保存")
    done = _("已更正")
    lead = _("更正登记错了的内容。期限、案件的状态和重新答复随之重新计算，改动前后都记入经过。")
    body = forms.CharField(label=_("复议机关、法院"), max_length=120, required=False)
    case_number = forms.CharField(label=_("案号"), max_length=100, required=False)
    filed_on = DayField(label=_("申请、起诉日期"), required=False)
    accepted_on = DayField(label=_("受理、立案日期"), required=False)
    received_on = DayField(label=_("收到通知日期"))
    simple = forms.BooleanField(label=_("适用简易程序"), required=False)
    ours = forms.BooleanField(label=_("本机关提起"), required=False)
    answered_on = DayField(label=_("答复、答辩日期"), required=False)
    outcome = forms.ChoiceField(label=_("结果"), required=False)
    decided_on = DayField(label=_("决定、裁判日期"), required=False)
    served_on = DayField(label=_("收到决定、裁判日期"), required=False)
    decision_number = forms.CharField(label=_("决定、裁判文号"), max_length=100, required=False)
    reasons = long_text(label=_("理由要点"), rows=3, required=False, most=5000)
    reason = forms.CharField(label=_("更正的理由"), max_length=300, help_text=_("会记入台账，不要写当事人的信息。"))

    BEGUN = ("body", "case_number", "filed_on", "accepted_on", "received_on", "simple", "ours")
    DECIDED = ("decided_on", "served_on", "decision_number", "reasons")

    def __init__(self, *args: Any, proceeding: Proceeding, **kwargs: Any) -> None:
        self.amended = proceeding
        super().__init__(*args, **kwargs)

    @property
    def shown(self) -> tuple[str, ...]:
        """The facts that there are to put right: what did not happen yet is an act of its own."""
        answered = ("answered_on",) if self.amended.answered_on else ()
        return (*self.BEGUN, *answered, *(self.DECIDED if self.amended.result else ()))

    def suggested(self) -> dict[str, Any]:
        of = self.amended
        return {name: getattr(of, name) for name in self.shown} | {"outcome": f"{of.result}:{of.ending}"}

    def prepare(self) -> None:
        self.fields["outcome"].choices = outcomes()  # type: ignore[attr-defined]
        for name in ("answered_on", "outcome", *self.DECIDED):
            if name not in self.shown and not (name == "outcome" and self.amended.result):
                del self.fields[name]

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Amend."""
        facts = self.said(*self.shown)
        if self.amended.result:
            facts["result"], _colon, facts["ending"] = self.cleaned_data["outcome"].partition(":")
        return actions.amend(
            by=by, proceeding=self.amended, at=at, seen=self.cleaned_data["seen"],
            reason=self.cleaned_data["reason"], **facts,
        )
