"""What needs this person today: read from the rooms, nothing kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.accounts.roles import BY_KEY
from gongkai.agencies.models import Agency
from gongkai.annual_reports import queries, totals
from gongkai.annual_reports.models import AnnualReport, UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.totals import MemberRow


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
    wrong_total: int
    unpublished: int
    missing: list[MemberRow]
    missing_total: int
    filed: int
    amended: int
    due: list[Due]


def today_for(actor: Actor, on: date, first: int = 8) -> Today:
    """The work of `actor` on a day; the year in hand is the one whose reports are due."""
    year = on.year - 1
    items = queries.waiting(actor)
    reports = queries.reports(actor, year=year)
    mine = may(actor, AnnualReportPermission.CORRECT)
    wrong = reports.filter(Q(current__errors__gt=0) | Q(current__inconsistencies__gt=0)) if mine else reports.none()
    missing = _missing(actor, year)
    return Today(
        year=year, items=list(items[:first]), waiting=items.count(),
        wrong=list(wrong.order_by("-current__errors", "agency__path")[:first]), wrong_total=wrong.count(),
        unpublished=reports.exclude(state="published").count(), missing=missing[:first], missing_total=len(missing),
        filed=reports.count(), amended=queries.amended_since_published(actor).count(), due=_due(on),
    )


def _missing(actor: Actor, year: int) -> list[MemberRow]:
    """Agencies in one's reach that owe the year's report; a clerk's reach is the own agency."""
    rows: dict[int, MemberRow] = {}
    for holding in actor.holdings:
        root = Agency.objects.get(pk=holding.agency_id)
        for member in totals.member_rows(actor, root, year):
            within = BY_KEY[holding.role].subtree or member.agency.pk == holding.agency_id
            if within and member.standing == "missing":
                rows[member.agency.pk] = member
    return list(rows.values())


def _due(on: date) -> list[Due]:
    """Art. 49: departments submit and publish by 31 January; Art. 50 with 49: the government's by 31 March."""
    dates = [
        (date(on.year, 1, 31), "各部门向主管部门提交并公布上一年度年报", "第四十九条"),
        (date(on.year, 3, 31), "主管部门公布本级政府上一年度年报", "第四十九条"),
    ]
    return [Due(day, what, article, (day - on).days) for day, what, article in dates]
