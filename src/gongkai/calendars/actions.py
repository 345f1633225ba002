"""The only write to calendars."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, authorise, may
from gongkai.agencies.models import Agency
from gongkai.calendars import rules
from gongkai.calendars.events import ArrangementAdopted
from gongkai.calendars.models import Arrangement
from gongkai.calendars.permissions import CalendarPermission
from gongkai.infra import locks
from gongkai.ledger.actions import record


@transaction.atomic
def adopt(*, by: Actor, text: str | bytes, at: datetime, region: str | None = None) -> Arrangement:
    """Put a year's arrangement in force, for the country or for a region; `region` None takes what the text says.

    From the commit on every process reckons with it. The caller recomputes the open cases. What is in force already
    is given back and nothing is recorded. Raises Refused: arrangement (every problem in one sentence),
    unknown-region, region-differs, year-far, notice-to-come, unverified; Denied without a post over the top of the
    tree or, for a region, over an agency of that region.
    """
    authorise(by, CalendarPermission.ADOPT)
    parsed = rules.understood(text, region)
    _reaches(by, parsed.region)
    rules.adoptable(parsed, timezone.localtime(at).date())
    locks.serialise("calendars")
    before = Arrangement.objects.filter(year=parsed.year, region=parsed.region).order_by("-pk").first()
    if before is not None and before.sha == parsed.sha:
        return before
    adopted = Arrangement.objects.create(
        year=parsed.year, region=parsed.region, notice=parsed.notice[:200], title=parsed.title[:200],
        published_on=parsed.issued_on, days=parsed.as_json(), sha=parsed.sha, adopted_at=at, adopted_by_id=by.user_id,
    )
    worked = sum(day.works for day in parsed.days)
    record(
        ArrangementAdopted(
            parsed.year, parsed.region, adopted.notice, len(parsed.days) - worked, worked, parsed.sha,
            before.pk if before else None,
        ), by=by, at=at, subject_id=adopted.pk,
    )
    return adopted


def _reaches(by: Actor, region: str) -> None:
    """One notice moves the clocks of every agency it covers, so a post below them is not enough."""
    if by.machine:
        return
    tops = Agency.objects.filter(parent__isnull=True)
    if any(may(by, CalendarPermission.ADOPT, top) for top in tops):
        return
    placed = Agency.objects.exclude(region="") if region else Agency.objects.none()
    if not any(rules.within(region, one.region) and may(by, CalendarPermission.ADOPT, one) for one in placed):
        raise Denied(CalendarPermission.ADOPT)
