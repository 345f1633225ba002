"""The register as a list: filtered by its address, with the columns that a person chose."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of
from gongkai.accounts.models import User
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency, Section
from gongkai.applications import queries, work
from gongkai.applications.forms.listing import COLUMNS, SHOWN, RegisterFilter
from gongkai.applications.models import Application
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.views.doors import office
from gongkai.vault.permissions import VaultPermission

ROWS = 50
MOST = 10_000  # rows that are counted and paged through; beyond it a filter is the way
CHOICES = 200  # sections, people, agencies offered in a filter
KEY = "applications-columns"


class Pages(Paginator):
    """Pages of a long list, counted no further than MOST."""

    def __init__(self, rows: Any, size: int) -> None:
        total, self.more = queries.capped_total(rows, MOST)
        super().__init__(rows, size)
        self.__dict__["count"] = total  # Paginator would count all of it


@office
def register(request: HttpRequest) -> HttpResponseBase:
    """Applications in one's reach, newest first unless the address says otherwise."""
    actor, today = at_desk(request), timezone.localdate()
    form = filter_of(request, actor, today)
    rows = rows_of(form, actor, today)
    pages = Pages(rows, ROWS)
    page: Page[Any] = pages.get_page(request.GET.get("page"))
    page.object_list = work.with_chips(
        page.object_list.select_related("agency", "section", "handler").defer("content"), today,
    )
    shown = columns_of(request)
    return render(request, "applications/list.html", {
        "form": form, "page": page, "more": pages.more,
        "columns": {key: name for key, name in COLUMNS.items() if key in shown},
        "all_columns": COLUMNS, "shown": shown, "group": work.GROUPS.get(form.cleaned_data.get("group") or ""),
        "may_see_masks": may(actor, VaultPermission.SEE_MASKED),
        "may_import": may(actor, P.IMPORT), "may_hand_over": may(actor, P.HANDLE),
        "may_register": may(actor_of(request), P.REGISTER), "several": len({h.agency_id for h in actor.holdings}) > 1,
        "export": _export(actor), "kept": [(k, v) for k, v in request.GET.items() if k not in {"show", "page"}],
    })


def filter_of(request: HttpRequest, actor: Actor, today: date) -> RegisterFilter:
    """The filter that stands in the address; choices are those of one's reach."""
    reach = within(actor, P.SEE, "path")
    agencies = Agency.objects.filter(reach)
    own = {h.agency_id for h in actor.holdings}
    # One look at either end of the index; asked for together they would read all of it.
    days = Application.objects.visible_to(actor).values_list("arrived_on", flat=True)
    first, last = days.order_by("arrived_on", "pk").first() or today, days.first() or today
    years = list(range(last.year, first.year - 1, -1))
    return RegisterFilter(
        request.GET, years=years,
        sections=Section.objects.filter(agency_id__in=own), agencies=agencies.order_by("path")[:CHOICES]
        if not request.GET.get("agency") else agencies.order_by("path"),
        handlers=User.objects.filter(posts__agency_id__in=own, is_active=True).distinct().order_by("name"),
    )


def rows_of(form: RegisterFilter, actor: Actor, today: date) -> Any:
    """The filtered register in its order, without joins beyond what the filter needs."""
    scope = work.scope_of(actor, today)
    filters = form.filters
    rows = queries.listing(actor, filters, today, scope.soon)
    if filters.group:
        rows = work.narrowed(rows, filters.group, scope)
    order = form.cleaned_data.get("sort") or ""
    if order == "-closed_on":
        return rows.filter(closed_on__isnull=False).order_by("-closed_on", "-pk")
    if order:
        return rows.order_by(F(order).asc(nulls_last=True), "pk")
    return rows


def columns_of(request: HttpRequest) -> tuple[str, ...]:
    """What was chosen in the address, else what was chosen last, else the usual ones."""
    asked = tuple(name for name in request.GET.getlist("show") if name in COLUMNS)
    if asked:
        request.session[KEY] = list(asked)
        return asked
    return tuple(name for name in request.session.get(KEY, ()) if name in COLUMNS) or SHOWN


def _export(actor: Actor) -> str:
    """The address of the export, where there is one and this person may take it."""
    if not may(actor, P.EXPORT):
        return ""
    try:
        return reverse("applications:export")
    except NoReverseMatch:
        return ""
