"""What must know at once when something public changes: caches, counts. Rooms above register here when they start.

    from gongkai.publications.standing import STANDING
    STANDING.append(hook)

Every act after which the public sees something else calls `changed` inside its transaction, when its rows are written
and before its event is recorded: publish, withdraw, supersede, validity, links, channels. A hook that fails undoes
the act.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from gongkai.infra import stamp
from gongkai.publications.models import Publication

# Each is given the agencies whose public pages changed.
STANDING: list[Callable[[Collection[int]], None]] = []


def changed(*publications: Publication) -> None:
    """Something that the public sees of these publications is different from the commit on."""
    stamp.bump()
    agencies = {publication.agency_id for publication in publications}
    for hook in STANDING:
        hook(agencies)
