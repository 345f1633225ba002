from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    name = "gongkai.vault"
    label = "vault"
    verbose_name = _("身份信息保险箱")

    def ready(self) -> None:
        from gongkai.vault import events, permissions, probes  # noqa: F401
