"""What rooms above show on an application's page, in its main column. They register here when they start.

    from gongkai.applications.panels import PANELS
    PANELS.append(panel)

A panel is asked with whoever looks and the application, which this person may see; it gives a template with its values
(the template finds them in `of`), or None for nothing. Its work is bounded: a page must not slow down with the number
of records.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.accounts.actor import Actor
from gongkai.applications.models import Application
from gongkai.core.panels import Panel

PANELS: list[Callable[[Actor, Application], Panel | None]] = []
