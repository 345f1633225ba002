"""A wrong word and what to write instead; many of them as a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WordingForm(forms.Form):
    """One word."""

    wrong = forms.CharField(label=_("错误的写法"), max_length=100)
    right = forms.CharField(label=_("正确的写法"), max_length=100, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class WordsFileForm(forms.Form):
    """A CSV file of words."""

    sheet = forms.FileField(label=_("CSV 文件"), help_text=_("第一行：错误的写法、正确的写法、说明"))
