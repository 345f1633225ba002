"""A new case: what was received, over what, and whoever brought it where that is not the applicant."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.disputes.forms import links
from gongkai.disputes.states import AGAINST_NAMES, STAGE_NAMES, STAGES_OF, TRACK_NAMES, Against, Track
from gongkai.infra.fields import DayField, NamedChoice, long_text, told


class NewForm(forms.Form):
    """What people state when a notice reaches the office."""

    use_required_attribute = False

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)
    track = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *told(TRACK_NAMES)])
    against = forms.ChoiceField(label=_("争议事项"), choices=told(AGAINST_NAMES))
    subject = forms.CharField(
        label=_("案由"), max_length=300, help_text=_("例如：不服不予公开答复。不写当事人的姓名"),
    )
    received_on = DayField(label=_("收到通知日期"), help_text=_("答复、答辩期限从这一天起算"))
    body = forms.CharField(label=_("复议机关、法院"), required=False, max_length=120)
    case_number = forms.CharField(label=_("案号"), required=False, max_length=100)
    filed_on = DayField(label=_("申请、起诉日期"), required=False)
    accepted_on = DayField(label=_("受理、立案日期"), required=False)
    stage = forms.ChoiceField(
        label=_("审级（诉讼）"), required=False, help_text=_("一审没有在这里登记过的，才选二审、再审"),
        choices=[("", _("一审")), *told({one: STAGE_NAMES[one] for one in STAGES_OF[Track.DIRECT][1:]})],
    )
    simple = forms.BooleanField(label=_("适用简易程序"), required=False)
    number = forms.CharField(
        label=_("登记号"), required=False, max_length=100,
        help_text=_("留空由系统按年编号，如 议2026-0001、诉2026-0001"),
    )
    third_party = forms.BooleanField(label=_("由申请人以外的人提起"), required=False)
    handler = NamedChoice(User.objects.none(), label=_("经办人"), required=False, empty_label=_("没有指定"))
    note = long_text(label=_("备注"), rows=3, required=False, most=2000)

    def __init__(self, data: Any = None, *, actor: Actor, today: date, agencies: Any, initial: dict[str, Any]) -> None:
        self.actor = actor
        super().__init__(data, initial={"received_on": today, "against": Against.REPLY} | initial)
        self.fields |= links.linked() | links.parties()
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        here = {h.agency_id for h in actor.holdings}
        people = User.objects.filter(posts__agency_id__in=here, is_active=True).distinct().order_by("name")
        self.fields["handler"].queryset = people  # type: ignore[attr-defined]

    @property
    def over(self) -> list[forms.BoundField]:
        """What it is about."""
        return [self[name] for name in links.LINKS]

    @property
    def notice(self) -> list[forms.BoundField]:
        """What the notice says."""
        return [self[name] for name in ("received_on", "body", "case_number", "filed_on", "accepted_on", "stage")]

    @property
    def party(self) -> list[forms.BoundField]:
        """Who brought it."""
        return [self[name] for name in links.PARTY]

    def clean(self) -> dict[str, Any]:
        """Numbers become rows; one that is not there is said at its field."""
        given = super().clean() or {}
        return given | links.found(self, self.actor, given["agency"]) if given.get("agency") is not None else given

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        return {name: given[name] for name in (
            "agency", "track", "against", *links.LINKS, "subject", "received_on", "body", "case_number", "filed_on",
            "accepted_on", "stage", "simple", "number", "third_party", "handler", "note",
        )} | {"party": links.party_of(self) or None}
