"""Lists of published documents as CSV, JSON and Atom, and one document as JSON, text and a single HTML file.

Files are streamed in bounded memory and may be of any length; feeds hold the newest FEED entries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date

from gongkai.annual_reports.exports import csv_response
from gongkai.portal import site
from gongkai.publications import public as published
from gongkai.publications.kinds import KIND_NAMES, VALIDITY_NAMES, WITHDRAWAL_NAMES
from gongkai.publications.models import Publication
from gongkai.publications.public import Filters

FEED = 50
FORMS = ("csv", "json", "atom")
# The words of the statute, in Chinese whatever the language of the page: a program reads them.
HEADS = (
    "索引号", "名称", "文号", "发文机构", "成文日期", "发布日期", "更新时间", "有效性", "体裁", "主题分类", "目录编码",
    "目录事项", "内容概述", "公开方式", "网址",
)


def listed(request: HttpRequest, filters: Filters, to: str, *, title: str, name: str) -> HttpResponseBase:
    """A list in one of FORMS; 404 for any other."""
    if to == "csv":
        found = published.stream(published.listing(filters))
        return csv_response(name, HEADS, (line(request, one) for one in found))
    if to == "json":
        found = published.stream(published.listing(filters))
        return json_lines(name, ({"title": title, "url": site.base(request) + request.get_full_path()}),
                          (facts(request, one) for one in found))
    if to == "atom":
        return atom(request, filters, title)
    raise Http404


def line(request: HttpRequest, one: Publication) -> list[Any]:
    """A row of the CSV, in the order of HEADS."""
    return [
        one.index_number, one.title, one.document_number, one.agency.name, one.formed_on, one.published_on,
        _local(one.updated_at), VALIDITY_NAMES.get(one.validity, ""),  # type: ignore[call-overload]
        KIND_NAMES.get(one.kind, ""), one.topic,  # type: ignore[call-overload]
        one.item.code if one.item else "", one.item.name if one.item else "", one.summary, "主动公开",
        f"{site.base(request)}/documents/{one.pk}/",
    ]


def facts(request: HttpRequest, one: Publication) -> dict[str, Any]:
    """What the open data say of a document."""
    return {
        "id": one.pk, "index_number": one.index_number, "title": one.title, "document_number": one.document_number,
        "agency": {"id": one.agency_id, "name": one.agency.name, "credit_code": one.agency.credit_code},
        "formed_on": _day(one.formed_on), "published_on": _day(one.published_on),
        "updated_at": _local(one.updated_at), "kind": one.kind,
        "kind_name": KIND_NAMES.get(one.kind, ""), "topic": one.topic,  # type: ignore[call-overload]
        "item": {"code": one.item.code, "name": one.item.name} if one.item else None,
        "validity": one.validity, "effective_on": _day(one.effective_on), "expires_on": _day(one.expires_on),
        "ended_on": _day(one.ended_on), "summary": one.summary, "disclosure": "主动公开",
        "url": f"{site.base(request)}/documents/{one.pk}/", "json": f"{site.base(request)}/documents/{one.pk}.json",
    }


def withdrawn(one: Publication) -> dict[str, Any]:
    """What is said of a document that was taken down: that, when and why; no title where that would say too much."""
    return {
        "id": one.pk, "index_number": one.index_number, "withdrawn_at": _local(one.withdrawn_at),
        "reason": WITHDRAWAL_NAMES.get(one.withdrawal, ""),  # type: ignore[call-overload]
        "note": one.withdrawal_note,
    }


def json_lines(name: str, head: dict[str, Any], rows: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """One JSON object with `items`, streamed."""
    def pieces() -> Iterator[str]:
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
        for n, row in enumerate(rows):
            yield (",\n" if n else "\n") + json.dumps(row, ensure_ascii=False)
        yield "\n]}\n"

    response = StreamingHttpResponse(pieces(), content_type="application/json")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.json"'
    return response


def atom(request: HttpRequest, filters: Filters, title: str) -> HttpResponse:
    """The newest of a list as an Atom feed (RFC 4287), with the time of its last change.

    Whether it changed is answered by its ETag alone: what is withdrawn leaves no newer time behind, and a reader who
    asks by time would keep it.
    """
    rows = list(
        published.listing(filters).select_related("agency").order_by("-updated_at", "-pk")
        .only("pk", "title", "summary", "document_number", "updated_at", "first_published_at", "kind", "agency__name",
              "published_on")[:FEED],
    )
    changed = max((row.updated_at or _noon(row.published_on) for row in rows), default=None)
    here = site.base(request) + request.get_full_path()
    body = "".join([
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n',
        f"<id>{escape(here)}</id><title>{_words(title)}</title>",
        f"<updated>{_moment(changed or datetime(2019, 5, 15, tzinfo=UTC))}</updated>",
        f"<link rel=\"self\" type=\"application/atom+xml\" href={quoteattr(here)}/>",
        f"<link rel=\"alternate\" type=\"text/html\" href={quoteattr(site.base(request) + '/')}/>",
        f"<author><name>{_words(site.name())}</name></author>\n",
        *(_entry(request, row) for row in rows), "</feed>\n",
    ])
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def _entry(request: HttpRequest, row: Publication) -> str:
    url = f"{site.base(request)}/documents/{row.pk}/"
    summary = row.summary or row.document_number
    return "".join([
        f"<entry><id>{escape(url)}</id><title>{_words(row.title)}</title>",
        f"<link rel=\"alternate\" type=\"text/html\" href={quoteattr(url)}/>",
        f"<published>{_moment(row.first_published_at or _noon(row.published_on))}</published>",
        f"<updated>{_moment(row.updated_at or _noon(row.published_on))}</updated>",
        f"<author><name>{_words(row.agency.name)}</name></author>",
        f"<category term={quoteattr(row.kind)} label={quoteattr(str(KIND_NAMES.get(row.kind, '')))}/>",  # type: ignore[call-overload]
        f"<summary>{_words(summary)}</summary>" if summary else "", "</entry>\n",
    ])


def _words(text: str) -> str:
    """Escaped, without the control characters that XML forbids."""
    return escape("".join(c for c in text if c in "\t\n\r" or c >= " "))


def _noon(day: date | None) -> datetime:
    return datetime.combine(day or date(2019, 5, 15), time(12), tzinfo=timezone.get_default_timezone())


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _local(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

