"""The frame of the desk: the rail shows only rooms that this person may enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of
from gongkai.accounts.organ import chosen, organs
from gongkai.accounts.permissions import may
from gongkai.annual_reports.permissions import AnnualReportPermission

register = template.Library()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail."""

    name: str
    href: str
    current: bool


@register.simple_tag(takes_context=True)
def rail(context: Context) -> list[Entry]:
    """The rooms, with the one that the address lies in marked."""
    request = context["request"]
    reports = may(actor_of(request), AnnualReportPermission.SEE)
    rooms = [
        (_("今天"), "desk:today", True),
        (_("年报"), "annual_reports:list", reports),
        (_("汇总"), "annual_reports:rollups", reports),
        (_("机关"), "agencies:tree", True),
        (_("操作记录"), "desk:activity", reports),
        (_("我的账号"), "accounts:mine", True),
    ]
    entries = [(name, reverse(address)) for name, address, shown in rooms if shown]
    # The longest address that the page lies under is the room; "/desk/" lies above all of them.
    here = max((href for _name, href in entries if request.path.startswith(href)), key=len, default="")
    return [Entry(name, href, href == here) for name, href in entries]


@register.simple_tag(takes_context=True)
def desks(context: Context) -> dict[str, Any]:
    """The agencies whose desk this person may see (key → name), and which one was chosen (None: all)."""
    request = context["request"]
    return {"organs": organs(actor_of(request)), "chosen": chosen(request)}


@register.filter
def at(mapping: dict[Any, Any], key: Any) -> Any:
    """What stands at a key; nothing where nothing stands."""
    return mapping.get(key, "")
