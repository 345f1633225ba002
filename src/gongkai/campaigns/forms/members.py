"""Who is in, until when, why; and what to say when urging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.annual_reports.forms import ConfirmForm
from gongkai.annual_reports.models import Scope
from gongkai.campaigns import board, rules
from gongkai.infra.fields import DayField


class BoardFilter(forms.Form):
    """The filter of the board. A value that does not parse filters nothing: an old address must still open."""

    q = forms.CharField(label=_("机关名称"), required=False, max_length=60)
    standing = forms.ChoiceField(label=_("状态"), required=False)
    found = forms.ChoiceField(label=_("只看"), required=False)
    sort = forms.ChoiceField(label=_("排列"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        everything = ("", _("全部"))
        choices = {
            "standing": [everything, *((s.value, name) for s, name in board.STANDING_NAMES.items())],
            "found": [everything, *((key, name) for key, (name, _fits) in board.FOUND.items())],
            "sort": [(key, name) for key, (name, _order) in board.SORTS.items()],
        }
        for field, options in choices.items():
            self.fields[field].choices = options  # type: ignore[attr-defined]
            self.fields[field].widget.attrs["data-apply"] = ""
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """The arguments for board.narrowed."""
        given = self.cleaned_data
        return {
            "standing": given.get("standing", ""), "found": given.get("found", ""), "sort": given.get("sort", ""),
            "text": given.get("q", "").strip(),
        }

    @property
    def narrows(self) -> bool:
        """Whether it leaves anybody out."""
        return any(value for name, value in self.chosen.items() if name != "sort")


class RemindForm(forms.Form):
    """Whom to urge, with which words."""

    TO = [
        ("chosen", _("勾选的机关")), ("waiting", _("全部还没有提交的")), ("soon", _("几天内到期和已逾期的")),
    ]
    to = forms.ChoiceField(label=_("催谁"), choices=TO, initial="chosen")
    days = forms.IntegerField(label=_("几天内"), min_value=0, max_value=90, required=False, initial=7)
    text = forms.CharField(
        label=_("催报内容"), max_length=rules.REMINDER_MOST, widget=forms.Textarea(attrs={"rows": 2}),
    )
    members = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, keys: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("理由"), max_length=rules.REASON_MOST, widget=forms.Textarea(attrs={"rows": 2}),
    )


class TimeForm(ReasonForm):
    """Another day, and why. Without a day the common one holds again."""

    on = DayField(label=_("另定期限"), required=False, help_text=_("空着表示恢复统一的期限。"))
    field_order = ("on", "reason")


class AddForm(ReasonForm):
    """One more agency, by its name."""

    agency = forms.CharField(label=_("机关"), max_length=120)
    scope = forms.ChoiceField(label=_("范围"), choices=Scope.choices)
    field_order = ("agency", "scope", "reason")

    clean_agency = ConfirmForm.clean_agency


class AcceptForm(forms.Form):
    """Whose report a file is. The year is the campaign's."""

    agency = forms.CharField(label=_("机关"), max_length=120)
    scope = forms.ChoiceField(label=_("范围"), choices=Scope.choices)
    replace = forms.BooleanField(label=_("替换已有的年报"), required=False)

    clean_agency = ConfirmForm.clean_agency

    @property
    def found(self) -> Agency:
        """The agency that was named."""
        return self.cleaned_data["agency"]  # type: ignore[no-any-return]


class ExplainForm(forms.Form):
    """Why two numbers differ."""

    text = forms.CharField(
        label=_("说明"), max_length=rules.EXPLANATION_MOST, widget=forms.Textarea(attrs={"rows": 3}),
    )
