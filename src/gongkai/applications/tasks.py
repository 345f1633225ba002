"""Background work of this domain: the ticker and the mail. Both may run twice and at the same time."""

from __future__ import annotations

import time
from datetime import timedelta

import structlog
from django.utils import timezone

from gongkai.accounts.actor import machine
from gongkai.accounts.models import User
from gongkai.applications import digest, reminders
from gongkai.applications.actions.parts import index_imported
from gongkai.applications.actions.reminding import remind, send_digest
from gongkai.applications.actions.sheets import move_dates
from gongkai.applications.models import Application
from gongkai.calendars.queries import calendar_for
from gongkai.infra import mail
from gongkai.infra.tasks import CHORES, task
from gongkai.vault import clearing

MORNING = 8  # o'clock: the mail of the day goes out from then on
HOUR = 3600.0
_BATCH = 500
_next_look = [0.0]
_next_clearing = [0.0]
UNCLAIMED = timedelta(days=1)  # that a rehearsed register may wait to be taken over
TICKER = machine("期限提醒")
log = structlog.get_logger(__name__)


@task()
def mail_digest(user_id: int, on: str, lines: str, about: str = digest.ABOUT) -> None:
    """Send one person's mail of a day. A server that cannot be reached leaves the task failed, visible to doctor."""
    user = User.objects.get(pk=user_id)
    if user.email:
        count = len(lines.splitlines())
        mail.send(to=user.email, subject=f"{on} {about}待办 {count} 项", body=digest.body_of(lines, about))


@task()
def index_import(import_id: int) -> None:
    """Make the index of likeness for an imported register, a batch at a time; run again it goes on."""
    waiting = Application.objects.filter(imported=import_id, grams__isnull=True).order_by("pk").only(
        "pk", "agency_id", "content",
    )
    while batch := list(waiting[:_BATCH]):
        unsigned = index_imported(batch)
        waiting = waiting.exclude(pk__in=unsigned) if unsigned else waiting


def tick() -> None:
    """A chore: remind of dates that have come near; on working mornings, queue the mail of the day.

    Once an hour the cached dates are put right first: an agency may have been given another region since.
    """
    at = timezone.now()
    if time.monotonic() >= _next_look[0]:
        _next_look[0] = time.monotonic() + HOUR
        move_dates(by=TICKER, source="按机关所在地区的日历重新核对", at=at)
    today = timezone.localdate(at)
    spoken = 0
    for near in reminders.dates_near(today):
        spoken += remind(
            by=TICKER, application=near.application, what=near.what, due_on=near.on, stage=near.stage, at=at,
        )
    if spoken:
        log.info("reminded", count=spoken)
    if mail.configured() and timezone.localtime(at).hour >= MORNING and calendar_for().is_workday(today):
        for user, actor in digest.recipients(today):
            told = digest.mail_for(actor, today)
            if told.lines:
                send_digest(by=TICKER, user=user, on=today, lines=told.lines, at=at, about=told.about)


def clear_unclaimed() -> None:
    """A chore, once an hour: sealed files of a day ago that no case and no letter holds."""
    if time.monotonic() < _next_clearing[0]:
        return
    _next_clearing[0] = time.monotonic() + HOUR
    cleared = clearing.clear(timezone.now() - UNCLAIMED)
    if cleared:
        log.info("unclaimed files cleared", count=cleared)


CHORES.append(tick)
CHORES.append(clear_unclaimed)
