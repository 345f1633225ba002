"""What needs this person today: read from the rooms, nothing kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.accounts.roles import BY_KEY
from gongkai.agencies.models import Agency
from gongkai.annual_reports import queries, totals
from gongkai.annual_reports.models import AnnualReport, UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ReportState
from gongkai.annual_reports.totals import MemberRow

LAPSES_AFTER = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A statutory date of this year for last year's report. `days` is negative when it has passed."""

    on: date
    what: str
    article: str
    days: int


@dataclass(frozen=True, slots=True)
class Today:
    """The first page: numbers that open, and the first few of each."""

    year: int
    items: list[UploadItem]
    waiting: int
    wrong: list[AnnualReport]
    with_errors: int
    unpublished: int
    missing: list[MemberRow]
    missing_total: int
    filed: int
    amended: int
    due: list[Due]


def today_for(actor: Actor, on: date, first: int = 8) -> Today:
    """The work of `actor` on a day; the year in hand is the one whose reports are due. Mistakes never lapse."""
    year = on.year - 1
    items = queries.waiting(actor)
    reports = AnnualReport.objects.filter(
        within(actor, AnnualReportPermission.SEE, "agency__path"), current__isnull=False,
    ).select_related("agency", "current")
    wrong = reports.filter(Q(current__errors__gt=0) | Q(current__inconsistencies__gt=0))
    missing = _missing(actor, year)
    return Today(
        year=year, items=list(items[:first]), waiting=items.count(),
        wrong=list(wrong.order_by("-year", "-current__errors", "agency__path")[:first]),
        with_errors=reports.filter(current__errors__gt=0).count(),
        unpublished=reports.filter(state=ReportState.FILED).count(),
        missing=missing[:first], missing_total=len(missing),
        filed=reports.filter(year=year).count(), amended=queries.amended_since_published(actor).count(),
        due=_due(on),
    )


def _missing(actor: Actor, year: int) -> list[MemberRow]:
    """Agencies in one's reach that owe the year's report; a clerk's reach is the own agency."""
    rows: dict[int, MemberRow] = {}
    for holding in actor.holdings:
        root = Agency.objects.get(pk=holding.agency_id)
        for member in totals.member_rows(actor, root, year):
            mine = BY_KEY[holding.role].subtree or member.agency.pk == holding.agency_id
            if mine and member.standing == "missing":
                rows[member.agency.pk] = member
    return list(rows.values())


def _due(on: date) -> list[Due]:
    """Art. 49: departments submit and publish by 31 January, the government's report follows by 31 March.

    A date that passed stays in sight for two months, then next year's takes its place.
    """
    days = ((1, 31, "各部门提交并公布 {} 年度年报"), (3, 31, "主管部门公布本级政府 {} 年度年报"))
    due = []
    for month, day, what in days:
        on_day = date(on.year, month, day)
        if (on - on_day).days > LAPSES_AFTER:
            on_day = date(on.year + 1, month, day)
        due.append(Due(on_day, what.format(on_day.year - 1), "第四十九条", (on_day - on).days))
    return sorted(due, key=lambda d: d.on)
