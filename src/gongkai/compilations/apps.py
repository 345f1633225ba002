from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompilationsConfig(AppConfig):
    name = "gongkai.compilations"
    label = "compilations"
    verbose_name = _("年报编制")

    def ready(self) -> None:
        from gongkai.annual_reports.course import MAY_CORRECT, MAY_PUBLISH, MAY_REPLACE, STANDS
        from gongkai.applications.panels import PANELS
        from gongkai.compilations import course, events, lineage, permissions, probes  # noqa: F401

        PANELS.append(lineage.panel)
        MAY_PUBLISH.append(course.may_publish)
        MAY_CORRECT.append(course.may_correct)
        MAY_REPLACE.append(course.may_replace)
        STANDS.append(course.stands)
