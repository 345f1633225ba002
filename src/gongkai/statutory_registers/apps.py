"""The registers behind table 二: normative documents, licences, penalties, coercion, fees, procurement."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatutoryRegistersConfig(AppConfig):
    name = "gongkai.statutory_registers"
    label = "statutory_registers"
    verbose_name = _("法定台账")

    def ready(self) -> None:
        from gongkai.statutory_registers import events, permissions  # noqa: F401
