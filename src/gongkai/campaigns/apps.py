from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "gongkai.campaigns"
    label = "campaigns"
    verbose_name = _("年报报送工作")

    def ready(self) -> None:
        from gongkai.campaigns import events, permissions, tasks  # noqa: F401
