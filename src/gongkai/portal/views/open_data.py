"""Open data: what there is to take, and the whole catalogue and all publications as CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import public
from gongkai.annual_reports.exports import csv_response
from gongkai.catalogue.models import Item
from gongkai.portal import exports, site
from gongkai.portal.keeping import kept
from gongkai.publications import public as published
from gongkai.publications.public import STATUTORY, Filters

_ITEM_HEADS = (
    "机关", "统一社会信用代码", "编码", "事项", "上级事项编码", "公开内容（要素）", "公开依据", "公开时限", "公开类型",
    "公开方式", "公开对象", "来源",
)


@public
@kept
def page(request: HttpRequest) -> HttpResponse:
    """What can be taken, in which form, and what its fields mean."""
    return render(request, "portal/data.html", {
        "heads": exports.HEADS, "item_heads": _ITEM_HEADS, "feed": exports.FEED,
    })


@public
@kept
def index(request: HttpRequest) -> HttpResponse:
    """The same for programs, in the manner of DCAT."""
    here = site.base(request)

    def forms(name: str, path: str) -> list[dict[str, str]]:
        types = {"csv": "text/csv", "json": "application/json"}
        return [{"title": f"{name} {to.upper()}", "mediaType": types[to], "downloadURL": f"{here}{path}.{to}"}
                for to in types]

    return JsonResponse({
        "title": site.name(), "homepage": f"{here}/", "modified": _changed(),
        "dataset": [
            {"identifier": "publications", "title": "主动公开信息", "landingPage": f"{here}/data/",
             "distribution": [*forms("主动公开信息", "/data/publications"), {
                 "title": "Atom", "mediaType": "application/atom+xml", "downloadURL": f"{here}/feed.xml"}]},
            {"identifier": "catalogue", "title": "政府信息公开目录", "landingPage": f"{here}/data/",
             "distribution": forms("政府信息公开目录", "/data/catalogue")},
            {"identifier": "policies", "title": "政策文件库", "landingPage": f"{here}/policies/",
             "distribution": forms("政策文件库", "/policies/list")},
            {"identifier": "document", "title": "单个文件", "landingPage": f"{here}/data/",
             "distribution": [{"title": "JSON", "mediaType": "application/json",
                               "accessURL": f"{here}/documents/{{id}}.json"}]},
        ],
    }, json_dumps_params={"ensure_ascii": False})


@public
def publications(request: HttpRequest, to: str) -> HttpResponseBase:
    """Everything that is published, streamed."""
    if to not in {"csv", "json"}:
        raise Http404
    return exports.listed(request, Filters(), to, title=_("主动公开信息"), name="publications")


@public
def catalogue(request: HttpRequest, to: str) -> HttpResponseBase:  # noqa: ARG001
    """The catalogues of all agencies, streamed."""
    if to == "csv":
        return csv_response("catalogue", _ITEM_HEADS, _lines())
    if to == "json":
        names = ("agency", "credit_code", "code", "name", "parent_code", "contents", "basis", "limit", "mode", "method",
                 "audience", "source")
        rows = (dict(zip(names, line, strict=True)) for line in _lines())
        return exports.json_lines("catalogue", {"title": "政府信息公开目录"}, rows)
    raise Http404


def _lines() -> Iterator[list[Any]]:
    items = (
        Item.objects.public().filter(source__in=STATUTORY).select_related("agency", "parent")
        .order_by("agency__path", "order", "pk")
    )
    for one in items.iterator(chunk_size=1000):
        yield [
            one.agency.name, one.agency.credit_code, one.code, one.name, one.parent.code if one.parent else "",
            one.contents, one.basis, one.limit_text, one.get_mode_display(), one.get_method_display(),
            one.get_audience_display(), one.get_source_display(),
        ]


def _changed() -> str | None:
    changed = published.last_change(Filters())
    return timezone.localtime(changed).isoformat(timespec="seconds") if changed else None
