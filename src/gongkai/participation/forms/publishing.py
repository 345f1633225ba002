"""From a suggestion to a draft: what sort of information, under which title."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.infra.fields import told
from gongkai.participation.rules import NAME_MOST
from gongkai.publications.kinds import KIND_NAMES


class PublicationForm(forms.Form):
    """Title and kind of the draft; all else is written on the draft itself."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("名称"), max_length=NAME_MOST, help_text=_("用机关自己的话写，不带来信人的信息。"),
    )
    kind = forms.ChoiceField(label=_("体裁"), choices=told(KIND_NAMES))
