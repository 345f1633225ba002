"""The list of what the public sent: filtered by its address; and its export."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
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
from gongkai.agencies.models import Agency, Section
from gongkai.core.tables import MEDIA_TYPES
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.participation import exporting, queries, work
from gongkai.participation.actions.exporting import note_export
from gongkai.participation.forms.listing import ListFilter
from gongkai.participation.models import Message
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.views.doors import office
from gongkai.publications.work import capped
from gongkai.vault.permissions import VaultPermission

ROWS = 50
CHOICES = 200  # sections, agencies offered in a filter


class Pages(Paginator):
    """Pages of a long list, counted no further than a list is turned."""

    def __init__(self, rows: Any, size: int) -> None:
        total, self.more = capped(rows)
        super().__init__(rows, size)
        self.__dict__["count"] = total  # Paginator would count all of it


@office
@never_cache
def listing(request: HttpRequest) -> HttpResponseBase:
    """Messages in one's reach, the latest first unless the address says otherwise."""
    actor, today = at_desk(request), timezone.localdate()
    form = filter_of(request, actor, today)
    pages = Pages(rows_of(form, actor, today), ROWS)
    page: Page[Any] = pages.get_page(request.GET.get("page"))
    page.object_list = work.with_chips(
        page.object_list.select_related("agency", "section").defer("content", "reply"), today,
    )
    return render(request, "participation/list.html", {
        "form": form, "page": page, "more": pages.more, "group": work.GROUPS.get(form.said("group")),
        "masks": may(actor, VaultPermission.SEE_MASKED), "several": _several(actor),
        "export": reverse("participation:export") if may(actor, P.EXPORT) else "", "see": may(actor, P.SEE),
    })


@requires(P.EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered, as .xlsx or .csv."""
    actor, today = at_desk(request), timezone.localdate()
    to = request.GET.get("as", "xlsx")
    if to not in MEDIA_TYPES:
        to = "xlsx"
    rows = rows_of(filter_of(request, actor, today), actor, today).filter(within(actor, P.EXPORT, "agency__path"))
    count, more = capped(rows, exporting.MOST)
    if more:
        messages.error(request, _("超过 %(most)s 件，一次导不出；请按年份筛选后再导出") % {"most": exporting.MOST})
        return redirect("participation:list")
    data = exporting.written(exporting.HEADINGS, exporting.messages(rows), to)
    own = {h.agency_id for h in actor.holdings}
    agency = Agency.objects.get(pk=own.pop()) if len(own) == 1 else None
    note_export(by=actor_of(request), agency=agency, rows=count, form=to, at=timezone.now())
    return kept_nowhere(attachment(data, f"messages-{today:%Y%m%d}.{to}", MEDIA_TYPES[to]))


def filter_of(request: HttpRequest, actor: Actor, today: date) -> ListFilter:
    """The filter that stands in the address; choices are those of one's reach."""
    agencies = Agency.objects.filter(within(actor, P.SEE, "path")).order_by("path")
    days = Message.objects.visible_to(actor).values_list("received_at", flat=True)
    first, last = (days.order_by(order).first() for order in ("pk", "-pk"))
    years = range((last.year if last else today.year), (first.year if first else today.year) - 1, -1)
    return ListFilter(
        request.GET, years=list(years),
        sections=Section.objects.filter(agency_id__in={h.agency_id for h in actor.holdings}),
        agencies=agencies if request.GET.get("agency") else agencies[:CHOICES],
    )


def rows_of(form: ListFilter, actor: Actor, today: date) -> Any:
    """The filtered list in its order, without joins beyond what the filter needs."""
    rows: Any = queries.messages(
        actor, kind=form.said("kind"), state=form.said("state"), agency=form.said("agency") or None,
        section=form.said("section") or None, year=form.said("year") or None,
        text=form.said("q"),
    )
    if form.said("group"):
        rows = work.narrowed(rows, form.said("group"), work.scope_of(actor, today))
    return rows.order_by("due_on", "pk") if form.said("sort") == "due_on" else rows


def _several(actor: Actor) -> bool:
    """Whether messages of more than one agency can be in the list."""
    return Agency.objects.filter(within(actor, P.SEE, "path"))[:2].count() > 1
