"""What table 三 counts, as named lists of applications: a figure is the length of its list (domain: Art. 50).

A case is new in the year of its statutory receipt (Art. 31), not again when it was corrected, and ends on the day of
its outcome. What is unconfirmed was not received yet and is counted nowhere; a split application counts in its
pieces. So new + carried in = closed + carried out holds by construction, for each kind of applicant.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q

from gongkai.applications.models import ApplicationQuerySet
from gongkai.core.law.answers import ANSWERS, RowSettings, report_row
from gongkai.core.law.applicants import ApplicantKind

_KINDS = list(ApplicantKind)
_WHOLE = Q(closed_on__isnull=True) | Q(closed_on__gte=F("received_on"), answer_kind__in=list(ANSWERS))


def placed(rows: ApplicationQuerySet) -> ApplicationQuerySet:
    """Those that have what it takes to stand in a row and a column: a kind of applicant, and where they are closed a
    kind of answer that the forms know and a day that does not lie before the receipt. What lacks one of these is
    counted nowhere, so that the sums hold; `unplaced` lists it for the person who must mend it."""
    return rows.filter(_WHOLE, applicant_kind__in=_KINDS)


def unplaced(rows: ApplicationQuerySet, year: int) -> ApplicationQuerySet:
    """Those that a year would count if they were complete; what was closed before its receipt, in the year of this."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return rows.counted().exclude(_WHOLE, applicant_kind__in=_KINDS).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=first) | Q(received_on__gte=first), received_on__lte=last,
    )


def received_in(rows: ApplicationQuerySet, year: int) -> ApplicationQuerySet:
    """一、本年新收."""
    return rows.counted().filter(received_on__range=_span(year))


def carried_into(rows: ApplicationQuerySet, year: int) -> ApplicationQuerySet:
    """二、上年结转: received before the year and without an outcome when it began."""
    first = date(year, 1, 1)
    return rows.counted().filter(Q(closed_on__isnull=True) | Q(closed_on__gte=first), received_on__lt=first)


def closed_in(rows: ApplicationQuerySet, year: int) -> ApplicationQuerySet:
    """三、（七）总计: the outcome fell into the year."""
    return rows.counted().filter(closed_on__range=_span(year), received_on__isnull=False)


def closed_as(rows: ApplicationQuerySet, year: int, row: str, form: str = "2021") -> ApplicationQuerySet:
    """One row of 三、本年度办理结果 in a form's own rows."""
    return closed_in(rows, year).filter(answer_kind__in=kinds_of(row, form))


def carried_out_of(rows: ApplicationQuerySet, year: int) -> ApplicationQuerySet:
    """四、结转下年度: received by the end of the year and without an outcome then."""
    return rows.open_on(date(year, 12, 31))


def kinds_of(row: str, form: str = "2021") -> list[str]:
    """The answer kinds that a row of table 三 counts, as this installation reads the forms."""
    taken = reading()
    return [key for key in ANSWERS if row == report_row(key, form, taken)]


def reading() -> RowSettings:
    """In which row what the forms do not mention counts: GONGKAI_ROWS."""
    return RowSettings(**settings.GONGKAI_ROWS)


def table_three(rows: ApplicationQuerySet, year: int, form: str = "2021") -> dict[tuple[str, str], int]:
    """(row, column) → count for the rows and the six columns that hold anything.

    Two grouped queries over what was under way in the year: what is open still, and what was closed since it began. The
    index of closings holds every column that they ask for, so that the registers of earlier years are not looked at.
    """
    first, last = _span(year)
    counts: Counter[tuple[str, str]] = Counter()
    taken = reading()
    under_way = rows.counted().filter(received_on__lte=last).annotate(
        fresh=Q(received_on__gte=first), ended=Q(closed_on__lte=last),
    ).order_by()
    for fresh, kind, number in _counted(under_way.filter(closed_on__isnull=True), "fresh", "applicant_kind"):
        counts["new" if fresh else "carried_in", kind] += number
        counts["carried_out", kind] += number
    grouped = _counted(under_way.filter(closed_on__gte=first), "fresh", "ended", "answer_kind", "applicant_kind")
    for fresh, ended, answer, kind, number in grouped:
        counts["new" if fresh else "carried_in", kind] += number
        if not ended:
            counts["carried_out", kind] += number
            continue
        counts["closed", kind] += number
        if answer in ANSWERS:
            counts[report_row(answer, form, taken), kind] += number
    return dict(counts)


def _counted(rows: ApplicationQuerySet, *by: str) -> list[tuple[Any, ...]]:
    return list(rows.values_list(*by).annotate(n=Count("pk")))


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
