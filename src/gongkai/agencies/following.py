"""What must follow when an agency has another place in the tree. Rooms above register here when they start.

    from gongkai.agencies.following import MOVED
    MOVED.append(hook)

A hook is called inside the transaction of the move, with the agency as it now is; work that takes long it queues.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.agencies.models import Agency

MOVED: list[Callable[[Agency], None]] = []
