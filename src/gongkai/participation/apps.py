"""Policy questions, consultations on drafts, suggestions (Art. 44) and corrections about oneself (Art. 41)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "gongkai.participation"
    label = "participation"
    verbose_name = _("公众参与")

    def ready(self) -> None:
        from gongkai.participation import codes, events, permissions  # noqa: F401
