"""The frame of the desk: the rail shows only rooms that this person may enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of
from gongkai.accounts.organ import chosen, organs
from gongkai.accounts.permissions import Permission, may
from gongkai.agencies.models import Agency
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.applications.permissions import ApplicationPermission
from gongkai.catalogue.permissions import CataloguePermission
from gongkai.desk.finding import Finder, finder_of
from gongkai.disputes.permissions import DisputePermission
from gongkai.handover.permissions import HandoverPermission
from gongkai.letters.permissions import LetterPermission
from gongkai.participation.work import enters as interacts
from gongkai.publications.permissions import PublicationPermission
from gongkai.statutory_registers.permissions import RegisterPermission

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
    actor = actor_of(request)
    reports = may(actor, AnnualReportPermission.SEE)
    applications = may(actor, ApplicationPermission.SEE) or may(actor, ApplicationPermission.CONTRIBUTE)
    publications = may(actor, PublicationPermission.SEE) or may(actor, PublicationPermission.CONTRIBUTE)
    rooms = [
        (_("今天"), "desk:today", True),
        (_("申请"), "applications:list", applications),
        (_("公开"), "publications:list", publications),
        (_("互动"), "participation:list", interacts(actor)),
        (_("目录"), "catalogue:list", may(actor, CataloguePermission.SEE)),
        (_("台账"), "registers:overview", may(actor, RegisterPermission.SEE)),
        (_("复议诉讼"), "disputes:list", may(actor, DisputePermission.SEE)),
        (_("年报"), "annual_reports:list", reports),
        (_("年报编制"), "compilations:list", opens(actor, "compilations:list")),
        (_("年报工作"), "campaigns:list", opens(actor, "campaigns:list")),
        (_("汇总"), "annual_reports:rollups", reports),
        (_("分析"), "analysis:overview", opens(actor, "analysis:overview")),
        (_("机关"), "agencies:tree", True),
        (_("文书"), "letters:register", may(actor, LetterPermission.SEE)),
        (_("操作记录"), "desk:activity", reports),
        (_("我的账号"), "accounts:mine", True),
    ]
    entries = [(name, reverse(address)) for name, address, shown in rooms if shown]
    # The longest address that the page lies under is the room. "/desk/" lies above all: it is the page of the day.
    here = max((href for _name, href in entries if request.path.startswith(href)), key=len, default="")
    if here == reverse("desk:today") != request.path:
        here = ""
    # The rooms behind the tabs of 台账 have addresses of their own.
    if request.path.startswith((reverse("handover:overview"), reverse("publications:withheld"))):
        here = reverse("registers:overview")
    return [Entry(name, href, href == here) for name, href in entries]


def opens(actor: Actor, name: str) -> bool:
    """Whether an address is there and opens for this person: its view says which permission it asks for."""
    try:
        view = resolve(reverse(name)).func
    except NoReverseMatch:
        return False
    access = getattr(view, "access", None)
    return isinstance(access, Permission) and may(actor, access)


@register.simple_tag(takes_context=True)
def ledgers(context: Context, at: str) -> list[tuple[str, str, bool]]:
    """The rooms behind 台账 that this person may enter: (name, address, whether it is the one `at`)."""
    actor = actor_of(context["request"])
    rooms = [
        (_("法定台账"), "registers:overview", may(actor, RegisterPermission.SEE)),
        (_("移交"), "handover:overview", may(actor, HandoverPermission.SEE)),
        (_("不公开信息"), "publications:withheld", may(actor, PublicationPermission.SEE)),
    ]
    return [(name, reverse(href), at in href) for name, href, shown in rooms if shown]


@register.simple_tag(takes_context=True)
def finder(context: Context) -> Finder:
    """Where the search of the frame leads, and what it says that it looks for."""
    request, about = context["request"], context.get("agency")
    return finder_of(request, actor_of(request), about.pk if isinstance(about, Agency) else None)


@register.simple_tag(takes_context=True)
def desks(context: Context) -> dict[str, Any]:
    """The agencies whose desk this person may see (key → name), and which one was chosen (None: all)."""
    request = context["request"]
    return {"organs": organs(actor_of(request)), "chosen": chosen(request)}


@register.filter
def at(mapping: dict[Any, Any], key: Any) -> Any:
    """What stands at a key; nothing where nothing stands."""
    return mapping.get(key, "")
