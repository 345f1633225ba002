"""Background work of this room: cached dates follow the calendar and the region of an agency."""

from __future__ import annotations

import time

import structlog
from django.utils import timezone

from gongkai.accounts.actor import machine
from gongkai.disputes.actions.dates import move_dates
from gongkai.infra.tasks import CHORES

TICKER = machine("期限提醒")
HOUR = 3600.0
_next_look = [0.0]
log = structlog.get_logger(__name__)


def tick() -> None:
    """A chore, once an hour: put the dates right that an agency's new region has moved."""
    if time.monotonic() < _next_look[0]:
        return
    _next_look[0] = time.monotonic() + HOUR
    if moved := move_dates(by=TICKER, source="按机关所在地区的日历重新核对", at=timezone.now()):
        log.info("dispute dates moved", count=moved)


CHORES.append(tick)
