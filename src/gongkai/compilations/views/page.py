"""The report as the statutory tables themselves: every number opens, findings stand beside the cells."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.annual_reports import queries as filed
from gongkai.annual_reports.models import AnnualReport
from gongkai.compilations import assemble, problems, queries
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Origin
from gongkai.compilations.views.drawing import apart, drawn
from gongkai.compilations.views.frame import frame, opened
from gongkai.core.report.compare import compare
from gongkai.core.report.forms import form_for_year


@requires(P.SEE)
@never_cache
def report(request: HttpRequest, compilation_id: int) -> HttpResponse:
    """The page. htmx asks for it again when somebody comes back to it from mending a record."""
    shown = opened(request, compilation_id)
    context = frame(request, shown, "report")
    found = drawn(shown, context["today"])
    frozen = context["standing"].frozen
    moved = apart(shown, found.figures) if frozen else set()
    return render(request, "compilations/report.html", context | {
        "drawn": found, "tables": found.tables, "figures": found.figures, "by_hand_tables": found.by_hand_tables,
        "problems": [] if frozen or shown.origin == Origin.FILE else problems.problems(shown, today=context["today"]),
        "remarks": queries.remarks(shown), "apart": moved, "differing": moved,
    })


@requires(P.SEE)
@never_cache
def comparison(request: HttpRequest, compilation_id: int) -> HttpResponse:
    """Against the agency's report of last year, cell by cell."""
    shown = opened(request, compilation_id)
    context = frame(request, shown, "compare")
    before = _last_year(request, shown)
    if before is None:
        return render(request, "compilations/compare.html", context | {"comparison": None})
    version = filed.version_for(actor_of(request), before)
    now = assemble.report_of(shown, figures=assemble.standing(shown))
    found, everything = compare(filed.effective(version), now), request.GET.get("all") == "1"
    names = form_for_year(shown.year).sections
    return render(request, "compilations/compare.html", context | {
        "comparison": found, "everything": everything, "pairs": found.cells if everything else found.differing,
        "before": before,
        "likeness": [(names[n - 1], round(likeness * 100)) for n, likeness in sorted(found.sections.items())],
    })


def _last_year(request: HttpRequest, shown: Compilation) -> AnnualReport | None:
    """The agency's report of the year before that this person may see."""
    return AnnualReport.objects.visible_to(actor_of(request)).filter(
        agency_id=shown.agency_id, scope=shown.scope, year=shown.year - 1, current__isnull=False,
    ).select_related(*filed.REPORT_JOINS).first()

