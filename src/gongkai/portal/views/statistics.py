"""Statistics of what is published: pictures beside their tables, and the tables as CSV."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.accounts.gate import public
from gongkai.agencies.models import Agency, Kind
from gongkai.annual_reports.exports import csv_response
from gongkai.infra import charts
from gongkai.portal import lists
from gongkai.portal.figures import Figures, figures
from gongkai.portal.keeping import kept, remembered
from gongkai.portal.offices import frame
from gongkai.publications.public import Filters

PICTURES = ("months", "kinds", "items")


@public
@kept
def whole(request: HttpRequest) -> HttpResponse:
    """Of the whole site."""
    return render(request, "portal/statistics.html", {"figures": _of(request, None), "named": _named(request, None),
                                                      "here": reverse("portal:statistics"), "agency": None})


@public
@kept
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Of one agency; of a government with everything below it."""
    shown = get_object_or_404(Agency, pk=agency_id)
    return render(request, "portal/agency_statistics.html", {
        **frame(shown, "statistics", request), "figures": _of(request, shown), "named": _named(request, shown),
        "here": reverse("portal:agency-statistics", args=[shown.pk]), "whole": shown.kind == Kind.GOVERNMENT,
    })


@public
@kept
def picture(request: HttpRequest, name: str, agency_id: int | None = None) -> HttpResponse:
    """One of PICTURES as SVG."""
    shown = get_object_or_404(Agency, pk=agency_id) if agency_id is not None else None
    points = _named(request, shown).get(name)
    if points is None:
        raise Http404
    title = {"months": _("按月发布数量"), "kinds": _("按体裁发布数量"), "items": _("按目录事项发布数量")}[name]
    draw = charts.columns if name == "months" else charts.bars
    response = HttpResponse(draw(points, title), content_type="image/svg+xml")
    # It may style itself and nothing more.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@public
def table(request: HttpRequest, name: str, agency_id: int | None = None) -> HttpResponseBase:
    """The table of a picture as CSV."""
    shown = get_object_or_404(Agency, pk=agency_id) if agency_id is not None else None
    points = _named(request, shown).get(name)
    if points is None:
        raise Http404
    heads = {"months": "月份", "kinds": "体裁", "items": "目录事项"}
    return csv_response(f"statistics-{name}", (heads[name], "数量"), points)


def _of(request: HttpRequest, agency: Agency | None) -> Figures:
    def count() -> Figures:
        if agency is None:
            return figures(Filters(), timezone.localdate())
        filters = Filters(under=agency.path) if agency.kind == Kind.GOVERNMENT else Filters(agency=agency.pk)
        return figures(filters, timezone.localdate())

    return remembered(request, ("figures", agency.pk if agency else 0), count)  # type: ignore[no-any-return]


def _named(request: HttpRequest, agency: Agency | None) -> dict[str, list[tuple[str, int]]]:
    """The points of each picture, with names in the language of the page."""
    found = _of(request, agency)

    def name() -> dict[str, list[tuple[str, int]]]:
        return {
            "months": found.months, "kinds": [(lists.kind_name(kind), n) for kind, n in found.kinds],
            # Codes that are the numbers of articles are told; others are names for programs.
            "items": [(f"{code} {item}" if code[:1].isdigit() else item, n) for code, item, n in found.items],
        }

    key = ("named", agency.pk if agency else 0, get_language())
    return remembered(request, key, name)  # type: ignore[no-any-return]
