"""Search over everything that is published: words, filters with counts, suggestions, and what to do without a hit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import posted, public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Item
from gongkai.portal import lists
from gongkai.portal.lists import LAST, ROWS
from gongkai.portal.sought import SOUGHT
from gongkai.portal.views.library import Choice, Facet, taken
from gongkai.publications import public as published
from gongkai.search import index
from gongkai.search.entry import CAP, LONGEST_QUERY, Query, Results

SHOWN = 6
ORGANS = 4
_CHOICES = ("agency", "item", "topic", "kind", "year", "validity")


@public
def search(request: HttpRequest) -> HttpResponse:
    """The results page; without words the form alone."""
    asked = _query_of(request)
    if not asked.text:
        return render(request, "portal/search.html", {"asked": asked, "text": ""})
    results = index.search(asked)
    names = published.agencies_with_documents({
        *(hit.agency for hit in results.hits),
        *(int(value) for value, _n, _capped in results.facets.get("agency", [])),
        *([asked.agency] if asked.agency else []),
    })
    chosen = _chosen(request)
    facets = _facets(request, results, chosen, names)
    organ = Agency.objects.filter(pk=asked.agency).first() if asked.agency else None
    return render(request, "portal/search.html", {
        "asked": asked, "text": asked.text, "results": results, "facets": facets, "organ": organ,
        "page": _Turned(results), "chosen": taken(facets),
        "hits": [(hit, names.get(hit.agency, "")) for hit in results.hits], "filtered": bool(chosen),
        "orders": [(key, name, asked.order == key, _link(request, order=key)) for key, name in (
            ("newest", _("按时间")), ("relevance", _("按相关程度")))],
        "titles_only": _link(request, where="" if asked.in_title else "title"),
        "organs": agencies.search(asked.text, timezone.localdate()).order_by("path")[:ORGANS]
        if asked.page == 1 and len(asked.text) <= 60 else [],
        "everywhere": "?" + urlencode({"q": asked.text}),
    })


@public
@never_cache
def suggest(request: HttpRequest) -> HttpResponse:
    """Wordings that go on from what was typed: options of the search field."""
    typed = request.GET.get("q", "").strip()[:40]
    return render(request, "portal/suggest.html", {"words": index.suggest(typed) if typed else []})


@public
@posted(lambda: "/search/")
@never_cache
def apply_for(request: HttpRequest) -> HttpResponseBase:
    """From a search in vain to an application, or to a suggestion that such a thing be published: the words go along
    in the session, never in an address."""
    request.session[SOUGHT] = request.POST.get("words", "").strip()[:LONGEST_QUERY]
    organ = request.POST.get("agency", "")
    if "suggest" in request.POST:
        return redirect("portal:write", int(organ), "suggestion") if organ.isdecimal() else redirect(
            "portal:write-choose", "suggestion")
    return redirect("portal:apply", int(organ)) if organ.isdecimal() else redirect("portal:apply-choose")


class _Turned:
    """The pages of a result, as `components/pages.html` asks for them."""

    def __init__(self, results: Results) -> None:
        self.number = results.page
        self.num_pages = min(results.pages, LAST)
        self.paginator = self
        self.has_previous, self.has_next = self.number > 1, self.number < self.num_pages
        self.previous_page_number, self.next_page_number = self.number - 1, self.number + 1


def _query_of(request: HttpRequest) -> Query:
    get = request.GET
    filters = lists.filters_of(get)
    since, until = lists.day(get.get("since", "")), lists.day(get.get("until", ""))
    return Query(
        text=get.get("q", "").strip()[:LONGEST_QUERY], agency=filters.agency, under=filters.under or None,
        item=get.get("item", "")[:40], topic=filters.topic or "", kind=filters.kinds[0] if filters.kinds else "",
        year=filters.year, validity=filters.validity or "", since=since, until=until,
        order="relevance" if get.get("order") == "relevance" else "newest", in_title=get.get("where") == "title",
        page=lists.number_of(request), size=ROWS,
    )


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in _CHOICES if request.GET.get(name)}


def _link(request: HttpRequest, **changes: str) -> str:
    said = {name: value for name, value in request.GET.items() if name != "page" and value} | changes
    return "?" + urlencode({name: value for name, value in said.items() if value})


def _facets(
    request: HttpRequest, results: Results, chosen: dict[str, str], names: dict[int, str],
) -> list[Facet]:
    items = [value for value, _n, _capped in results.facets.get("item", [])]
    item_names = dict(Item.objects.filter(code__in=items).order_by("-pk").values_list("code", "name")) if items else {}
    found = []
    for key, name in (
        ("agency", _("发布机构")), ("kind", _("体裁")), ("item", _("目录事项")), ("topic", _("主题分类")),
        ("year", _("发布年度")), ("validity", _("有效性")),
    ):
        choices = []
        for value, count, capped in results.facets.get(key, []):
            if not value:
                continue
            label = _label(key, value, names, item_names)
            choices.append(Choice(
                label, f"{CAP:,}+" if capped and count >= CAP else count,  # type: ignore[arg-type]
                _link(request, **{key: value}), chosen.get(key) == value,
            ))
        mine = [choice for choice in choices if choice.chosen]
        rest = [choice for choice in choices if not choice.chosen]
        room = max(0, SHOWN - len(mine))
        if choices:
            found.append(Facet(key, name, mine + rest[:room], rest[room:], _link(request, **{key: ""})))
    return found


def _label(key: str, value: str, names: dict[int, str], items: dict[str, str]) -> str:
    if key == "agency":
        return names.get(int(value), value)
    if key == "item":
        return items.get(value, value)
    if key == "kind":
        return lists.kind_name(value)
    return lists.validity_name(value) if key == "validity" else value
