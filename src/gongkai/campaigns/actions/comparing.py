"""Holding what was reported against what the records say now: the cache behind the board and the roll-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.campaigns.events import NumbersCompared
from gongkai.campaigns.models import Campaign, Difference
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.infra import locks
from gongkai.ledger.actions import record


@transaction.atomic
def compare(*, by: Actor, campaign: Campaign, found: Sequence[Difference], at: datetime) -> int:
    """Keep what `differing.differences` found, which takes its time and is asked before this transaction; returns how
    many there are. Recorded when anything changed. Raises Denied."""
    authorise(by, P.MANAGE, campaign)
    locks.serialise(f"campaign-{campaign.root_id}-{campaign.year}")
    rows = Difference.objects.filter(campaign=campaign)
    before = set(rows.values_list("agency_id", "scope", "cell", "reported", "computed"))
    now = {(one.agency_id, one.scope, one.cell, one.reported, one.computed) for one in found}
    Campaign.objects.filter(pk=campaign.pk).update(compared_at=at)
    if before == now:
        return len(now)
    rows.delete()
    Difference.objects.bulk_create(found)
    record(NumbersCompared(len(now)), by=by, at=at, subject_id=campaign.pk, agency_id=campaign.root_id)
    return len(now)
