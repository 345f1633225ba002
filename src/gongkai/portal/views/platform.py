"""The unified platform of an agency (Arts. 12, 24; 国办公开办函〔2019〕61号): five blocks, the same on every platform.

A government's platform shows its own catalogue beside the sums of everything below it, and leads to the platforms of
its departments and of the governments below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.accounts.gate import public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency, Kind
from gongkai.catalogue.models import Item
from gongkai.portal import lists
from gongkai.portal.keeping import kept, remembered
from gongkai.portal.offices import frame, published_by
from gongkai.publications import public as published
from gongkai.publications.kinds import Kind as DocumentKind
from gongkai.publications.public import Filters

BELOW = 100
LATEST = 8
REPORTS = 5


@dataclass(slots=True)
class Branch:
    """An item of the catalogue with what lies below it. `own` counts documents of the agency, `whole` also those of
    everything below it (None where nothing is)."""

    item: Item
    own: int = 0
    whole: int | None = None
    branches: list[Branch] = field(default_factory=list)

    @property
    def keys(self) -> tuple[int, ...]:
        """The item and all below it."""
        return (self.item.pk, *(key for branch in self.branches for key in branch.keys))



@public
@kept
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """The front of a platform: what is newest of the statutory content, the reports, the platforms below."""
    shown = get_object_or_404(Agency, pk=agency_id)
    reports = published_by(shown)
    below = Agency.objects.filter(parent=shown).in_force(timezone.localdate()).order_by("path")
    filters = _scope(shown)
    return render(request, "portal/agency.html", {
        **frame(shown, "", request), "former": shown.former_names.all(), "reports": reports[:REPORTS],
        "latest": published.rows_of(filters, 0, LATEST), "whole": bool(filters.under),
        "query": _query(shown), "heirs": agencies.heirs(shown) if shown.valid_to else [],
        "page": Paginator(below, BELOW).get_page(request.GET.get("page")),
    })


@public
@kept
def rules(request: HttpRequest, agency_id: int) -> HttpResponse:
    """政府信息公开制度: the Regulations' own and what the organ made to carry them out."""
    shown = get_object_or_404(Agency, pk=agency_id)
    filters = Filters(agency=shown.pk, kinds=(DocumentKind.RULES,))
    return render(request, "portal/rules.html", {
        **frame(shown, "rules", request), "page": lists.page_of(request, filters), "query": lists.address(filters),
    })


@public
@kept
def content(request: HttpRequest, agency_id: int) -> HttpResponse:
    """法定主动公开内容: the catalogue as a tree, each item with the number of its documents."""
    shown = get_object_or_404(Agency, pk=agency_id)
    whole = shown.kind == Kind.GOVERNMENT
    return render(request, "portal/content.html", {
        **frame(shown, "content", request), "tree": tree_of(request, shown), "whole": whole, "query": _query(shown),
        "total": lists.page_of(request, Filters(agency=shown.pk)).total_text,
    })


@public
@kept
def item(request: HttpRequest, agency_id: int, item_id: int) -> HttpResponse:
    """One item of the catalogue with everything below it: what must be published, and what is."""
    shown = get_object_or_404(Agency, pk=agency_id)
    about = get_object_or_404(Item.objects.select_related("parent"), pk=item_id, agency=shown)
    tree = tree_of(request, shown)
    branch = _find(tree, about.pk)
    filters = Filters(agency=shown.pk, items=branch.keys if branch else (about.pk,), order=_order(request))
    return render(request, "portal/item.html", {
        **frame(shown, "content", request), "tree": tree, "item": about, "branch": branch, "current_place": "",
        "page": lists.page_of(request, filters, branch.own if branch else None),
        "query": lists.address(filters), "order": filters.order,
    })


@public
@kept
def reports(request: HttpRequest, agency_id: int) -> HttpResponse:
    """政府信息公开年报 (Art. 50), newest first."""
    shown = get_object_or_404(Agency, pk=agency_id)
    return render(request, "portal/reports.html", {
        **frame(shown, "reports", request), "reports": published_by(shown),
    })


def tree_of(request: HttpRequest, agency: Agency) -> list[Branch]:
    """The catalogue of an agency with its counts, made once until something public changes."""
    return remembered(request, ("tree", agency.pk), lambda: _tree(agency))  # type: ignore[no-any-return]


def _tree(agency: Agency) -> list[Branch]:
    counts = published.by_item(agency.pk)
    codes = published.by_code(agency.path) if agency.kind == Kind.GOVERNMENT else None
    branches = {one.pk: Branch(one, counts.get(one.pk, 0)) for one in published.items_of(agency.pk)}
    roots = []
    for branch in branches.values():
        above = branches.get(branch.item.parent_id or 0)
        (above.branches if above is not None else roots).append(branch)
    _add_up(roots, codes)
    return roots


def _add_up(branches: Iterable[Branch], codes: dict[str, int] | None) -> None:
    """An item counts its own documents and those of the items below it."""
    for branch in branches:
        _add_up(branch.branches, codes)
        branch.own += sum(below.own for below in branch.branches)
        if codes is not None:
            branch.whole = codes.get(branch.item.code, 0)


def _find(branches: Iterable[Branch], key: int) -> Branch | None:
    for branch in branches:
        found = branch if branch.item.pk == key else _find(branch.branches, key)
        if found is not None:
            return found
    return None


def _scope(agency: Agency) -> Filters:
    return Filters(under=agency.path) if agency.kind == Kind.GOVERNMENT else Filters(agency=agency.pk)


def _query(agency: Agency) -> str:
    """The address of everything that a platform shows."""
    if agency.kind == Kind.GOVERNMENT:
        return lists.address(Filters(), under=agency.pk)
    return lists.address(Filters(agency=agency.pk))


def _order(request: HttpRequest) -> str:
    return "formed" if request.GET.get("order") == "formed" else "newest"


