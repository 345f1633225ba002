"""Why the evidence is taken out, and which parts of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.disputes.bundle import Part

PARTS: list[tuple[str, Any]] = [
    (Part.CASE, _("案件情况")), (Part.APPLICATION, _("申请和办理情况，包括期限的计算")),
    (Part.MATERIALS, _("申请人提交的、征求意见的、送达的材料")), (Part.LETTERS, _("发出的文书，原样")),
    (Part.WORKING, _("内部办理材料")), (Part.PUBLICATION, _("公开的信息")), (Part.PAPERS, _("案件材料")),
    (Part.LEDGER, _("办理记录和核验结果")),
]
# What a body outside need not see unless the office decides so.
_INSIDE = {Part.WORKING}


class BundleForm(forms.Form):
    """A reason that stays in the ledger, and what to enclose."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("用途"), max_length=200,
        help_text=_("例如：向县政府提交复议答复的证据。会记入台账，不要写当事人的信息。"),
    )
    parts = forms.MultipleChoiceField(
        label=_("装入哪些"), choices=PARTS, widget=forms.CheckboxSelectMultiple,
        initial=[part for part, _name in PARTS if part not in _INSIDE],
    )

    @property
    def chosen(self) -> list[Part]:
        """The parts, in their order."""
        wanted = set(self.cleaned_data["parts"])
        return [part for part in Part if part in wanted]
