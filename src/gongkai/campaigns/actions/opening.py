"""The campaign itself: opened with its notice, changed, ended, taken up again (Art. 49)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.campaigns import queries, rules
from gongkai.campaigns.actions.parts import held
from gongkai.campaigns.events import CampaignChanged, CampaignClosed, CampaignOpened, CampaignReopened
from gongkai.campaigns.models import Campaign, Member
from gongkai.campaigns.permissions import CampaignPermission as P
from gongkai.compilations.states import State
from gongkai.core.errors import Refused
from gongkai.core.required import required
from gongkai.infra import locks
from gongkai.ledger.actions import record

_NAMES = {
    "title": "标题", "notice_number": "文号", "notice": "通知内容", "due_on": "提交期限", "publish_by": "公布期限",
}


@transaction.atomic
def open_campaign(
    *, by: Actor, root: Agency, year: int, title: str, notice: str, due_on: date, publish_by: date, at: datetime,
    notice_number: str = "",
) -> Campaign:
    """Ask everybody below `root` for the report of a year: every agency in force on its last day becomes a member.

    Raises Refused: campaign-there, year-implausible, due-too-early, due-too-late, published-too-late, wrong-order,
    words-missing, words-too-long, nobody-below; Denied.
    """
    authorise(by, P.MANAGE, root)
    rules.year(year, timezone.localdate(at))
    rules.days(year, due_on, publish_by)
    said = _words(title, notice_number, notice)
    locks.serialise(f"campaign-{root.pk}-{year}")
    if Campaign.objects.filter(root=root, year=year).exists():
        raise Refused("campaign-there", "%(year)s年度的年报工作已经布置过，请打开它修改", year=year)
    owing = queries.agencies_owing(root, year)
    if not owing:
        raise Refused("nobody-below", "%(root)s以下没有要报送的机关；没有布置", root=root.name)
    made = Campaign.objects.create(
        root=root, year=year, due_on=due_on, publish_by=publish_by, opened_by_id=by.user_id, opened_at=at, **said,
    )
    Member.objects.bulk_create(Member(campaign=made, agency_id=agency, scope=scope) for agency, scope in owing)
    record(
        CampaignOpened(year, made.notice_number, due_on, publish_by, len(owing)), by=by, at=at, subject_id=made.pk,
        agency_id=root.pk,
    )
    return made


@transaction.atomic
def amend(
    *, by: Actor, campaign: Campaign, title: str, notice: str, due_on: date, publish_by: date, at: datetime,
    notice_number: str = "",
) -> Campaign:
    """Change the notice or the days. What was submitted keeps the day that held then. Nothing changed records nothing.

    Raises Refused as `open_campaign`, and campaign-closed; Denied.
    """
    authorise(by, P.MANAGE, campaign)
    now = held(campaign)
    rules.days(now.year, due_on, publish_by)
    said = _words(title, notice_number, notice) | {"due_on": due_on, "publish_by": publish_by}
    changed = [field for field, value in said.items() if getattr(now, field) != value]
    if not changed:
        return now
    for field in changed:
        setattr(now, field, said[field])
    now.save(update_fields=changed)
    record(
        CampaignChanged(tuple(_NAMES[field] for field in changed), due_on, publish_by), by=by, at=at,
        subject_id=now.pk, agency_id=now.root_id,
    )
    return now


@transaction.atomic
def close(*, by: Actor, campaign: Campaign, at: datetime) -> Campaign:
    """End it: nobody is urged any more. Reports go on. Raises Refused: campaign-closed; Denied."""
    authorise(by, P.MANAGE, campaign)
    now = held(campaign)
    now.closed_at = at
    now.save(update_fields=["closed_at"])
    done = queries.in_state(now, State.PUBLISHED)
    record(
        CampaignClosed(now.members.owing().count() - done), by=by, at=at, subject_id=now.pk, agency_id=now.root_id,
    )
    return now


@transaction.atomic
def reopen(*, by: Actor, campaign: Campaign, reason: str, at: datetime) -> Campaign:
    """Take an ended one up again. Raises Refused: words-missing; Denied."""
    authorise(by, P.MANAGE, campaign)
    said = rules.reason(reason)
    now = held(campaign, closed=True)
    if now.closed_at is None:
        return now
    now.closed_at = None
    now.save(update_fields=["closed_at"])
    record(CampaignReopened(said), by=by, at=at, subject_id=now.pk, agency_id=now.root_id)
    return now


def _words(title: str, number: str, notice: str) -> dict[str, object]:
    if len(number.strip()) > rules.NUMBER_MOST:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name="文号", most=rules.NUMBER_MOST)
    return {
        "title": required("标题", title, rules.TITLE_MOST), "notice_number": number.strip(),
        "notice": required("通知内容", notice, rules.NOTICE_MOST),
    }
