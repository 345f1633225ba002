from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompilationsConfig(AppConfig):
    name = "gongkai.compilations"
    label = "compilations"
    verbose_name = _("年报编制")

    def ready(self) -> None:
        from gongkai.compilations import events, permissions, probes  # noqa: F401
