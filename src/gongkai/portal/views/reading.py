"""What anybody may read. Every query here asks for what is published, whoever looks."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.gate import public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.annual_reports import queries
from gongkai.portal.keeping import kept
from gongkai.portal.views.annual import listed
from gongkai.publications import public as published
from gongkai.publications.public import LIBRARY, Filters

ROWS = 40
ORGANS = 6
LATEST = 10
REPORTS = 5


@public
@kept
def home(request: HttpRequest) -> HttpResponse:
    """The doors, what is newest, and how to find an organ. With words, a year or a page: the reports, as ever."""
    if any(name in request.GET for name in ("q", "year", "page")):
        return listed(request)
    tops = Agency.objects.in_force(timezone.localdate()).filter(parent__isnull=True).order_by("path")
    return render(request, "portal/home.html", {
        "latest": published.rows_of(Filters(), 0, LATEST),
        "policies": published.rows_of(Filters(kinds=LIBRARY), 0, REPORTS),
        "reports": queries.published_reports().select_related(None).select_related("agency")[:REPORTS],
        "organs": tops[:ORGANS],
    })


@public
@kept
def organs(request: HttpRequest) -> HttpResponse:
    """The platforms of all organs: the tops of the tree, or those that a name finds."""
    text, today = request.GET.get("q", "").strip()[:60], timezone.localdate()
    rows = agencies.search(text, today) if text else Agency.objects.in_force(today).filter(parent__isnull=True)
    return render(request, "portal/organs.html", {
        "page": Paginator(rows.select_related("parent").order_by("path"), ROWS).get_page(request.GET.get("page")),
        "q": text,
    })
