"""The desk's own pages: today, the record of what was done, and the style guide."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.gate import actor_of, public, requires, signed_in
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.applications.permissions import ApplicationPermission
from gongkai.applications.work import work_for
from gongkai.campaigns import work as campaigns
from gongkai.compilations import work as compiling
from gongkai.desk.styleguide import specimens
from gongkai.desk.today import today_for
from gongkai.disputes.work import my_work
from gongkai.handover import queries as handover
from gongkai.ledger.models import Entry
from gongkai.participation import work as answering
from gongkai.publications import coverage
from gongkai.publications import work as publishing
from gongkai.publications.views.doors import drafts
from gongkai.statutory_registers import queries as registers
from gongkai.statutory_registers import showing

ROWS = 50


@signed_in
def today(request: HttpRequest) -> HttpResponse:
    """My work today."""
    actor = at_desk(request)
    on, regions = timezone.localdate(), showing.regions()
    return render(request, "desk/today.html", {
        "today": today_for(actor, on), "on": on, "work": work_for(actor, on),
        "publishing": publishing.work_for(actor, on), "standings": coverage.mine(actor, on) if drafts(actor) else [],
        "letters": answering.work_for(actor, on), "disputes": my_work(actor, on),
        "campaigns": campaigns.work_for(actor, on), "compiling": compiling.work_for(actor),
        "registers": registers.waiting(actor, on, regions), "showing": showing.due_for(actor, on, where=regions),
        "handing": handover.waiting(actor, on),
        "may_draft": drafts(actor_of(request)),
        "may_upload": may(actor, AnnualReportPermission.UPLOAD),
        "may_register": may(actor, ApplicationPermission.REGISTER),
        "reports": may(actor, AnnualReportPermission.SEE),
    })


@requires(AnnualReportPermission.SEE)
def activity(request: HttpRequest) -> HttpResponse:
    """The ledger of the agencies in one's reach, newest first."""
    reach = Agency.objects.filter(within(at_desk(request), AnnualReportPermission.SEE, "path"))
    entries = Entry.objects.filter(agency_id__in=reach.values("pk")).order_by("-sequence")
    page = Paginator(entries, ROWS).get_page(request.GET.get("page"))
    names = dict(reach.filter(pk__in={entry.agency_id for entry in page}).values_list("pk", "name"))
    return render(request, "desk/activity.html", {"page": page, "names": names})


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """All components on one page, while developing."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "desk/styleguide.html", specimens())
