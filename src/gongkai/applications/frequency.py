"""How often one applicant asks one organ: for Art. 35 (reasons) and for the fee by piece (Art. 42)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from gongkai.applications.models import Application
from gongkai.core.law import excess


def same_applicant(application: Application) -> QuerySet[Application]:
    """The applicant's applications to this agency, pieces of a split one by one, each with its `day` of receipt.

    Whoever left nothing to be known by is known by this application alone.
    """
    mine = Q(pk=application.pk)
    if application.applicant_key:
        mine |= Q(agency_id=application.agency_id, applicant_key=application.applicant_key)
    return Application.objects.counted().filter(mine).annotate(day=Coalesce("received_on", "arrived_on"))


def counts(application: Application, on: date) -> excess.Counts:
    """Of the calendar month and year of a day, up to that day."""
    days = same_applicant(application).filter(day__range=(date(on.year, 1, 1), on)).values_list("day", flat=True)
    return excess.count(days, on)


def before_in_month(application: Application) -> int:
    """How many of the same calendar month came before this one: the fee rises with the number (国办函〔2020〕109号)."""
    day = application.received_on or application.arrived_on
    earlier = Q(day__lt=day) | Q(day=day, pk__lt=application.pk)
    return same_applicant(application).filter(earlier, day__year=day.year, day__month=day.month).count()


def history(application: Application, on: date) -> str:
    """What a letter says of it: 2026年1月1日以来，您（单位）向本机关提出政府信息公开申请共46件，其中本月12件."""
    counted = counts(application, on)
    return f"{on.year}年1月1日以来，您（单位）向本机关提出政府信息公开申请共{counted.year}件，其中本月{counted.month}件"
