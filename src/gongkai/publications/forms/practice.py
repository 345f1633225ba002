"""The office's own rules: gates, index numbers, limits. A row a gate; rows that are left empty are no gates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.infra.fields import NamedChoice
from gongkai.publications.gates import GATES_MOST, SCHEMES, SECRECY
from gongkai.publications.models import Practice
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.practices import gates_of

BLANKS = 2
HANDOVERS = (("monthly", _("每月")), ("half_monthly", _("每半月")), ("quarterly", _("每季度")))


class AgencyForm(forms.Form):
    """Whose rules, words or links these are."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)

    def __init__(self, data: Any, *, actor: Any, permission: P) -> None:
        super().__init__(data)
        mine = Agency.objects.filter(within(actor, permission, "path")).order_by("path")
        self.fields["agency"].queryset = mine  # type: ignore[attr-defined]
        self.fields["agency"].widget.attrs["data-apply"] = ""
        self.agencies = mine

    def chosen(self, home: int | None = None) -> Agency | None:
        """The agency in the form, else one's own, else the first."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["agency"]  # type: ignore[no-any-return]
        return self.agencies.filter(pk=home).first() or self.agencies.first()


class PracticeForm(forms.Form):
    """How an office does it, none of it looser than the law."""

    scheme = forms.ChoiceField(
        label=_("审查办法"), choices=[(s.key, s.name) for s in SCHEMES.values()],
        help_text=_("换一种办法后按它的关口；正在审查的稿子不受影响"),
    )
    apart = forms.BooleanField(label=_("每个关口由不同的人审查"), required=False)
    index_template = forms.CharField(
        label=_("索引号规则"), max_length=200, required=False,
        help_text=_(
            "可用：{credit_code} {area} {department} {class} {year} {month:02d} {date} {serial:05d}；空着用默认规则",
        ),
    )
    days_after_signing = forms.IntegerField(
        label=_("签发后几个工作日内公开"), min_value=1, max_value=20, required=False,
        help_text=_("空着只按条例的二十个工作日和事项自己的时限"),
    )
    interpretation_days = forms.IntegerField(label=_("解读期限（工作日）"), min_value=1, max_value=20)
    reassess_months = forms.IntegerField(
        label=_("再评估间隔（月）"), min_value=1, max_value=24, help_text=_("不公开的信息多久评估一次（第十八条）"),
    )
    review_after_days = forms.IntegerField(label=_("应急发布后补审期限（工作日）"), min_value=1, max_value=5)
    handover = forms.ChoiceField(label=_("向档案馆、图书馆移交"), choices=HANDOVERS, help_text=_("第二十五条"))

    PLAIN = (
        "scheme", "apart", "index_template", "days_after_signing", "interpretation_days", "reassess_months",
        "review_after_days", "handover",
    )

    def __init__(self, data: Any = None, *, practice: Practice) -> None:
        self.practice = practice
        super().__init__(data, initial={name: getattr(practice, name) for name in self.PLAIN})
        kept, self.initial["apart"] = gates_of(practice)
        self.lines = min(GATES_MOST, len(kept) + BLANKS)
        if self.is_bound:
            self.lines = min(GATES_MOST, max(self.lines, sum(name.startswith("g_") and name.endswith("_name")
                                                             for name in self.data)))
        for n in range(self.lines):
            gate = kept[n] if n < len(kept) else None
            self.fields[f"g_{n}_key"] = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
            self.fields[f"g_{n}_name"] = forms.CharField(label=_("关口"), max_length=60, required=False)
            self.fields[f"g_{n}_question"] = forms.CharField(label=_("审查什么"), max_length=300, required=False)
            self.fields[f"g_{n}_after"] = forms.BooleanField(label=_("应急时可以后补"), required=False)
            self.initial |= {
                f"g_{n}_key": gate.key if gate else "", f"g_{n}_name": gate.name if gate else "",
                f"g_{n}_question": gate.question if gate else "",
                f"g_{n}_after": gate.after_emergency if gate else True,
            }
        self.secrecy = next((n for n in range(self.lines) if self[f"g_{n}_key"].value() == SECRECY), None)

    @property
    def gates(self) -> list[tuple[int, Any, Any, Any, Any, bool]]:
        """The rows: number, hidden key, name, question, after, whether it is 保密关."""
        return [
            (n + 1, self[f"g_{n}_key"], self[f"g_{n}_name"], self[f"g_{n}_question"], self[f"g_{n}_after"],
             n == self.secrecy)
            for n in range(self.lines)
        ]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The numbers and periods."""
        return [self[name] for name in self.PLAIN[3:]]

    @property
    def stated(self) -> dict[str, Any]:
        """The values for the action. Another scheme brings its own gates; else the rows, unless they are the
        scheme's."""
        given = self.cleaned_data
        values = {name: given[name] for name in self.PLAIN}
        rows = []
        for n in range(self.lines):
            if name := given.get(f"g_{n}_name", "").strip():
                key = given.get(f"g_{n}_key") or f"own-{n + 1}"
                rows.append({
                    "key": key, "name": name, "question": given.get(f"g_{n}_question", "").strip(),
                    "after_emergency": bool(given.get(f"g_{n}_after")) and key != SECRECY,
                })
        shipped = [
            {"key": g.key, "name": g.name, "question": g.question, "after_emergency": g.after_emergency}
            for g in SCHEMES[values["scheme"]].gates
        ]
        another = values["scheme"] != self.practice.scheme
        values["gates"] = [] if another or rows == shipped else rows
        return values
