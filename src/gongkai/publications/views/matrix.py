"""The coverage matrices, and the same as CSV."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import within
from gongkai.accounts.roles import BY_KEY
from gongkai.agencies.models import Agency
from gongkai.core.catalogue.freshness import State
from gongkai.core.tables import MEDIA_TYPES, written
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.publications import coverage
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.views.doors import office

KINDS = {"sections": gettext_lazy("科室"), "aspects": gettext_lazy("五公开"), "agencies": gettext_lazy("机关")}
WORDS = {
    State.FRESH: gettext_lazy("正常"), State.SOON: gettext_lazy("快到期"), State.STALE: gettext_lazy("过期未更新"),
    State.EMPTY: gettext_lazy("空"),
}


@office
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Sections, aspects or agencies against items; which, stands in the address."""
    actor, today = at_desk(request), timezone.localdate()
    watches = any(BY_KEY[h.role].subtree for h in actor.holdings)
    by = request.GET.get("by") or ("agencies" if watches else "sections")
    if by not in KINDS:
        raise Http404
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    agency = agency_of(request, actor)
    if by == "agencies":
        found, more = coverage.by_agency(actor, today, page)
    elif agency is None:
        raise Http404
    elif by == "aspects":
        found, more = coverage.by_aspect(agency, today, page)
    else:
        found, more = coverage.by_section(agency, today, page)
    if request.GET.get("as") == "csv":
        return kept_nowhere(attachment(as_csv(found), f"coverage-{by}-{today:%Y%m%d}.csv", MEDIA_TYPES["csv"]))
    return render(request, "publications/coverage.html", {
        "matrix": found, "by": by, "kinds": KINDS, "agency": agency, "more": more, "at": page, "words": WORDS,
        "agencies": Agency.objects.filter(reach(actor)).order_by("path")[:coverage.ROWS],
    })


def agency_of(request: HttpRequest, actor: Actor) -> Agency | None:
    """The agency in the address, else the one whose desk it is."""
    asked = request.GET.get("agency", "")
    mine = Agency.objects.filter(reach(actor))
    if asked.isdecimal():
        return mine.get(pk=asked)
    home = chosen(request) or next((h.agency_id for h in actor_of(request).holdings), None)
    return mine.filter(pk=home).first()


def reach(actor: Actor) -> Any:
    """The agencies whose publications one sees; a contributor also sees how the own agency stands."""
    return within(actor, P.SEE, "path") | within(actor, P.CONTRIBUTE, "path")


def as_csv(found: coverage.Matrix) -> bytes:
    """The matrix with a number and a word in each cell."""
    heads = [_("名称"), *(f"{code} {name}" for code, name in found.columns), _("合计")]
    rows = (
        [row.name or "—", *("" if c is None else f"{c.count} {WORDS[c.state]}" for c in row.cells), row.total]
        for row in found.rows
    )
    return written(heads, rows, "csv")
