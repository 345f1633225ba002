from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "gongkai.calendars"
    label = "calendars"
    verbose_name = _("工作日历")

    def ready(self) -> None:
        from gongkai.calendars import events, permissions, probes  # noqa: F401
