"""What acts on a campaign begin with."""

from __future__ import annotations

from gongkai.campaigns.models import Campaign, Member
from gongkai.core.errors import Refused
from gongkai.infra import locks


def held(campaign: Campaign, *, closed: bool = False) -> Campaign:
    """The campaign as it now is, held until the end of the transaction. Raises Refused: campaign-closed unless `closed`
    ones are welcome."""
    locks.serialise(f"campaign-{campaign.root_id}-{campaign.year}")
    now = Campaign.objects.select_for_update(of=("self",), no_key=True).select_related("root").get(pk=campaign.pk)
    if now.closed_at is not None and not closed:
        raise Refused("campaign-closed", "这项年报工作已经结束，没有保存；需要时先恢复它")
    return now


def held_member(member: Member) -> Member:
    """A member of an open campaign, held. Raises Refused: campaign-closed, member-left."""
    held(member.campaign)
    now = Member.objects.select_for_update(of=("self",), no_key=True).select_related(
        "agency", "campaign__root",
    ).get(pk=member.pk)
    if now.left_at is not None:
        raise Refused("member-left", "%(agency)s已经移出报送机关，没有保存", agency=now.agency.name)
    return now
