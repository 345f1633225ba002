"""Reminding of dates, once each: the ticker may run twice, on two machines, or after a pause."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Denied, authorise
from gongkai.applications.digest import ABOUT
from gongkai.applications.events.register import DigestQueued, FeedOpened, Reminded
from gongkai.applications.models import Application, CalendarFeed, Digest, Reminder
from gongkai.applications.permissions import ApplicationPermission
from gongkai.infra import locks
from gongkai.infra.tasks import queue
from gongkai.ledger.actions import record


@transaction.atomic
def remind(*, by: Actor, application: Application, what: str, due_on: date, stage: str, at: datetime) -> bool:
    """Note that a date of an application is near, today or past; False when that has been said already.

    Raises Denied.
    """
    authorise(by, ApplicationPermission.HANDLE, application)
    locks.serialise(f"reminder-{application.pk}")
    _row, new = Reminder.objects.get_or_create(
        application=application, what=what, due_on=due_on, stage=stage, defaults={"at": at},
    )
    if new:
        record(
            Reminded(what, due_on, stage), by=by, at=at, subject_id=application.pk, agency_id=application.agency_id,
        )
    return new


@transaction.atomic
def send_digest(
    *, by: Actor, user: User, on: date, lines: Sequence[str], at: datetime, about: str = ABOUT,
) -> bool:
    """Queue one person's mail of the day; False when that day's has been queued already. `about` is for its subject.

    The mail is a task in the same transaction: it exists exactly when the row does. Raises Denied.
    """
    authorise(by, ApplicationPermission.SEE)
    locks.serialise(f"digest-{user.pk}")
    _row, new = Digest.objects.get_or_create(user=user, on=on, defaults={"lines": len(lines), "at": at})
    if new:
        from gongkai.applications.tasks import mail_digest

        queue(mail_digest, user.pk, on.isoformat(), "\n".join(lines), about)
        record(DigestQueued(on, len(lines)), by=by, at=at, subject_id=user.pk)
    return new


@transaction.atomic
def open_feed(*, by: Actor, user: User, at: datetime) -> CalendarFeed:
    """Give a person a new address of the calendar feed; an earlier address stops working. Raises Denied."""
    authorise(by, ApplicationPermission.SEE)
    if by.user_id != user.pk:
        raise Denied(ApplicationPermission.SEE)
    feed, _new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"nonce": secrets.token_urlsafe(24), "made_at": at},
    )
    record(FeedOpened(), by=by, at=at, subject_id=user.pk)
    return feed
