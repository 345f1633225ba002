"""What the worker clears between its tasks: forms that nobody finished, with everything that was kept for them."""

from __future__ import annotations

import time
from importlib import import_module

from django.conf import settings

from gongkai.infra.tasks import CHORES
from gongkai.portal import kept

_EVERY = 900.0  # seconds
_last: list[float] = []


def forget_unfinished() -> None:
    """Files of a day ago and sessions whose hours are over, at most every quarter of an hour."""
    now = time.monotonic()
    if _last and now - _last[0] < _EVERY:
        return
    _last[:] = [now]
    kept.clear_old()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


CHORES.append(forget_unfinished)
