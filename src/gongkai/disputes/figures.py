"""What table 四 counts, as named lists of disputes: a figure is the length of its list.

A case counts in every year in which it was pending or was decided, once, as it stood on 31 December: its last
proceeding that had reached the organ by then is pending, or was decided within the year and counts by its result
(domain: the notices leave the counting of instances open, so that `per_instance` is a setting). What was decided in an
earlier year and never reopened counts no more.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from gongkai.disputes.models import Proceeding
from gongkai.disputes.states import Result, State, Track

PENDING = "pending"
RESULTS = (*(result.value for result in Result), PENDING)


def proceedings(scope: QuerySet[Proceeding], year: int, track: str) -> QuerySet[Proceeding]:
    """The proceedings through which the cases of a track count in a year: one for each case, or each instance."""
    return all_proceedings(scope, year).filter(dispute__track=Track(track))


def all_proceedings(scope: QuerySet[Proceeding], year: int) -> QuerySet[Proceeding]:
    """The same of every track."""
    last = date(year, 12, 31)
    rows = scope.filter(received_on__lte=last).exclude(dispute__state=State.CANCELLED)
    if settings.GONGKAI_DISPUTES_PER_INSTANCE:
        return rows
    later = Proceeding.objects.filter(
        dispute=OuterRef("dispute"), position__gt=OuterRef("position"), received_on__lte=last,
    )
    return rows.exclude(Exists(later))


def pending(scope: QuerySet[Proceeding], year: int, track: str) -> QuerySet[Proceeding]:
    """尚未审结: received by the end of the year and undecided then."""
    last = date(year, 12, 31)
    return proceedings(scope, year, track).exclude(decided_on__lte=last)


def decided(scope: QuerySet[Proceeding], year: int, track: str, result: str) -> QuerySet[Proceeding]:
    """Decided within the year with a result of table 四."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return proceedings(scope, year, track).filter(decided_on__range=(first, last), result=Result(result))


def counts_in(year: int) -> Q:
    """Pending at the end of a year or decided within it, whatever the result."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Q(decided_on__isnull=True) | Q(decided_on__gt=last) | Q(decided_on__range=(first, last))


def cell(scope: QuerySet[Proceeding], year: int, track: str, result: str) -> QuerySet[Proceeding]:
    """The proceedings behind a cell of table 四; `result` may be "pending". Raises ValueError for an unknown one."""
    return pending(scope, year, track) if result == PENDING else decided(scope, year, track, result)


def table_four(scope: QuerySet[Proceeding], year: int) -> dict[tuple[str, str], int]:
    """(track, result) → count, totals left to the reader; one grouped query."""
    how = Case(When(decided_on__lte=date(year, 12, 31), then=F("result")), default=Value(PENDING))
    rows = all_proceedings(scope, year).filter(counts_in(year)).annotate(how=how)
    found = {(track.value, result): 0 for track in Track for result in RESULTS}
    for track, result, number in rows.order_by().values_list("dispute__track", "how").annotate(n=Count("pk")):
        found[track, result] = number
    return found
