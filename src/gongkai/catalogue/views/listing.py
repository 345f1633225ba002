"""The catalogue of an agency as a tree, and the catalogues of many beside each other."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import may
from gongkai.agencies.models import Agency
from gongkai.catalogue import actions, exporting, queries
from gongkai.catalogue.forms import FilterForm
from gongkai.catalogue.permissions import CataloguePermission as P
from gongkai.catalogue.telling import ASPECT_NAMES, aspect_names
from gongkai.catalogue.views.doors import agency_of, own
from gongkai.files.downloads import attachment

ROWS = 100


@requires(P.SEE)
def mine(request: HttpRequest) -> HttpResponseBase:
    """The catalogue of one's own agency."""
    here = own(request)
    if here is None:
        raise Http404
    return _listed(request, here)


@requires(P.SEE)
def listed(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """The catalogue of one agency in one's reach."""
    return _listed(request, agency_of(request, agency_id))


@requires(P.SEE)
def overview(request: HttpRequest) -> HttpResponseBase:
    """The agencies in one's reach with what is missing in each: the basic set, sections that answer."""
    rows = queries.in_reach(actor_of(request), timezone.localdate())
    return render(request, "catalogue/overview.html", {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "basic": len(queries.BASIC_SET),
    })


@requires(P.MAINTAIN)
@posted(lambda agency_id: reverse("catalogue:agency", args=[agency_id]))
def adopt(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Take over the statutory items of the agency's kind and level."""
    agency = agency_of(request, agency_id, P.MAINTAIN)
    made = actions.adopt_skeleton(by=actor_of(request), agency=agency, on=timezone.localdate(), at=timezone.now())
    if made:
        messages.success(request, _("已采用法定目录，新增 %(n)s 个事项") % {"n": len(made)})
    else:
        messages.info(request, _("法定目录的事项都已在目录里，没有新增"))
    return redirect("catalogue:agency", agency.pk)


@requires(P.SEE)
def export(request: HttpRequest, agency_id: int, to: str) -> HttpResponseBase:
    """The catalogue as a file."""
    agency = agency_of(request, agency_id)
    if to not in exporting.MEDIA_TYPES:
        raise Http404
    ending = "xlsx" if to == "standard" else to
    name = _("%(agency)s公开目录") % {"agency": agency.name}
    return attachment(exporting.export(agency, to), f"{name}.{ending}", exporting.MEDIA_TYPES[to])


def _listed(request: HttpRequest, agency: Agency) -> HttpResponseBase:
    actor = actor_of(request)
    form = FilterForm(request.GET, agency=agency, domains=queries.domains_of(agency))
    filters = form.filters
    rows = queries.items_of(agency, filters).select_related("section", "parent")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for item in page.object_list:
        item.aspects_told = aspect_names(item.aspects)
    counted = queries.by_aspect(agency)
    return render(request, "catalogue/list.html", {
        "agency": agency, "form": form, "page": page, "flat": filters.narrowed,
        "aspects": [(key, name, counted.get(key, 0)) for key, name in ASPECT_NAMES.items()],
        "may_maintain": may(actor, P.MAINTAIN, agency), "may_assign": may(actor, P.ASSIGN, agency),
        "several": may(actor, P.ASSIGN),
    })
