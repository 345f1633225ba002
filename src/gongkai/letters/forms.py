"""What people type about letters, parsed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.letters.kinds import ALL
from gongkai.letters.rules import LONGEST_REASON, LONGEST_WORD
from gongkai.letters.states import LetterState


class RegisterFilter(forms.Form):
    """What of the register is shown. A value that is none is no filter."""

    q = forms.CharField(
        label=_("文号"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("文种"), required=False, choices=[("", _("全部")), *((kind.key, kind.name) for kind in ALL)],
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("全部")), *((state.value, _(state.label)) for state in LetterState)],
    )
    year = forms.IntegerField(
        label=_("年份"), required=False, min_value=2000, max_value=2999, widget=forms.TextInput(attrs={"size": 6}),
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are set, as arguments of `queries.register`."""
        self.is_valid()
        names = {"q": "text"}
        return {names.get(name, name): value for name, value in self.cleaned_data.items() if value}


class VoidForm(forms.Form):
    """Why a letter is void."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明错在哪里、改发了哪一份；不写申请人的姓名和号码"),
    )


class TemplateForm(forms.Form):
    """An office's own template."""

    file = forms.FileField(
        label=_("本机关的模板"), widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_("Word 文档（.docx），不超过 2 MB，不含宏、文本框和自动编号"),
    )


class WordForm(forms.Form):
    """The word of a kind in document numbers."""

    word = forms.CharField(
        label=_("文种代字"), max_length=LONGEST_WORD, help_text=_("例如：公复、公开复；从下一个文号起使用"),
    )
