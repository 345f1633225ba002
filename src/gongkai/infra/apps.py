from __future__ import annotations

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InfraConfig(AppConfig):
    name = "gongkai.infra"
    label = "infra"

    def ready(self) -> None:
        """Say what to do where something was left out; Django's own words say only that a field may not be empty."""
        for kind, words in _LEFT_OUT.items():
            kind.default_error_messages = kind.default_error_messages | {"required": words}


_LEFT_OUT: dict[type[forms.Field], object] = {
    forms.Field: _("请填写这一项"), forms.ChoiceField: _("请选择一项"), forms.BooleanField: _("请勾选这一项"),
    forms.FileField: _("请选择文件"),
}
