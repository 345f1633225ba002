"""Statutory letters (文书): templates, numbers, .docx and PDF, verification."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "gongkai.letters"
    label = "letters"
    verbose_name = _("文书")

    def ready(self) -> None:
        from gongkai.letters import events, permissions, probes  # noqa: F401
