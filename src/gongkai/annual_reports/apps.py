from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnualReportsConfig(AppConfig):
    name = "gongkai.annual_reports"
    label = "annual_reports"
    verbose_name = _("年度报告")

    def ready(self) -> None:
        from gongkai.annual_reports import events, permissions, probes, tasks  # noqa: F401
