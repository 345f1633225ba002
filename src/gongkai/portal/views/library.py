"""The policy library (政策文件库) and the plain list of everything that is published."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote_plus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.accounts.gate import public
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Item
from gongkai.portal import exports, lists, shell
from gongkai.portal.facets import Counts, Cube
from gongkai.portal.keeping import kept, remembered
from gongkai.publications import public as published
from gongkai.publications.public import LIBRARY, Filters

SHOWN = 8       # values of a facet that are seen at once
MOST = 200      # values of a facet in all


class Choice(NamedTuple):
    """One value of a facet: where it leads, and how many documents there are."""

    name: str
    count: int
    href: str
    chosen: bool


class Facet(NamedTuple):
    """A dimension with its values; `rest` are folded away."""

    key: str
    name: str
    choices: list[Choice]
    rest: list[Choice]
    back: str


@public
@kept
def library(request: HttpRequest) -> HttpResponse:
    """Rules, normative and other policy documents, by organ, kind, topic, year and validity."""
    return _library(request, {}, "portal/library.html")


@public
@kept
def in_force(request: HttpRequest) -> HttpResponse:
    """All normative documents and rules in force, in one place."""
    return _library(request, {"validity": "in_force"}, "portal/in_force.html")


@public
@kept
def documents(request: HttpRequest) -> HttpResponse:
    """Everything published that an address asks for, newest first."""
    filters = lists.filters_of(request.GET)
    under = request.GET.get("under", "") if filters.under else ""
    return render(request, "portal/documents.html", {
        "page": lists.page_of(request, filters), "query": lists.address(filters, under=int(under) if under else None),
        "told": _told(filters, under), "order": filters.order,
    })


@public
def library_as(request: HttpRequest, to: str) -> HttpResponseBase:
    """The same list of the library as CSV, JSON or Atom."""
    filters, _chosen = _chosen_of(request, {})
    return exports.listed(request, filters, to, title=_("政策文件库"), name="policies")


@public
def documents_as(request: HttpRequest, to: str) -> HttpResponseBase:
    """The same list of documents as CSV, JSON or Atom."""
    filters = lists.filters_of(request.GET)
    under = request.GET.get("under", "") if filters.under else ""
    told = _told(filters, under)
    title = " · ".join(told) or _("主动公开信息")
    return exports.listed(request, filters, to, title=title, name="documents")


def taken(facets: list[Facet]) -> list[Choice]:
    """What is chosen, each leading to the list without it."""
    return [
        choice._replace(href=facet.back) for facet in facets for choice in facet.choices if choice.chosen
    ]


def _library(request: HttpRequest, fixed: dict[str, Any], template: str) -> HttpResponse:
    filters, chosen = _chosen_of(request, fixed)
    shown = remembered(
        request, ("facets", get_language(), request.path, tuple(sorted(chosen.items())), filters.order),
        lambda: _facets(request, chosen, fixed),
    )
    total, facets = shown
    body = render_to_string("portal/parts/library_body.html", {
        "page": lists.page_of(request, filters, total), "facets": facets, "order": filters.order,
        "query": urlencode(chosen), "chosen": taken(facets), "path": request.path,
    }, request)
    return shell.page(request, template, (), {}, {"body": body})


def _chosen_of(request: HttpRequest, fixed: dict[str, Any]) -> tuple[Filters, dict[str, Any]]:
    """The filters of an address within the library, and the same by dimension."""
    asked = lists.filters_of(request.GET)
    kind = asked.kinds[0] if asked.kinds and asked.kinds[0] in LIBRARY else None
    filters = Filters(
        agency=asked.agency, kinds=(kind,) if kind else LIBRARY, topic=asked.topic, year=asked.year,
        validity=fixed.get("validity", asked.validity), order=asked.order,
    )
    chosen = {"agency": asked.agency, "kind": kind, "topic": asked.topic, "year": asked.year,
              "validity": filters.validity}
    return filters, {name: value for name, value in chosen.items() if value is not None}


def _facets(request: HttpRequest, chosen: dict[str, Any], fixed: dict[str, Any]) -> tuple[int, list[Facet]]:
    cube = remembered(request, ("cube",), lambda: Cube(published.cells()))
    counts: Counts = cube.counts(chosen)
    names = remembered(request, ("organs",), lambda: published.agencies_with_documents(cube.whole[0]))
    order = "order=formed" if request.GET.get("order") == "formed" else ""
    facets = []
    for key, name in (
        ("agency", _("发文机构")), ("kind", _("体裁")), ("topic", _("主题分类")), ("year", _("发布年度")),
        ("validity", _("有效性")),
    ):
        if key in fixed:
            continue
        others = urlencode({k: v for k, v in chosen.items() if k != key and k not in fixed})
        found = counts.facets[key]
        if key in chosen and chosen[key] not in found:
            found = {**found, chosen[key]: 0}  # chosen in vain: it can be taken back
        values = sorted(found.items(), key=lambda pair: (
            -int(pair[0]) if key == "year" else -pair[1], str(pair[0])))[:MOST]
        choices = [
            Choice(_value_name(key, value, names), n, _leads(others, f"{key}={quote_plus(str(value))}", order),
                   chosen.get(key) == value)
            for value, n in values if n or chosen.get(key) == value
        ]
        mine = [choice for choice in choices if choice.chosen]
        rest = [choice for choice in choices if not choice.chosen]
        room = SHOWN - len(mine)
        facets.append(Facet(key, name, mine + rest[:room], rest[room:], _leads(others, order)))
    return counts.total, facets


def _leads(*parts: str) -> str:
    """The address of a list from the parts of its query that say something."""
    return "?" + "&".join(filter(None, parts))


def _value_name(key: str, value: Any, names: dict[int, str]) -> str:
    if key == "agency":
        return names.get(value, str(value))
    if key == "kind":
        return lists.kind_name(value)
    if key == "validity":
        return lists.validity_name(value) or _("未标注")
    return str(value) or _("未分类")


def _told(filters: Filters, under: str) -> list[str]:
    """What a list is of, in words: its organ, item, kind, year."""
    said: list[str] = []
    of = filters.agency or (int(under) if under else None)
    if of is not None:
        said += Agency.objects.filter(pk=of).values_list("name", flat=True)
    if filters.items:
        said += Item.objects.filter(pk=filters.items[0]).values_list("name", flat=True)
    if filters.code:
        said += Item.objects.filter(code=filters.code).order_by("pk").values_list("name", flat=True)[:1]
    said += [lists.kind_name(kind) for kind in filters.kinds]
    if filters.topic:
        said.append(filters.topic)
    if filters.year is not None:
        said.append(str(filters.year))
    if filters.validity:
        said.append(lists.validity_name(filters.validity))
    return said


