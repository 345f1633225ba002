"""What anybody may read. Every query here asks for what is published, whoever looks."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.actor import PUBLIC
from gongkai.accounts.gate import public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.annual_reports import queries
from gongkai.annual_reports.models import AnnualReport
from gongkai.annual_reports.views.downloads import written
from gongkai.core.report.forms import form_for_year
from gongkai.core.report.render.tables import statutory_tables
from gongkai.core.report.writers import MEDIA_TYPES
from gongkai.portal.keeping import kept
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
        return _reports(request)
    tops = Agency.objects.in_force(timezone.localdate()).filter(parent__isnull=True).order_by("path")
    return render(request, "portal/home.html", {
        "latest": published.rows_of(Filters(), 0, LATEST),
        "policies": published.rows_of(Filters(kinds=LIBRARY), 0, REPORTS),
        "reports": queries.published_reports().select_related(None).select_related("agency")[:REPORTS],
        "organs": tops[:ORGANS],
    })


@public
@kept
def reports(request: HttpRequest) -> HttpResponse:
    """Published annual reports, newest year first; by name and year."""
    return _reports(request)


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


def _reports(request: HttpRequest) -> HttpResponse:
    text, year = request.GET.get("q", "").strip()[:60], request.GET.get("year", "")
    chosen = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None
    rows = queries.published_reports(year=chosen, text=text or None).select_related(None).select_related("agency")
    years = sorted(set(queries.published_reports().order_by().values_list("year", flat=True).distinct()), reverse=True)
    found = agencies.search(text, timezone.localdate()).order_by("path")[:ORGANS] if text else []
    return render(request, "portal/all_reports.html", {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "years": years, "organs": found,
        "filters": {"q": text, "year": chosen},
    })


@public
@kept
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A published report: tables, prose, downloads."""
    shown = _published(report_id)
    effective = queries.effective(shown.published)
    names = form_for_year(shown.year).sections
    return render(request, "portal/report.html", {
        "report": shown, "tables": {table.number: table for table in statutory_tables(effective)},
        "sections": [(n, names[n - 1], effective.sections.get(n)) for n in range(1, 7)],
        "preamble": effective.preamble, "formats": list(MEDIA_TYPES),
        "others": queries.published_reports().filter(agency=shown.agency, scope=shown.scope).exclude(pk=shown.pk),
    })


@public
def download(request: HttpRequest, report_id: int, to: str) -> HttpResponse:  # noqa: ARG001
    """The published version in a format of the reader's choice."""
    return written(_published(report_id).published, to)


def _published(report_id: int) -> AnnualReport:
    """Raises DoesNotExist for what the public may not see, which is a 404."""
    return queries.report(PUBLIC, report_id)
