"""The list of cases: filtered by its address, with totals; and its export."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.disputes import exporting, queries, work
from gongkai.disputes.actions.bundling import note_export
from gongkai.disputes.forms.listing import ListFilter
from gongkai.disputes.models import Dispute, Proceeding
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import TRACK_NAMES, Track
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.publications.work import capped
from gongkai.vault.permissions import VaultPermission

ROWS = 50
CHOICES = 200  # agencies offered in a filter


class Pages(Paginator):
    """Pages of a long list, counted no further than a list is turned."""

    def __init__(self, rows: Any, size: int) -> None:
        total, self.more = capped(rows)
        super().__init__(rows, size)
        self.__dict__["count"] = total  # Paginator would count all of it


@requires(P.SEE)
@never_cache
def listing(request: HttpRequest) -> HttpResponseBase:
    """Cases in one's reach, the latest registered first unless the address says otherwise."""
    actor, today = at_desk(request), timezone.localdate()
    form = filter_of(request, actor, today)
    rows = rows_of(form, actor, today)
    pages = Pages(rows, ROWS)
    page: Page[Any] = pages.get_page(request.GET.get("page"))
    page.object_list = work.with_chips(page.object_list.select_related("agency", "handler").defer("note"), today)
    return render(request, "disputes/list.html", {
        "form": form, "page": page, "more": pages.more, "totals": totals_of(rows) if not pages.more else [],
        "group": work.GROUPS.get(form.said("group")), "masks": may(actor, VaultPermission.SEE_MASKED),
        "several": Agency.objects.filter(within(actor, P.SEE, "path"))[:2].count() > 1,
        "export": reverse("disputes:export"), "may_register": may(actor_of(request), P.HANDLE),
    })


@requires(P.SEE)
@never_cache
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered, as .xlsx or .csv, a row a proceeding. Nothing in it tells who brought a case."""
    actor, today = at_desk(request), timezone.localdate()
    to = request.GET.get("as", "xlsx")
    if to not in exporting.MEDIA_TYPES:
        to = "xlsx"
    rows = rows_of(filter_of(request, actor, today), actor, today)
    count, more = capped(rows, exporting.MOST)
    if more:
        messages.error(request, _("超过 %(most)s 件，一次导不出；请按年份筛选后再导出") % {"most": exporting.MOST})
        return redirect("disputes:list")
    data = exporting.written(rows, to)
    own = {h.agency_id for h in actor.holdings}
    agency = Agency.objects.get(pk=own.pop()) if len(own) == 1 else None
    note_export(by=actor_of(request), agency=agency, rows=count, form=to, at=timezone.now())
    return kept_nowhere(attachment(data, f"disputes-{today:%Y%m%d}.{to}", exporting.MEDIA_TYPES[to]))


def filter_of(request: HttpRequest, actor: Actor, today: date) -> ListFilter:
    """The filter that stands in the address; choices are those of one's reach."""
    agencies = Agency.objects.filter(within(actor, P.SEE, "path")).order_by("path")
    days = Proceeding.objects.visible_to(actor).order_by("received_on").values_list("received_on", flat=True)
    first = days.first() or today
    return ListFilter(
        request.GET, years=list(range(today.year, min(first.year, today.year) - 1, -1)),
        agencies=agencies if request.GET.get("agency") else agencies[:CHOICES],
    )


def rows_of(form: ListFilter, actor: Actor, today: date) -> Any:
    """The filtered list in its order, without joins beyond what the filter needs."""
    agency = form.said("agency")
    rows = queries.disputes(actor, queries.Filters(
        text=form.said("q"), track=form.said("track"), state=form.said("state"),
        result=form.said("result"), year=form.said("year") or None, agency_id=agency.pk if agency else None,
    ))
    if form.said("group"):
        return work.narrowed(rows, form.said("group"), work.scope_of(actor, today))
    return work.by_due(rows) if form.said("sort") == "due" else rows


def totals_of(rows: Any) -> list[tuple[str, int]]:
    """How many cases of each track the filter leaves."""
    found: dict[str, int] = dict(
        Dispute.objects.filter(pk__in=rows.order_by().values("pk")).order_by().values_list("track").annotate(Count("pk"))
    )
    return [(_(TRACK_NAMES[track]), found[track]) for track in Track if found.get(track)]
