"""Links of published texts that lead nowhere, and the switch that lets them be looked at."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.publications.actions.desk import watch_links
from gongkai.publications.deadlinks import REASONS
from gongkai.publications.models import DeadLink, LinkWatch
from gongkai.publications.permissions import PublicationPermission as P

ROWS = 50
SWITCHES = 50


@requires(P.SEE)
def links(request: HttpRequest) -> HttpResponseBase:
    """Which document, which link, since when."""
    actor = at_desk(request)
    rows = DeadLink.objects.visible_to(actor).select_related("publication__agency", "publication__latest")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.said = _(REASONS.get(row.reason, row.reason))
    agencies = list(Agency.objects.filter(within(actor, P.RULES, "path")).order_by("path")[:SWITCHES])
    kept = {w.agency_id: w for w in LinkWatch.objects.filter(agency__in=agencies)}
    watched = LinkWatch.objects.filter(within(actor, P.SEE, "agency__path"), on=True).order_by("-looked_at")
    return render(request, "publications/links.html", {
        "page": page, "switches": [(agency, kept.get(agency.pk)) for agency in agencies], "watched": watched.first(),
    })


@requires(P.RULES)
@posted(lambda: reverse("publications:links"))
def switch(request: HttpRequest) -> HttpResponseBase:
    """On or off for an agency."""
    actor, asked = actor_of(request), request.POST.get("agency", "")
    agency = Agency.objects.filter(within(actor, P.RULES, "path")).get(pk=asked if asked.isdecimal() else 0)
    on = request.POST.get("on") == "1"
    watch_links(by=actor, agency=agency, on=on, at=timezone.now())
    messages.success(request, _("已开始检查链接") if on else _("已停止检查链接"))
    return redirect("publications:links")
