"""Urging: by the supervisor from the board, and by the program itself before and after the last day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post
from gongkai.accounts.permissions import authorise, holders
from gongkai.campaigns.actions.parts import held
from gongkai.campaigns.events import MembersReminded
from gongkai.campaigns.models import Campaign, Member, Reminder
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.campaigns.rules import REMINDER_MOST
from gongkai.compilations.permissions import CompilationPermission
from gongkai.core.errors import Refused
from gongkai.core.required import required
from gongkai.infra import mail, tasks
from gongkai.ledger.actions import record


@transaction.atomic
def remind(*, by: Actor, campaign: Campaign, members: Collection[int], text: str, at: datetime) -> int:
    """Urge members by their keys, on their first page and by mail; returns how many. Those who are exempt, were struck
    off or belong to another campaign are passed over.

    Raises Refused: nobody-chosen, words-missing, words-too-long, campaign-closed; Denied.
    """
    authorise(by, P.MANAGE, campaign)
    said, now = required("催报内容", text, REMINDER_MOST), held(campaign)
    rows = list(now.members.owing().filter(pk__in=set(members)).select_related("agency"))
    if not rows:
        raise Refused("nobody-chosen", "没有选中要催报的机关")
    _told(now, rows, said, by, at)
    record(
        MembersReminded(tuple(row.agency_id for row in rows), said), by=by, at=at, subject_id=now.pk,
        agency_id=now.root_id,
    )
    return len(rows)


@transaction.atomic
def remind_by_itself(*, by: Actor, campaign: Campaign, members: Collection[int], at: datetime) -> int:
    """The program's own reminder; the members are those that `queries.to_be_reminded` names. Raises Denied."""
    authorise(by, P.MANAGE, campaign)
    now = held(campaign)
    rows = list(now.members.owing().filter(pk__in=set(members)).select_related("agency"))
    today = timezone.localdate(at)
    early = [row for row in rows if now.due_of(row) >= today]
    late = [row for row in rows if now.due_of(row) < today]
    for found, words in ((early, "尚未提交，请按期办理"), (late, "已过期限，请抓紧办理")):
        if found:
            text = f"{now.year} 年度政府信息公开工作年度报告{words}（第四十九条）"
            _told(now, found, text, by, at)
            record(
                MembersReminded(tuple(row.agency_id for row in found), text), by=by, at=at, subject_id=now.pk,
                agency_id=now.root_id,
            )
    return len(rows)


def _told(campaign: Campaign, members: list[Member], text: str, by: Actor, at: datetime) -> None:
    from gongkai.campaigns.tasks import mail_reminder

    Reminder.objects.bulk_create(
        Reminder(member=member, text=text, sent_by_id=by.user_id, sent_at=at) for member in members
    )
    if not mail.configured():
        return
    working = {role for p in (CompilationPermission.COMPILE, CompilationPermission.SUBMIT) for role in holders(p)}
    posts = Post.objects.held_on(timezone.localdate(at)).filter(
        role__in=working, user__is_active=True, agency__in=[member.agency_id for member in members],
    ).exclude(user__email=None)
    days = {member.agency_id: campaign.due_of(member) for member in members}
    lines: dict[int, set[str]] = defaultdict(set)
    for user, agency, name in posts.values_list("user_id", "agency_id", "agency__name"):
        lines[user].add(f"{name}　提交期限 {days[agency].isoformat()}")
    for user, its in lines.items():
        tasks.queue(mail_reminder, user, campaign.year, text, "\n".join(sorted(its)))
