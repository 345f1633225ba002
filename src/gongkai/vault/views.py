"""Who looked at identities, and why. No identity is shown here, not even masked."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.accounts.gate import requires
from gongkai.accounts.organ import at_desk
from gongkai.vault import queries
from gongkai.vault.permissions import VaultPermission

ROWS = 50


@requires(VaultPermission.AUDIT)
def looks(request: HttpRequest) -> HttpResponse:
    """Every look in one's reach, newest first, or those of one person; and who looked how often."""
    actor, who = at_desk(request), request.GET.get("who", "")
    found = queries.looks(actor)
    people = queries.lookers(found)
    chosen = int(who) if who.isdecimal() and int(who) in {person["actor_id"] for person in people} else None
    if chosen is not None:
        found = found.filter(actor_id=chosen)
    page = Paginator(found.order_by("-sequence"), ROWS).get_page(request.GET.get("page"))
    return render(request, "vault/looks.html", {
        "page": page, "people": people, "chosen": chosen, "names": queries.agency_names(page),
    })
