"""The years in force with their notices, and the days of one year: what every explained date can be held against."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.accounts.gate import actor_of, signed_in
from gongkai.accounts.permissions import may
from gongkai.calendars import queries
from gongkai.calendars.permissions import CalendarPermission
from gongkai.core.errors import Refused
from gongkai.core.workdays import Calendar, region_code, regions
from gongkai.infra.refusals import translated


@signed_in
def years(request: HttpRequest) -> HttpResponse:
    """Every year that is known, for the country or a region, with its notice."""
    region, refused = _region(request)
    calendar = queries.calendar_for(region)
    return render(request, "calendars/years.html", {
        "known": queries.known_years(region), "calendar": calendar, "region": region, "refused": refused,
        "regions": regions(), "asked": request.GET.get("region", ""),
        "may_adopt": may(actor_of(request), CalendarPermission.ADOPT),
    }, status=400 if refused else 200)


@signed_in
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The days of a year that differ from Monday to Friday, and the weekends inside holidays."""
    region, _refused = _region(request)
    calendar = queries.calendar_for(region)
    known = [one for one in queries.known_years(region) if one.arrangement.year == year]
    if not known:
        raise Http404
    return render(request, "calendars/year.html", {
        "year": year, "region": region, "known": known, "notes": _notes(calendar, year),
        "workdays": calendar.count(date(year - 1, 12, 31), date(year, 12, 31)),
    })


def _notes(calendar: Calendar, year: int) -> list[dict[str, object]]:
    """The named days in order, each with whether a notice settles it."""
    days = sorted({
        day.on for layer in calendar.layers if year in layer.years for day in layer.years[year].days
    })
    return [{"note": calendar.note(day), "known": calendar.knows(day) or day.year != year} for day in days]


def _region(request: HttpRequest) -> tuple[str, str]:
    """The region that was asked for, and why it cannot be shown where it cannot."""
    try:
        return region_code(request.GET.get("region", "")), ""
    except Refused as refusal:
        return "", translated(refusal)
