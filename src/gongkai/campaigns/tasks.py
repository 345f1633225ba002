"""What is done later: the mail of an urging, the program's own reminders, and comparing numbers. All may run twice."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.actor import machine
from gongkai.accounts.models import User
from gongkai.campaigns import actions, differing, queries
from gongkai.campaigns.models import Campaign
from gongkai.compilations import due
from gongkai.infra import mail
from gongkai.infra.tasks import CHORES, task

HOUR = 3600.0
MORNING = 8  # o'clock: nobody is urged before
TICKER = machine("年报催报")
_next_look = [0.0]
log = structlog.get_logger(__name__)


@task()
def mail_reminder(user_id: int, year: int, text: str, lines: str) -> None:
    """One person's mail of one urging: which of one's offices owe the report, and until when. No names of people."""
    user = User.objects.get(pk=user_id)
    if user.email:
        where = settings.GONGKAI_PUBLIC_URL
        end = f"请登录办理：{where.rstrip('/')}/desk/" if where else "请登录系统办理。"
        subject = f"催报 {year} 年度政府信息公开工作年度报告"
        mail.send(to=user.email, subject=subject, body=f"{text}\n\n{lines}\n\n{end}\n")


@task()
def compare_numbers(campaign_id: int) -> None:
    """Make the differences of a campaign anew."""
    compared(Campaign.objects.select_related("root").get(pk=campaign_id), timezone.now())


def compared(campaign: Campaign, at: datetime) -> int:
    """Look at every report of a campaign, then keep what was found; returns how many differences."""
    return actions.compare(by=TICKER, campaign=campaign, found=differing.differences(campaign), at=at)


def tick() -> None:
    """A chore, once an hour from the morning on: remind who has not handed in, before and after the last day."""
    at = timezone.now()
    if time.monotonic() < _next_look[0] or timezone.localtime(at).hour < MORNING:
        return
    _next_look[0] = time.monotonic() + HOUR
    today = timezone.localdate(at)
    for campaign in Campaign.objects.filter(closed_at__isnull=True).select_related("root").iterator():
        found = queries.to_be_reminded(
            campaign, today, settings.GONGKAI_CAMPAIGN_REMIND_BEFORE, settings.GONGKAI_CAMPAIGN_REMIND_AFTER,
        )
        if found:
            log.info("members reminded", campaign=campaign.pk, count=actions.remind_by_itself(
                by=TICKER, campaign=campaign, members=found, at=at,
            ))


def keep_compared() -> None:
    """A chore: the differences of open campaigns are never older than the setting says. One campaign at a time."""
    minutes = settings.GONGKAI_CAMPAIGN_COMPARE_MINUTES
    if not minutes:
        return
    at = timezone.now()
    old = Q(compared_at__isnull=True) | Q(compared_at__lt=at - timedelta(minutes=minutes))
    campaign = Campaign.objects.filter(old, closed_at__isnull=True).select_related("root").order_by(
        "compared_at",
    ).first()
    if campaign is not None:
        compared(campaign, at)


CHORES.append(tick)
CHORES.append(keep_compared)
due.DATES.append(queries.day_of)
