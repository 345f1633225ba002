"""What people type about agencies, parsed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Kind, Level
from gongkai.agencies.rules import LONGEST_NUMBER

LARGEST_SHEET = 2 * 1024 * 1024


class AgencyForm(forms.Form):
    """A new agency below another."""

    name = forms.CharField(label=_("名称"), max_length=120, help_text=_("全称，与公章一致"))
    short_name = forms.CharField(label=_("简称"), max_length=60, required=False)
    parent = forms.ModelChoiceField(Agency.objects.filter(valid_to__isnull=True), label=_("上级"), required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=Kind.choices, initial=Kind.DEPARTMENT)
    level = forms.ChoiceField(label=_("层级"), choices=Level.choices, initial=Level.COUNTY)
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    region = forms.CharField(label=_("地区"), max_length=20, required=False, help_text=_(
        "有本地假日的地区写行政区划代码，例如 650000；不写则随上级"
    ))


class RegionForm(forms.Form):
    """Whose local holidays the agency keeps."""

    region = AgencyForm.base_fields["region"]


class RenameForm(forms.Form):
    """A new name, and from when."""

    name = forms.CharField(label=_("新名称"), max_length=120)
    on = forms.DateField(label=_("自哪天起"), widget=forms.DateInput(format="%Y-%m-%d"))


class MoveForm(forms.Form):
    """Another parent, by full name, from a day on by the order of a document."""

    parent = forms.CharField(label=_("新的上级"), max_length=120, help_text=_("写全称"))
    on = forms.DateField(
        label=_("自哪天起"), required=False, widget=forms.DateInput(format="%Y-%m-%d"),
        help_text=_("机构改革文件写明的日期，不写就是今天；年报归当年12月31日的上级汇总"),
    )
    document = forms.CharField(label=_("依据文号"), required=False, max_length=LONGEST_NUMBER)

    def clean_parent(self) -> Agency:
        """An agency in force."""
        return _in_force(self.cleaned_data["parent"].strip())


class AbolishForm(forms.Form):
    """The end of an agency, and who takes over."""

    on = forms.DateField(label=_("自哪天起"), widget=forms.DateInput(format="%Y-%m-%d"))
    successors = forms.CharField(label=_("承继机关"), required=False, help_text=_("写全称，几个机关之间用顿号分开"))

    def clean_successors(self) -> list[Agency]:
        """Agencies in force, by full name."""
        heirs = []
        for name in filter(None, (part.strip() for part in self.cleaned_data["successors"].split("、"))):
            heirs.append(_in_force(name))
        return heirs


class SheetForm(forms.Form):
    """A spreadsheet of agencies."""

    sheet = forms.FileField(label=_("机关目录表"), help_text=_(
        "Excel（.xlsx）或 CSV，只有“名称”列必填；还可以有：上级、类型、层级、简称、统一社会信用代码、生效日期、失效日期"
        "；改了上级的，另写“上级生效日期”和“依据”（文号），不写日期的自今天起"
    ))

    def clean_sheet(self) -> object:
        """Not more than a person could have typed."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > LARGEST_SHEET:
            raise forms.ValidationError(_("这个文件超过 2 MB，不像机关目录表，没有读取"))
        return sheet


def _in_force(name: str) -> Agency:
    agency = Agency.objects.filter(name=name, valid_to__isnull=True).first()
    if agency is None:
        raise forms.ValidationError(_("机关目录里没有“%(name)s”"), params={"name": name})
    return agency
