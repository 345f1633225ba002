"""Who owes a report in a campaign, until when, and who has read the notice. Each change with its reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.campaigns import rules
from gongkai.campaigns.actions.parts import held, held_member
from gongkai.campaigns.events import MemberChanged, NoticeRead
from gongkai.campaigns.models import Campaign, Member
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record


@transaction.atomic
def add(
    *, by: Actor, campaign: Campaign, agency: Agency, reason: str, at: datetime, scope: str = Scope.OWN,
) -> Member:
    """Ask one more agency, at or below the root; one that was struck off is back.

    Raises Refused: not-below, member-there, words-missing, campaign-closed; Denied.
    """
    authorise(by, P.MANAGE, campaign)
    said, now = rules.reason(reason), held(campaign)
    if not agency.path.startswith(now.root.path):
        raise Refused("not-below", "%(agency)s不在%(root)s之下；没有增加", agency=agency.name, root=now.root.name)
    if agency.pk == now.root_id and scope == Scope.CONSOLIDATED:
        raise Refused("not-below", "本级的汇总年报由您在这里编制，不列为报送机关")
    row = Member.objects.filter(campaign=now, agency=agency, scope=scope).first()
    if row is not None and row.left_at is None:
        raise Refused("member-there", "%(agency)s已经是报送机关", agency=agency.name)
    row = row or Member(campaign=now, agency=agency, scope=scope)
    row.added_reason, row.left_at, row.left_reason = said, None, ""
    row.save()
    record(
        MemberChanged(now.pk, "added", said), by=by, at=at, subject_id=row.pk, agency_id=agency.pk,
    )
    return row


@transaction.atomic
def drop(*, by: Actor, member: Member, reason: str, at: datetime) -> Member:
    """Strike an agency off the list; it stays on record. Raises Refused: words-missing, campaign-closed, member-left;
    Denied."""
    authorise(by, P.MANAGE, member.campaign)
    said, now = rules.reason(reason), held_member(member)
    now.left_at, now.left_reason = at, said
    now.save(update_fields=["left_at", "left_reason"])
    record(
        MemberChanged(now.campaign_id, "dropped", said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def exempt(*, by: Actor, member: Member, reason: str, at: datetime) -> Member:
    """It need not report this year. Raises Refused: words-missing, campaign-closed, member-left; Denied."""
    authorise(by, P.MANAGE, member.campaign)
    said, now = rules.reason(reason), held_member(member)
    now.exempt_reason = said
    now.save(update_fields=["exempt_reason"])
    record(
        MemberChanged(now.campaign_id, "exempted", said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def owe(*, by: Actor, member: Member, reason: str, at: datetime) -> Member:
    """It must report after all. Raises Refused: words-missing, campaign-closed, member-left; Denied."""
    authorise(by, P.MANAGE, member.campaign)
    said, now = rules.reason(reason), held_member(member)
    if not now.exempt_reason:
        return now
    now.exempt_reason = ""
    now.save(update_fields=["exempt_reason"])
    record(
        MemberChanged(now.campaign_id, "owing", said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def give_time(*, by: Actor, member: Member, on: date | None, reason: str, at: datetime) -> Member:
    """Another day for one member; without a day the common one holds again.

    Raises Refused: due-too-early, due-too-late, words-missing, campaign-closed, member-left; Denied.
    """
    authorise(by, P.MANAGE, member.campaign)
    said, now = rules.reason(reason), held_member(member)
    now.due_on = None if on is None else rules.own_day(now.campaign.year, on, now.campaign.publish_by)
    now.due_reason = "" if on is None else said
    now.save(update_fields=["due_on", "due_reason"])
    change = MemberChanged(now.campaign_id, "usual_time" if on is None else "given_time", said, on or "")
    record(change, by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def read(*, by: Actor, member: Member, at: datetime) -> Member:
    """Say that the office has read the notice; the first one counts. Raises Denied."""
    authorise(by, P.READ, member)
    now = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    if now.read_at is not None:
        return now
    now.read_at, now.read_by_id = at, by.user_id
    now.save(update_fields=["read_at", "read_by"])
    record(NoticeRead(now.campaign_id), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now
