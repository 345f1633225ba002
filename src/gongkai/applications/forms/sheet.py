"""A register spreadsheet to be taken over, and the words of a holiday notice to be adopted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.applications.forms.fields import NamedChoice, long_text


class SheetForm(forms.Form):
    """The file, and whose register it is."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"))
    sheet = forms.FileField(label=_("申请登记台账"), help_text=_(
        "Excel（.xlsx）或 CSV。按列名识别，顺序不限；多出的列原样保存，申请人的身份不导入。可以先下载空表"
    ))

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class YearForm(forms.Form):
    """A year's arrangement as text."""

    text = long_text(_("节假日安排"), rows=22, most=100_000, help_text=_(
        "照通知填写：off 写放假的日子，work 写调休上班的日子；地方的安排另写一行 region = \"650000\""
    ))
