"""Background work of this room: policies lapse on their last day, cached dates follow what moved them, and search
follows an agency to its new place."""

from __future__ import annotations

import time
from datetime import datetime

import structlog
from django.utils import timezone

from gongkai.accounts.actor import machine
from gongkai.agencies.following import MOVED
from gongkai.agencies.models import Agency
from gongkai.infra.tasks import CHORES, queue, task
from gongkai.publications import deadlinks, indexing
from gongkai.publications.actions.practice import move_dates
from gongkai.publications.actions.validity import lapse
from gongkai.publications.kinds import POLICIES, Validity
from gongkai.publications.models import Publication

CLERK = machine("公开时限")
HOUR = 3600.0
_BATCH = 200
_next_look = [0.0]
log = structlog.get_logger(__name__)


def lapse_due(at: datetime) -> int:
    """Mark the policies whose last day has come, a batch at a call; how many."""
    due = Publication.objects.published().filter(
        kind__in=POLICIES, validity__in=[Validity.IN_FORCE, Validity.AMENDED],
        expires_on__lte=timezone.localdate(at),
    ).order_by("pk")[:_BATCH]
    return sum(lapse(by=CLERK, publication=one, at=at) for one in due)


def tick() -> None:
    """A chore: lapse what is over; once an hour put the due dates right, by what calendars and items say now."""
    at = timezone.now()
    if lapsed := lapse_due(at):
        log.info("policies lapsed", count=lapsed)
    if time.monotonic() >= _next_look[0]:
        _next_look[0] = time.monotonic() + HOUR
        if moved := move_dates(by=CLERK, source="按日历、目录和本机关规则重新核对", at=at):
            log.info("due dates moved", count=moved)


@task()
def search_again(agency_id: int) -> None:
    """Search finds what an agency and everything below it published under the place that they have now."""
    count = indexing.put_again(Agency.objects.values_list("path", flat=True).get(pk=agency_id))
    log.info("search follows a moved agency", agency=agency_id, count=count)


def moved(agency: Agency) -> None:
    """Queue it with the move."""
    queue(search_again, agency.pk)


MOVED.append(moved)
CHORES.append(tick)
CHORES.append(deadlinks.walk)
