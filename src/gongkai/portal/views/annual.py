"""Published annual reports (Arts. 49, 50): the list, a report with its tables, pictures and corrections, its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.actor import PUBLIC
from gongkai.accounts.gate import public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.analysis.measures import measure
from gongkai.analysis.values import Table, table
from gongkai.annual_reports import queries
from gongkai.annual_reports.models import AnnualReport, Scope
from gongkai.annual_reports.views.downloads import written
from gongkai.compilations import output
from gongkai.compilations.models import Signing
from gongkai.compilations.output.marks import remarks, typed_in
from gongkai.compilations.output.pictures import pictures
from gongkai.compilations.states import Origin
from gongkai.core.report.forms import form_for_year
from gongkai.core.report.model import Report
from gongkai.core.report.render.tables import statutory_tables
from gongkai.core.report.writers import MEDIA_TYPES
from gongkai.files.downloads import attachment
from gongkai.infra import charts
from gongkai.portal.editions import editions
from gongkai.portal.keeping import kept, remembered

ROWS = 40
ORGANS = 6
ABOVE = 60     # governments offered as a filter
YEARS = 6
MEASURES = ("t3.new.total", "t3.closed.total", "t3.carried_out.total", "disclosed")


@public
@kept
def reports(request: HttpRequest) -> HttpResponse:
    """Published annual reports, newest year first; by name, year, scope, and below which government."""
    return listed(request)


def listed(request: HttpRequest) -> HttpResponse:
    """The list, also behind the old address of the front page."""
    text, chosen = request.GET.get("q", "").strip()[:60], _year(request)
    scope = request.GET.get("scope", "")
    scope = scope if scope in Scope.values else ""
    under = _under(request)
    rows = queries.published_reports(year=chosen, text=text or None, under=under)
    rows = (rows.filter(scope=scope) if scope else rows).select_related(None).select_related("agency")
    found = agencies.search(text, timezone.localdate()).order_by("path")[:ORGANS] if text else []
    return render(request, "portal/all_reports.html", {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "organs": found, "scopes": Scope.choices,
        "years": remembered(request, ("report-years",), _years),
        "above": remembered(request, ("report-above",), _above),
        "filters": {"q": text, "year": chosen, "scope": scope, "under": under},
        "narrowed": bool(text or chosen or scope or under),
    })


@public
@kept
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A published report: what was corrected, tables with their pictures, prose, downloads, its other years."""
    shown = _published(report_id)
    effective, signing = queries.effective(shown.published), _signing(shown)
    names = form_for_year(shown.year).sections
    drawn = pictures(effective)
    versions = editions(shown)
    years = queries.published_reports().filter(agency=shown.agency, scope=shown.scope).order_by("-year")
    others = list(years.exclude(pk=shown.pk).select_related(None).select_related("agency"))
    return render(request, "portal/report.html", {
        "report": shown, "tables": {one.number: one for one in statutory_tables(effective)},
        "pictures": {int(key[1]): [(f"{key}-{n}", one.told) for n, one in enumerate(found)]
                     for key, found in drawn.items()},
        "remarks": {int(key[1]): said for key, said in _remarks(signing, effective).items()},
        "sections": [(n, names[n - 1], effective.sections.get(n)) for n in range(1, 7)],
        "preamble": effective.preamble, "formats": _formats(signing), "others": others,
        "before": next((one for one in others if one.year == shown.year - 1), None),
        "editions": versions, "corrections": [one for one in versions if one.changes or one.prose or one.reasons],
        "by_year": _by_year(shown), "signature": effective.signature, "signed_on": effective.signed_on,
    })


@public
@kept
def picture(request: HttpRequest, report_id: int, name: str) -> HttpResponse:  # noqa: ARG001
    """A picture of the report as SVG: `t3-0` as the page names it, `years` for the line of its years."""
    shown = _published(report_id)
    if name == "years":
        svg = _drawn_years(shown)
    else:
        key, _dash, place = name.partition("-")
        found = pictures(queries.effective(shown.published)).get(key, [])
        if not place.isascii() or not place.isdecimal() or int(place) >= len(found):
            raise Http404
        svg = found[int(place)].svg
    response = HttpResponse(svg, content_type="image/svg+xml")
    # It may style itself and nothing more.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@public
