from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = _("依申请公开")

    def ready(self) -> None:
        from gongkai.applications import events, permissions  # noqa: F401

        # The room above the calendars: what needs a clock is loaded where there are calendars.
        if find_spec("gongkai.calendars.queries") is not None:
            for part in ("probes", "tasks"):
                import_module(f"{self.name}.{part}")
