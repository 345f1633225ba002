"""Reads of campaigns worth a name: who owes what, who is to be reminded, the files, the day that holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope, UploadItem
from gongkai.campaigns import rules
from gongkai.campaigns.models import Campaign, Difference, Explanation, Member, Reminder
from gongkai.compilations.membership import GOVERNMENTS, How, membership
from gongkai.compilations.models import Compilation
from gongkai.compilations.states import State

HANDED_IN = (State.SUBMITTED, State.APPROVED, State.PUBLISHED)


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Those that the actor may see, newest year first."""
    return Campaign.objects.visible_to(actor).select_related("root")


def campaign(actor: Actor, pk: int) -> Campaign:
    """One of them. Raises Campaign.DoesNotExist for another government's."""
    return campaigns(actor).get(pk=pk)


def member(actor: Actor, campaign_id: int, pk: int) -> Member:
    """One member of a campaign. Raises Member.DoesNotExist for another agency's."""
    return Member.objects.visible_to(actor).select_related("agency", "campaign__root", "read_by").get(
        pk=pk, campaign=campaign_id,
    )


def agencies_owing(root: Agency, year: int) -> list[tuple[int, str]]:
    """(agency, scope) of everybody below `root` who existed on the last day of the year: a government with parts owes
    the report of its whole level, everybody else its own; the root's own office where it reports for itself."""
    rows = list(Agency.objects.subtree(root).in_force_during(year).order_by("path").values_list(
        "pk", "parent_id", "kind",
    ))
    parents = {parent for _, parent, _ in rows}
    own = membership(root, year).members
    office = next((m for m in own if m.agency.pk == root.pk and m.how in {How.RECORDS, How.FILE}), None)
    found = [(root.pk, str(Scope.OWN))] if office is not None and office.scope == Scope.OWN else []
    return found + [
        (pk, str(Scope.CONSOLIDATED if kind in GOVERNMENTS and pk in parents else Scope.OWN))
        for pk, _, kind in rows if pk != root.pk
    ]


def in_state(campaign: Campaign, *states: State) -> int:
    """How many members' reports stand in one of some states."""
    its = Compilation.objects.filter(
        agency=OuterRef("agency"), scope=OuterRef("scope"), year=campaign.year, state__in=states,
    )
    return campaign.members.owing().filter(Exists(its)).count()


def waiting(campaign: Campaign) -> QuerySet[Member]:
    """Members whose report was not handed in yet."""
    handed = Compilation.objects.filter(
        agency=OuterRef("agency"), scope=OuterRef("scope"), year=campaign.year, state__in=HANDED_IN,
    )
    return campaign.members.owing().filter(~Exists(handed))


def due_within(campaign: Campaign, today: date, days: int) -> QuerySet[Member]:
    """Of those the ones whose last day is past or comes within so many days."""
    last = date.fromordinal(today.toordinal() + days)
    common = Q(due_on__isnull=True) & Q(campaign__due_on__lte=last)
    return waiting(campaign).filter(common | Q(due_on__lte=last))


def to_be_reminded(
    campaign: Campaign, today: date, before: Collection[int], after: Collection[int],
) -> list[int]:
    """Members whom the program must remind today: a reminder is due and none of its own was sent since it fell due."""
    rows = waiting(campaign).annotate(
        last=Max("reminders__sent_at", filter=Q(reminders__sent_by__isnull=True)), common=F("campaign__due_on"),
    ).values_list("pk", "due_on", "common", "last")
    found = []
    for pk, own, common, last in rows:
        mark = rules.stage(own or common, today, before, after)
        if mark is not None and (last is None or last.date() < mark):
            found.append(pk)
    return found


def day_of(agency: Agency, year: int, scope: str) -> date | None:
    """The earliest day by which a supervisor here awaits a report (compilations.due); None where nobody asked."""
    rows = Member.objects.owing().filter(agency=agency, scope=scope, campaign__year=year)
    days = rows.values_list("due_on", "campaign__due_on")
    return min((own or common for own, common in days), default=None)


def files(campaign: Campaign) -> QuerySet[UploadItem]:
    """Files that came in through a campaign, newest first, without their heavy columns."""
    return UploadItem.objects.filter(batch__handed__campaign=campaign).select_related(
        "batch__agency", "recognised_agency", "agency", "version__report", "file",
    ).defer("reading", "findings").order_by("-batch_id", "position")


def differences(campaign: Campaign) -> QuerySet[Difference]:
    """With `explained` for those whose two numbers somebody explained and the supervisor accepted."""
    return Difference.objects.filter(campaign=campaign).annotate(
        explained=Exists(_of_the_same().filter(accepted_at__isnull=False)), spoken=Exists(_of_the_same()),
    )


def explanation_of(difference: Difference) -> Explanation | None:
    """What is said of a difference as it stands; one of other numbers is said of another."""
    return Explanation.objects.filter(
        campaign=difference.campaign_id, agency=difference.agency_id, scope=difference.scope, cell=difference.cell,
        reported=difference.reported, computed=difference.computed, withdrawn_at__isnull=True,
    ).select_related("made_by", "accepted_by").first()


def reminders(member: Member) -> QuerySet[Reminder]:
    """How often a member was urged, newest first."""
    return member.reminders.select_related("sent_by")


def compilation_of(agency: Agency, year: int, scope: str) -> Compilation | None:
    """The work on a report, where it was begun."""
    return Compilation.objects.filter(agency=agency, year=year, scope=scope).select_related(
        "agency", "report__current",
    ).defer("findings", "report__current__reading", "report__current__findings").first()


def _of_the_same() -> Any:
    return Explanation.objects.filter(
        campaign=OuterRef("campaign"), agency=OuterRef("agency"), scope=OuterRef("scope"), cell=OuterRef("cell"),
        reported=OuterRef("reported"), computed=OuterRef("computed"), withdrawn_at__isnull=True,
    )
