"""What an office says of itself: its guide and its sections (Regulations, Arts. 4, 12)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import DisclosureOffice

CHANNELS = [("online", _("网络（本平台的申请页）")), ("fax", _("传真")), ("email", _("电子邮件"))]
_NEEDS = {"fax": "fax", "email": "email"}


class OfficeForm(forms.Form):
    """The guide, in the order in which the public reads it."""

    name = forms.CharField(label=_("公开工作机构名称"), max_length=120, help_text=_("例如“××局办公室”"))
    address = forms.CharField(label=_("办公地址"), max_length=200, help_text=_("当面提交和邮寄都用它，写到门牌和房间"))
    postcode = forms.RegexField(r"^\d{6}$", label=_("邮政编码"), required=False, error_messages={
        "invalid": _("邮政编码是 6 位数字"),
    })
    hours = forms.CharField(label=_("办公时间"), max_length=200)
    phone = forms.CharField(label=_("联系电话"), max_length=60)
    fax = forms.CharField(label=_("传真号码"), max_length=60, required=False)
    email = forms.EmailField(label=_("电子邮箱"), max_length=120, required=False)
    channels = forms.MultipleChoiceField(
        label=_("另外受理的渠道"), choices=CHANNELS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("当面和邮寄依法必须受理，不用选；写进指南的渠道就必须受理（第二十九条）。"),
    )
    classification = forms.CharField(
        label=_("信息的分类和编排"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
    )
    obtaining = forms.CharField(label=_("获取方式"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    payment = forms.CharField(
        label=_("信息处理费的缴费方式"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_organ = forms.CharField(
        label=_("行政复议机关"), max_length=120, required=False, help_text=_("答复书里的救济告知要用"),
    )
    court = forms.CharField(label=_("管辖法院"), max_length=120, required=False)
    letter_prefix = forms.CharField(
        label=_("发文机关代字"), max_length=20, required=False, help_text=_("答复文号用，例如“青民”"),
    )

    def clean(self) -> dict[str, Any]:
        """A channel that is open needs its number or address."""
        given = super().clean() or {}
        for channel, field in _NEEDS.items():
            if channel in given.get("channels", []) and not given.get(field) and field not in self.errors:
                self.add_error(field, _("选了这个渠道，请填写这一项"))
        for field in ("classification", "obtaining", "payment"):
            given[field] = given.get(field, "").replace("\r\n", "\n")
        return given


class SectionForm(forms.Form):
    """A section of the office."""

    name = forms.CharField(label=_("科室名称"), max_length=60)


def told(office: DisclosureOffice | None) -> dict[str, Any]:
    """What the form shows at first."""
    return {} if office is None else {name: getattr(office, name) for name in OfficeForm.base_fields}
