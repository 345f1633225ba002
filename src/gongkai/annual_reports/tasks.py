"""Background work of this domain."""

from __future__ import annotations

from django.utils import timezone

from gongkai.annual_reports import actions
from gongkai.infra.tasks import CHORES, task


@task()
def read_item(item_id: int) -> None:
    """Read one uploaded file."""
    actions.read(item_id=item_id, at=timezone.now())


def pick_up_stale() -> None:
    """A chore: queue again what a dead worker left behind."""
    actions.pick_up_stale(at=timezone.now())


CHORES.append(pick_up_stale)
