"""The catalogue of what must be published (政府信息公开目录): items, versions, freshness, coverage."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "gongkai.catalogue"
    label = "catalogue"
    verbose_name = _("公开目录")

    def ready(self) -> None:
        from gongkai.catalogue import events, permissions  # noqa: F401
