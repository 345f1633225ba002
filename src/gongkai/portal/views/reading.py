"""What anybody may read. Every query here asks for what is published, whoever looks."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
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
from gongkai.portal.offices import frame, published_by

ROWS = 40
BELOW = 100
ORGANS = 6


@public
def home(request: HttpRequest) -> HttpResponse:
    """The three doors, and published reports, newest year first; by name and year."""
    text, year = request.GET.get("q", "").strip()[:60], request.GET.get("year", "")
    chosen = int(year) if year.isdecimal() else None
    rows = queries.published_reports(year=chosen, text=text or None).select_related(None).select_related("agency")
    years = sorted(set(queries.published_reports().order_by().values_list("year", flat=True).distinct()), reverse=True)
    organs = agencies.search(text, timezone.localdate()).order_by("path")[:ORGANS] if text else []
    return render(request, "portal/home.html", {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "years": years, "organs": organs,
        "filters": {"q": text, "year": chosen}, "doors": not text and chosen is None and "page" not in request.GET,
    })


@public
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """One agency: its statutory blocks, its published reports by year, and the agencies below it."""
    shown = get_object_or_404(Agency, pk=agency_id)
    reports = published_by(shown)
    below = Agency.objects.filter(parent=shown).in_force(timezone.localdate()).order_by("path")
    return render(request, "portal/agency.html", {
        **frame(shown, "reports", reports.exists()), "former": shown.former_names.all(), "reports": reports,
        "heirs": agencies.heirs(shown) if shown.valid_to else [],
        "page": Paginator(below, BELOW).get_page(request.GET.get("page")),
    })


@public
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
