"""Batches of published documents for archives and libraries (Art. 25)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoverConfig(AppConfig):
    name = "gongkai.handover"
    label = "handover"
    verbose_name = _("移交")

    def ready(self) -> None:
        from gongkai.handover import events, permissions  # noqa: F401
