"""What a campaign wants of a person today: the notice that was not signed for, the report that is due, the last
urging; for a supervisor the numbers of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.campaigns import board
from gongkai.campaigns.board import Row, Totals
from gongkai.campaigns.models import Campaign, Reminder
from gongkai.campaigns.permissions import CampaignPermission as P

FIRST = 6


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that one's office owes. `urged` are the words of the last urging, while it is awaited."""

    campaign: Campaign
    row: Row
    urged: str
    days: int


@dataclass(frozen=True, slots=True)
class Run:
    """A campaign that one runs."""

    campaign: Campaign
    totals: Totals


@dataclass(frozen=True, slots=True)
class Work:
    """Of one person on one day."""

    owed: list[Owed]
    run: list[Run]


def work_for(actor: Actor, today: date) -> Work:
    """Open campaigns only; nothing is asked of who has no part in one."""
    if not may(actor, P.SEE):
        return Work([], [])
    open_ones = Campaign.objects.visible_to(actor).filter(closed_at__isnull=True).select_related("root")
    mine = {holding.agency_id for holding in actor.holdings}
    runs = set(Campaign.objects.filter(within(actor, P.MANAGE, "root__path")).values_list("pk", flat=True))
    owed, run = [], []
    for campaign in open_ones[:FIRST]:
        rows = board.rows_of(campaign, today, actor)
        if campaign.pk in runs:
            run.append(Run(campaign, board.totals(rows, campaign)))
        asked = [r for r in rows if r.agency_id in mine and (r.awaited or r.standing is board.Standing.RETURNED
                                                             or r.read_at is None)]
        owed += [Owed(campaign, row, _urged(row), (row.due_on - today).days)
                 for row in asked[:FIRST] if row.standing is not board.Standing.EXEMPT]
    return Work(owed, run)


def _urged(row: Row) -> str:
    if not row.awaited or not row.reminded:
        return ""
    return Reminder.objects.filter(member=row.pk).values_list("text", flat=True).first() or ""
