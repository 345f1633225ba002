from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalysisConfig(AppConfig):
    name = "gongkai.analysis"
    label = "analysis"
    verbose_name = _("年报分析")
