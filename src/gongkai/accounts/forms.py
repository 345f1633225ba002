"""What is typed about accounts and posts, parsed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Post, User
from gongkai.accounts.roles import ALL


def _day() -> forms.DateField:
    return forms.DateField(label=_("自哪天起"), widget=forms.DateInput(format="%Y-%m-%d"))


class AccountForm(forms.Form):
    """A new account; the password is made by the program."""

    username = forms.CharField(
        label=_("用户名"), max_length=60, validators=User._meta.get_field("username").validators,
        help_text=_("登录用，字母、数字或姓名拼音，开设后不改"),
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("电子邮箱"), required=False)


class AppointForm(forms.Form):
    """A post: which role, where, from when."""

    role = forms.ChoiceField(label=_("角色"), choices=[(role.key, role.name) for role in ALL])
    agency = forms.CharField(label=_("机关"), max_length=120, help_text=_("写全称"))
    section = forms.CharField(label=_("科室"), max_length=60, required=False, help_text=_(
        "只负责一个科室的人填写，其他人留空"))
    on = _day()

    def clean(self) -> dict[str, Any]:
        """Names become the agency in force and its section."""
        said = super().clean() or {}
        where = Post._meta.get_field("agency").related_model.objects.filter(
            name=said.get("agency", "").strip(), valid_to__isnull=True).first()
        if "agency" in said and where is None:
            self.add_error("agency", forms.ValidationError(
                _("机关目录里没有“%(name)s”"), params={"name": said["agency"]}))
        section = (said.get("section") or "").strip()
        found = Post._meta.get_field("section").related_model.objects.filter(agency=where, name=section).first()
        if section and where is not None and found is None:
            self.add_error("section", forms.ValidationError(
                _("%(agency)s没有登记“%(name)s”这个科室"), params={"agency": where.name, "name": section}))
        return said | {"agency": where, "section": found}


class RelieveForm(forms.Form):
    """The last day of a post."""

    on = forms.DateField(label=_("最后一天"), widget=forms.DateInput(format="%Y-%m-%d"))
