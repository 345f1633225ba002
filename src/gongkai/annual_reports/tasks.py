"""Background work of this domain."""

from __future__ import annotations

from django.utils import timezone

from gongkai.annual_reports import actions
from gongkai.infra.tasks import task


@task()
def read_item(item_id: int) -> None:
    """Read one uploaded file."""
    actions.read(item_id=item_id, at=timezone.now())
