from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    label = "agencies"
    verbose_name = _("机关")

    def ready(self) -> None:
        from gongkai.agencies import events, permissions, probes  # noqa: F401