@kept
def download(request: HttpRequest, report_id: int, to: str) -> HttpResponse:  # noqa: ARG001
    """The published version in a format of the reader's choice: as it was signed where it was compiled here."""
    shown = _published(report_id)
    signing = _signing(shown)
    if to not in _formats(signing):
        raise Http404
    if signing is None or (to in MEDIA_TYPES and (signing.compilation.origin == Origin.FILE or to == "csv")):
        return written(shown.published, to)
    name = f"{shown.agency.name}{shown.year}年度政府信息公开工作年度报告.{to}"
    return attachment(output.write(signing.compilation, to, signing=signing), name, output.MEDIA_TYPES[to])


# What people read before what programs read.
_ORDER = ("docx", "pdf", "xlsx", "html", "csv", "json", "zip")


def _published(report_id: int) -> AnnualReport:
    """Raises DoesNotExist for what the public may not see, which is a 404."""
    return queries.published_reports().get(pk=report_id)


def _signing(report: AnnualReport) -> Signing | None:
    """What froze the published version; None for a report that only came as a file."""
    return Signing.objects.filter(version=report.published_id).select_related(
        "compilation__agency", "version__file", "version__report",
    ).first()


def _formats(signing: Signing | None) -> list[str]:
    """What can be downloaded. The package lets anybody count the tables again."""
    formats = {*MEDIA_TYPES, *(output.MEDIA_TYPES if signing is not None else ())}
    return sorted(formats, key=lambda to: (_ORDER.index(to) if to in _ORDER else len(_ORDER), to))


def _remarks(signing: Signing | None, effective: Report) -> dict[str, str]:
    """Below which table it stands that numbers were typed in."""
    if signing is None:
        return {}
    return remarks(typed_in(signing.compilation, signing), effective.form or signing.compilation.form)


def _by_year(report: AnnualReport) -> dict[str, Any] | None:
    """The years of this organ that are published; nothing for a single one."""
    found = _table(report)
    years = [year for year in found.years if (report.agency_id, year) in found.reports]
    if len(years) < 2:
        return None
    return {
        "years": years, "rows": [
            (one, [found.at(report.agency_id, year, one.key) for year in years]) for one in found.measures
        ], "picture": reverse("portal:report-picture", args=[report.pk, "years"]),
    }


def _table(report: AnnualReport) -> Table:
    span = range(report.year - YEARS + 1, report.year + 1)
    return table(PUBLIC, [report.agency_id], span, [measure(key) for key in MEASURES], report.scope)


def _drawn_years(report: AnnualReport) -> str:
    found = _table(report)
    names = {"t3.new.total": _("本年新收"), "t3.closed.total": _("办结"), "t3.carried_out.total": _("结转下年")}
    return charts.lines([
        (name, [(str(year), None if value is None else float(value))
                for year, value in found.series(report.agency_id, key)]) for key, name in names.items()
    ], _("各年度收到、办结和结转的申请"))


def _year(request: HttpRequest) -> int | None:
    year = request.GET.get("year", "")
    return int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None


def _under(request: HttpRequest) -> Agency | None:
    key = request.GET.get("under", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        return None
    return Agency.objects.filter(pk=int(key)).first()


def _years() -> list[tuple[int, int]]:
    """(year, how many reports), newest first."""
    rows = AnnualReport.objects.published().order_by().values_list("year").annotate(n=Count("pk"))
    return sorted(rows, reverse=True)


def _above() -> list[tuple[int, str]]:
    """Governments and organs below which reports are published."""
    paths = AnnualReport.objects.published().order_by().values_list("agency__path", flat=True).distinct()
    above = {path[:end] for path in paths.iterator(chunk_size=2000) for end in range(8, len(path), 8)}
    rows = Agency.objects.filter(path__in=sorted(above)[:ABOVE * 4]).order_by("path")
    return list(rows.values_list("pk", "name")[:ABOVE])
