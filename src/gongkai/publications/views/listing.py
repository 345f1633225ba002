"""The list of publications (公开台账): filtered by its address, with the columns that were chosen; and its export."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency, Section
from gongkai.catalogue.models import Item
from gongkai.core.tables import MEDIA_TYPES
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.publications import exporting, queries, work
from gongkai.publications.actions.desk import note_export
from gongkai.publications.chips import with_chips
from gongkai.publications.forms.listing import COLUMNS, SHOWN, ListFilter
from gongkai.publications.models import Publication
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.views.doors import drafts, office

ROWS = 50
CHOICES = 200  # sections, items, agencies offered in a filter
KEY = "publications-columns"


class Pages(Paginator):
    """Pages of a long list, counted no further than work.COUNTED."""

    def __init__(self, rows: Any, size: int) -> None:
        total, self.more = work.capped(rows)
        super().__init__(rows, size)
        self.__dict__["count"] = total  # Paginator would count all of it


@office
def listing(request: HttpRequest) -> HttpResponseBase:
    """Publications in one's reach, the latest first unless the address says otherwise."""
    actor, today = at_desk(request), timezone.localdate()
    form = filter_of(request, actor, today)
    pages = Pages(rows_of(form, actor, today), ROWS)
    page: Page[Any] = pages.get_page(request.GET.get("page"))
    page.object_list = with_chips(page.object_list.select_related("agency", "section", "item", "latest").defer(
        "latest__body", "latest__text", "latest__screening", "item__contents", "item__basis",
    ), today)
    shown = columns_of(request)
    return render(request, "publications/list.html", {
        "form": form, "page": page, "more": pages.more, "all_columns": COLUMNS, "shown": shown,
        "columns": {key: name for key, name in COLUMNS.items() if key in shown},
        "group": work.GROUPS.get(form.cleaned_data.get("group") or ""), "may_draft": drafts(actor_of(request)),
        "export": reverse("publications:export") if may(actor, P.EXPORT) else "",
        "see": may(actor, P.SEE), "rules": may(actor, P.RULES),
        "kept": [(k, v) for k, v in request.GET.items() if k not in {"show", "page"}],
    })


@requires(P.EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered, as .xlsx or .csv."""
    actor, today = at_desk(request), timezone.localdate()
    to = request.GET.get("as", "xlsx")
    if to not in MEDIA_TYPES:
        to = "xlsx"
    rows = rows_of(filter_of(request, actor, today), actor, today)
    rows = rows.filter(within(actor, P.EXPORT, "agency__path"))
    count, more = work.capped(rows, exporting.MOST)
    if more:
        messages.error(request, _("超过 %(most)s 件，一次导不出；请按年份筛选后再导出") % {"most": exporting.MOST})
        return redirect("publications:list")
    data = exporting.written(rows, to)
    several = {h.agency_id for h in actor.holdings}
    agency = Agency.objects.get(pk=several.pop()) if len(several) == 1 else None
    note_export(by=actor_of(request), agency=agency, rows=count, form=to, at=timezone.now())
    return kept_nowhere(attachment(data, f"publications-{today:%Y%m%d}.{to}", MEDIA_TYPES[to]))


def filter_of(request: HttpRequest, actor: Actor, today: date) -> ListFilter:
    """The filter that stands in the address; choices are those of one's reach."""
    agencies = Agency.objects.filter(within(actor, P.SEE, "path")).order_by("path")
    own = {h.agency_id for h in actor.holdings}
    asked = request.GET.get("item", "")
    items = Item.objects.filter(agency_id__in=own, active=True).order_by("agency_id", "order", "pk")
    if asked.isdecimal():
        items = Item.objects.visible_to(actor).filter(pk=asked)
    # One look at either end of the index; asked for together they would read all of it.
    begun = Publication.objects.visible_to(actor).values_list("created_at", flat=True)
    first, last = (begun.order_by(order).first() for order in ("pk", "-pk"))
    years = range((last.year if last else today.year), (first.year if first else today.year) - 1, -1)
    return ListFilter(
        request.GET, years=list(years), sections=Section.objects.filter(agency_id__in=own),
        items=items[:CHOICES] if not asked else items,
        agencies=agencies if request.GET.get("agency") else agencies[:CHOICES],
    )


def rows_of(form: ListFilter, actor: Actor, today: date) -> Any:
    """The filtered list in its order, without joins beyond what the filter needs."""
    rows = queries.listing(actor, form.filters)
    group = form.cleaned_data.get("group") or ""
    if group:
        rows = work.narrowed(rows, group, work.scope_of(actor, today))
    order = form.cleaned_data.get("sort") or ""
    if order.startswith("-"):
        return rows.order_by(F(order[1:]).desc(nulls_last=True), "-pk")
    return rows.order_by(F(order).asc(nulls_last=True), "pk") if order else rows


def columns_of(request: HttpRequest) -> tuple[str, ...]:
    """What was chosen in the address, else what was chosen last, else the usual ones."""
    asked = tuple(name for name in request.GET.getlist("show") if name in COLUMNS)
    if asked:
        request.session[KEY] = list(asked)
        return asked
    return tuple(name for name in request.session.get(KEY, ()) if name in COLUMNS) or SHOWN
