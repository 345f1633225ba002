"""The reports of one's reach by year, and the button that begins one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.compilations import actions
from gongkai.compilations.forms.listing import ReportFilter, StartForm
from gongkai.compilations.membership import GOVERNMENTS
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import able
from gongkai.compilations.views.doors import compiler
from gongkai.compilations.views.frame import due_of
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated

ROWS = 50
CHOICES = 500  # agencies offered in a choice
FIRST_YEAR = 2008  # the regulation's first
HEADLINES = 3  # agencies of one's own for which the one button is shown


def year_due(today: date) -> int:
    """The year whose report is due next, or was due last: last year's."""
    return today.year - 1


@requires(P.SEE)
def reports(request: HttpRequest) -> HttpResponseBase:
    """The list, newest year first, filtered by its address."""
    actor, today = at_desk(request), timezone.localdate()
    rows = Compilation.objects.visible_to(actor)
    years = sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True)
    form = ReportFilter(request.GET, years=years)
    if text := form.said("q"):
        rows = rows.filter(Q(agency__name__icontains=text) | Q(agency__short_name__icontains=text))
    rows = rows.filter(**{field: value for field in form.FIRST if (value := form.said(field))})
    page: Any = Paginator(rows.select_related("agency", "report"), ROWS).get_page(request.GET.get("page"))
    for row in page:
        row.due = due_of(row, today) if row.submitted_at is None else None
    mine = _mine(actor)
    choices = list(mine[:CHOICES])
    return render(request, "compilations/list.html", {
        "form": form, "page": page, "several": len({row.agency_id for row in page}) > 1,
        "year_due": year_due(today), "today": today,
        "headlines": _headlines(actor, choices, year_due(today)),
        "start": StartForm(agencies=mine, years=_years(today), scopes=_scopes(actor)) if choices else None,
    })


@compiler
@posted(lambda: reverse("compilations:list"))
def start(request: HttpRequest) -> HttpResponseBase:
    """Begin a report, or open the one that was begun before: pressing twice begins one."""
    actor, today = actor_of(request), timezone.localdate()
    form = StartForm(request.POST, agencies=_mine(actor), years=_years(today), scopes=_scopes(actor))
    if not form.is_valid():
        messages.error(request, _("没有开始编制：请选择机关、年度和范围"))
        return redirect("compilations:list")
    given = form.cleaned_data
    try:
        made = actions.start(
            by=actor, agency=given["agency"], year=given["year"], scope=given["scope"], at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("compilations:list")
    return redirect("compilations:report", made.pk)


def _mine(actor: Actor) -> Any:
    """The agencies for which this person compiles: its report, or the consolidated one of a government."""
    own, whole = within(actor, P.COMPILE, "path"), within(actor, P.CONSOLIDATE, "path")
    return Agency.objects.filter(own | (whole & Q(kind__in=GOVERNMENTS))).order_by("path")


def _scopes(actor: Actor) -> list[tuple[str, Any]]:
    """For whom a report that this person begins can speak: who only consolidates begins no office's own."""
    return [one for one in Scope.choices if one[0] == Scope.CONSOLIDATED or may(actor, P.COMPILE)]


def _headlines(actor: Actor, agencies: list[Agency], year: int) -> list[dict[str, Any]]:
    """For each agency of one's own the report that is due: begun already, or to be begun."""
    held = {h.agency_id for h in actor.holdings}
    own = [agency for agency in agencies if agency.pk in held][:HEADLINES]
    begun = {
        (row.agency_id, row.scope): row
        for row in Compilation.objects.filter(agency__in=own, year=year).select_related("agency")
    }
    parents = set(
        Agency.objects.filter(parent__in=own).order_by().values_list("parent_id", flat=True).distinct()
    )
    return [
        {"agency": agency, "scope": scope, "scope_name": Scope(scope).label, "begun": begun.get((agency.pk, scope))}
        for agency in own
        for scope in (Scope.OWN, *((Scope.CONSOLIDATED,) if agency.pk in parents else ()))
        if able(actor, P.COMPILE, agency, scope)
    ]


def _years(today: date) -> list[int]:
    return list(range(today.year, FIRST_YEAR - 1, -1))
