"""Whose registers a page shows: the agency in the address, else one's own; rows that a person may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import REGISTER_NAMES, Register

ROWS = 50
CHOICES = 500  # agencies offered in a choice
FIRST_YEAR = 2008  # the regulation's first


def agencies(actor: Actor, permission: P = P.SEE) -> QuerySet[Agency]:
    """The agencies over which a person holds a permission."""
    return Agency.objects.filter(within(actor, permission, "path")).order_by("path")


def agency_of(request: HttpRequest) -> Agency:
    """The agency that the page speaks of. Raises DoesNotExist, which is a 404."""
    reach, asked = agencies(at_desk(request)), request.GET.get("agency", "")
    if asked.isdecimal():
        return agencies(actor_of(request)).get(pk=asked)
    home = chosen(request) or next((h.agency_id for h in actor_of(request).holdings), None)
    found = reach.filter(pk=home).first() or reach.first()
    if found is None:
        raise Agency.DoesNotExist
    return found


def year_of(request: HttpRequest, today: int) -> int:
    """The year in the address, else the year that runs."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked) <= today else today


def register_of(key: str) -> Register:
    """A register by its key in the address. Raises Http404."""
    try:
        return Register(key)
    except ValueError:
        raise Http404 from None


def named(register: str) -> str:
    """What a register is called."""
    return REGISTER_NAMES[Register(register)]


def paged(request: HttpRequest, rows: Any) -> Any:
    """The page that the address asks for."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


def keeps(actor: Actor, agency: Agency | None = None) -> bool:
    """Whether a person writes in the registers."""
    return may(actor, P.KEEP, agency)


def years(today: int) -> Iterator[int]:
    """The years that can be chosen, the latest first."""
    return iter(range(today, FIRST_YEAR - 1, -1))
