"""The numbers that ratios take from this system's own records: replies on time, documents that stood published.

One query for each kind, whatever the number of agencies and years. An agency that keeps no such records here is
absent, never zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.agencies.models import AgencyQuerySet
from gongkai.analysis.ratios import DOCUMENTS, ON_TIME, WITH_DUE
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.applications.models import Application, ApplicationQuerySet
from gongkai.core.report.model import Number
from gongkai.publications.models import Publication
from gongkai.publications.public import Year

Found = dict[tuple[int, int], dict[str, Number]]


def counted(
    actor: Actor, agencies: AgencyQuerySet | Iterable[int], years: Iterable[int], parts: Iterable[str],
) -> Found:
    """(agency, year) → number for the parts that are counted from records, of agencies within the actor's duty."""
    wanted, found, asked = set(parts), defaultdict[tuple[int, int], dict[str, Number]](dict), sorted(set(years))
    if not asked:
        return {}
    mine = within(actor, AnnualReportPermission.SEE, "agency__path")
    if wanted & {ON_TIME, WITH_DUE}:
        rows = with_due(Application.objects.filter(mine, agency__in=agencies), asked[0], asked[-1])
        for agency, year, due, on_time in rows.order_by().values_list("agency_id", Year("closed_on")).annotate(
            due=Count("pk"), on_time=Count("pk", filter=Q(closed_on__lte=F("due_on"))),
        ):
            if year in asked:
                found[agency, year] |= {ON_TIME: on_time, WITH_DUE: due}
    if DOCUMENTS in wanted:
        _documents(found, Publication.objects.filter(mine, agency__in=agencies), asked)
    return dict(found)


def with_due(rows: ApplicationQuerySet, first: int, last: int) -> ApplicationQuerySet:
    """Those that were closed in some years and had a day by which they were due."""
    return rows.counted().filter(
        closed_on__range=(date(first, 1, 1), date(last, 12, 31)), received_on__isnull=False, due_on__isnull=False,
    )


def late(rows: ApplicationQuerySet, year: int) -> ApplicationQuerySet:
    """Those of `with_due` that were closed after their day: what a rate below 100 % opens to."""
    return with_due(rows, year, year).filter(closed_on__gt=F("due_on"))


def _documents(found: dict[tuple[int, int], dict[str, Number]], rows: QuerySet[Publication], years: list[int]) -> None:
    """Published by the end of each year and not taken down by then. One query with a count for each year."""
    counts = {
        f"in_{year}": Count("pk", filter=Q(published_on__lte=date(year, 12, 31)) & (
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=_new_year(year + 1))
        )) for year in years
    }
    asked = rows.filter(published_on__isnull=False).order_by().values("agency_id").annotate(**counts)
    for row in asked:
        for year in years:
            found[row["agency_id"], year][DOCUMENTS] = row[f"in_{year}"]


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
