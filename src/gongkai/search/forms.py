"""A pair of words, as somebody types it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.search.actions import LONGEST


class SynonymForm(forms.Form):
    """What people say, what documents say, and for whom; without a choice for everybody."""

    said = forms.CharField(label=_("俗称"), max_length=LONGEST, help_text=_("群众会输入的词，例如“低保”"))
    official = forms.CharField(label=_("规范用语"), max_length=LONGEST, help_text=_("文件里的写法，例如“最低生活保障”"))
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label=_("适用范围"), required=False)

    def __init__(self, *args: Any, reach: list[Agency], for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in reach])
        field.required = not for_all
        field.empty_label = _("全部机关") if for_all else None
