"""What people type about annual reports, parsed. Whether it may be done, the actions decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import AnnualReport, Scope
from gongkai.annual_reports.states import REPORT_NAMES
from gongkai.core.text.numerals import is_blank, parse_numeral
from gongkai.infra.fields import FilesInput
from gongkai.infra.filters import ALL, FilterForm

FOUND = [
    ALL, ("error", _("有错误")), ("inconsistency", _("有矛盾")), ("warning", _("有提醒")),
    ("clean", _("没有错误和矛盾")),
]


class ReportFilter(FilterForm):
    """What narrows the list."""

    q = forms.CharField(label=_("机关名称"), required=False, max_length=60)
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("状态"), required=False)
    found = forms.ChoiceField(label=_("检查结果"), required=False, choices=FOUND)
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[ALL, *Scope.choices])
    under = forms.ModelChoiceField(Agency.objects.all(), required=False, widget=forms.HiddenInput)

    FIRST = ("year", "state", "found", "scope")

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data, words={"year": years, "state": REPORT_NAMES})

    @property
    def chosen(self) -> dict[str, Any]:
        """The arguments for queries.reports."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "q" in given:
            given["text"] = given.pop("q").strip()
        return given


class ManyFilesField(forms.FileField):
    """Several files, none of them looked into: an empty or odd one gets its own answer in the batch."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        """The files in the order in which they were chosen."""
        return [one for one in data or [] if one]


class UploadForm(forms.Form):
    """Files, and on whose behalf. `token` makes a form that is sent twice one batch."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("报送机关"))
    files = ManyFilesField(
        label=_("年报文件"), required=False,
        help_text=_(
            "可以一次选多个文件，也可以选一个 .zip 压缩包。Word、Excel、PDF、网页和文本都可以；按内容识别，不看扩展名。"
        ),
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Whose report it is, and of which year, as a person says."""

    agency = forms.CharField(label=_("机关"), max_length=120)
    year = forms.IntegerField(label=_("年度"), min_value=2008, max_value=2100)
    scope = forms.ChoiceField(label=_("范围"), choices=Scope.choices)
    replace = forms.BooleanField(label=_("替换已有的年报"), required=False)

    def clean_agency(self) -> Agency:
        """The agency of that full name; short names count when only one agency bears them."""
        name = self.cleaned_data["agency"].strip()
        exact = list(Agency.objects.filter(name=name)[:2]) or list(Agency.objects.filter(short_name=name)[:2])
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise forms.ValidationError(_("有几个机关叫这个名称，请填写全称"))
        raise forms.ValidationError(_("机关目录里没有这个名称，请从提示中选择，或先在“机关”里登记"))


class CorrectionForm(forms.Form):
    """A cell's right number and why. `seen` is the version that was looked at."""

    value = forms.CharField(label=_("更正为"), required=False, max_length=40, help_text=_("空白表示这一格没有填写"))
    unit = forms.ChoiceField(label=_("单位"), required=False, choices=[("万元", _("万元")), ("元", _("元"))])
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean_value(self) -> Decimal | None:
        """The number as Chinese offices type it: full width, thousands separators, a Chinese minus."""
        text = self.cleaned_data["value"].strip()
        if is_blank(text):
            return None
        numeral = parse_numeral(text)
        if numeral is None:
            raise forms.ValidationError(_("这里应填一个数，例如 12 或 311.97"))
        return Decimal(numeral.value)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("理由"), max_length=500)


def title(report: AnnualReport) -> str:
    """A report in a heading."""
    return _now("%(agency)s %(year)s 年度报告") % {"agency": report.agency.name, "year": report.year}
