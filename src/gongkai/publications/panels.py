"""What rooms above show on a publication's page, in its main column. They register here when they start.

    from gongkai.publications.panels import PANELS
    PANELS.append(panel)

A panel is asked with whoever looks and the publication, which this person may see; it gives a template with its values
(the template finds them in `of`), or None for nothing. Its work is bounded: a page must not slow down with the number
of records.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.accounts.actor import Actor
from gongkai.core.panels import Panel
from gongkai.publications.models import Publication

PANELS: list[Callable[[Actor, Publication], Panel | None]] = []
