"""The first page: every register at a glance, table 二 as it stands now, and what the register lacks."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import beneath, may, within
from gongkai.agencies.models import Agency
from gongkai.core.report.forms import cell_specs, form_for_year
from gongkai.core.report.model import Cell, Report, Status
from gongkai.core.report.render.labels import cell_title
from gongkai.core.report.render.tables import TableView, statutory_tables
from gongkai.statutory_registers import queries
from gongkai.statutory_registers.figures import Figure, table_two
from gongkai.statutory_registers.models import Document, Entry
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import SHOWN_WITHIN
from gongkai.statutory_registers.views import reach

FORMS = ("2021", "2019")
SCOPES = ("own", "below")
LACKING = 20


@requires(P.SEE)
def overview(request: HttpRequest) -> HttpResponseBase:
    """Each register of an agency in a year."""
    actor, today = at_desk(request), timezone.localdate()
    agency, year = reach.agency_of(request), reach.year_of(request, today.year)
    form = request.GET.get("form") if request.GET.get("form") in FORMS else form_for_year(year).id
    below = request.GET.get("scope") == "below"
    has_below = reach.agencies(actor).filter(beneath(agency.path, "path")).exclude(pk=agency.pk).exists()
    scope = "below" if below and has_below else "own"
    cells = table_two(_scope(request, agency, scope), year, str(form))
    lacking = queries.unregistered(agency).order_by("published_on", "pk")
    gone = queries.ended_elsewhere(agency)
    choices = list(reach.agencies(actor)[:reach.CHOICES])
    if agency not in choices:
        choices.insert(0, agency)
    return render(request, "registers/overview.html", {
        "agency": agency, "agencies": choices, "year": year, "years": reach.years(today.year), "form_id": form,
        "scope": scope, "has_below": has_below, "tables": [drawn(cells, str(form), agency, year)],
        "standings": queries.overview(agency, year, today), "within": SHOWN_WITHIN,
        "in_force": Document.objects.filter(agency=agency).in_force_on(today).count(),
        "silent": Document.objects.filter(agency=agency).in_force_on(today).filter(queries.SILENT).count(),
        "lacking": lacking[:LACKING], "lacking_total": lacking.count(), "gone": gone[:LACKING],
        "keeps": reach.keeps(actor_of(request), agency), "imports": may(actor_of(request), P.IMPORT, agency),
    })


@requires(P.SEE)
def cell(request: HttpRequest, agency_id: int, year: int, form: str, scope: str, cell: str) -> HttpResponseBase:
    """The records behind a number of table 二."""
    agency = reach.agencies(actor_of(request)).get(pk=agency_id)
    years = range(reach.FIRST_YEAR, timezone.localdate().year + 1)
    if form not in FORMS or scope not in SCOPES or year not in years:
        raise Http404
    try:
        figure = table_two(_scope(request, agency, scope), year, form)[cell]
    except KeyError:
        raise Http404 from None
    related = ("agency",) if figure.records.model is not Entry else ("agency", "item")
    page = reach.paged(request, figure.records.select_related(*related))
    ended = figure.minus.select_related("agency")[:reach.ROWS] if figure.minus is not None else ()
    return render(request, "registers/cell.html", {
        "agency": agency, "year": year, "form_id": form, "scope": scope, "figure": figure, "page": page,
        "ended": ended, "title": cell_title(cell, form), "kind": figure.records.model._meta.model_name,
    })


def drawn(figures: dict[str, Figure], form: str, agency: Agency, year: int) -> TableView:
    """Table 二 with these figures in it."""
    cells = {}
    for cell_id, spec in cell_specs((("t2", form),)).items():
        if not cell_id.startswith("t2."):
            continue
        figure = figures[cell_id]
        unit = None if spec.kind != "amount" else spec.unit or "元"
        value = figure.value
        plain = value if not isinstance(value, Decimal) or value % 1 else int(value)
        cells[cell_id] = Cell(cell_id, Status.VALUE, plain, None, unit)
    report = Report(form=form, forms={"t2": form}, agency=agency.name, year=year, cells=cells)
    return statutory_tables(report)[0]


def _scope(request: HttpRequest, agency: Agency, scope: str) -> Q:
    """The agency alone, or with everything below it that this person may see."""
    if scope == "own":
        return Q(agency=agency)
    return beneath(agency.path, "agency__path") & within(actor_of(request), P.SEE, "agency__path")
