from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "gongkai.disputes"
    label = "disputes"
    verbose_name = _("行政复议和行政诉讼")

    def ready(self) -> None:
        from gongkai.disputes import dues, events, following, permissions, probes, showing, tasks  # noqa: F401
