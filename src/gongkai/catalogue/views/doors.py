"""Whose catalogue a page is about: another's does not exist here."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.accounts.gate import actor_of
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import home
from gongkai.catalogue.models import Item
from gongkai.catalogue.permissions import CataloguePermission as P


def own(request: HttpRequest) -> Agency | None:
    """Where the catalogue opens: the agency of the desk, if its catalogue is the actor's to see."""
    here = home(at_desk(request))
    return here if here is not None and seen(request).filter(pk=here.pk).exists() else seen(request).first()


def seen(request: HttpRequest, permission: P = P.SEE):  # type: ignore[no-untyped-def]
    """The agencies over which the actor holds a permission."""
    return Agency.objects.filter(within(actor_of(request), permission, "path")).order_by("path")


def agency_of(request: HttpRequest, agency_id: int, permission: P = P.SEE) -> Agency:
    """One of them; any other does not exist."""
    return seen(request, permission).get(pk=agency_id)


def item_of(request: HttpRequest, item_id: int, permission: P = P.SEE) -> Item:
    """An item whose agency the actor holds a permission over."""
    rows = Item.objects.filter(within(actor_of(request), permission, "agency__path"))
    return rows.select_related("agency", "parent", "section", "owner", "assigned_from__agency").get(pk=item_id)
