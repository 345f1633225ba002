"""Atom feeds: of the whole site, of an agency, of a catalogue item, of a kind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.accounts.gate import public
from gongkai.agencies.models import Agency, Kind
from gongkai.catalogue.models import Item
from gongkai.portal import exports, lists, site
from gongkai.portal.keeping import kept
from gongkai.publications.kinds import KIND_NAMES
from gongkai.publications.public import Filters


@public
@kept
def everything(request: HttpRequest) -> HttpResponse:
    """The newest of the whole site."""
    return exports.atom(request, Filters(), site.name())


@public
@kept
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """The newest of an agency; of a government with everything below it."""
    shown = get_object_or_404(Agency, pk=agency_id)
    filters = Filters(under=shown.path) if shown.kind == Kind.GOVERNMENT else Filters(agency=shown.pk)
    return exports.atom(request, filters, shown.name)


@public
@kept
def item(request: HttpRequest, agency_id: int, item_id: int) -> HttpResponse:
    """The newest of a catalogue item."""
    about = get_object_or_404(Item.objects.select_related("agency"), pk=item_id, agency_id=agency_id)
    return exports.atom(request, Filters(agency=agency_id, items=(about.pk,)), f"{about.agency.name} {about.name}")


@public
@kept
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest of a kind."""
    if kind not in KIND_NAMES:
        raise Http404
    return exports.atom(request, Filters(kinds=(kind,)), lists.kind_name(kind))
