"""Search over what is published: five methods, two-character tokens."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "gongkai.search"
    label = "search"
    verbose_name = _("检索")

    def ready(self) -> None:
        from gongkai.search import chores, events, permissions, probes  # noqa: F401
