"""The page of a document: its address stays for ever. Withdrawn, it says so (410); unknown, it is a 404."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.accounts.gate import public
from gongkai.files import store
from gongkai.files.downloads import attachment as as_file
from gongkai.portal import changes, exports, lists, shell, single
from gongkai.portal.keeping import kept
from gongkai.portal.offices import frame_of
from gongkai.portal.site import base
from gongkai.portal.templatetags.portal import document_meta
from gongkai.publications import public as published
from gongkai.publications.kinds import PRINT_MARKS, RELATION_NAMES, TITLE_HIDDEN, WITHDRAWAL_NAMES, Attribute, Relation
from gongkai.publications.models import Edition, Publication
from gongkai.publications.public import File, Related

_FORMS = ("html", "txt", "json")


class Fact(NamedTuple):
    """A line of the metadata table."""

    name: str
    value: str
    href: str = ""


class Group(NamedTuple):
    """Linked documents of one relation."""

    name: str
    documents: list[Related]


@public
@kept
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The edition that stands: metadata, words, files, what it is linked with, its history."""
    shown = published.document(pk)
    if not shown.is_public:
        return gone(request, shown)
    assert shown.current is not None  # what is public has a current edition, the database sees to it
    return _page(request, shown, shown.current)


@public
@kept
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier edition, with a banner; the one that stands is at its own address."""
    shown = published.document(pk)
    if not shown.is_public:
        return gone(request, shown)
    return _page(request, shown, published.edition(shown, number))


@public
@kept
def history(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What an edition changed against the one before."""
    shown = published.document(pk)
    if not shown.is_public:
        return gone(request, shown)
    these = published.edition(shown, number)
    earlier = [one for one in published.editions(shown) if one.number < number]
    if not earlier:
        raise Http404
    before = published.edition(shown, earlier[0].number)
    framed = _frame(request, shown, "")
    facts = [(now.name, then.value, now.value) for then, now in zip(
        _facts(shown, before), _facts(shown, these), strict=True) if then.value != now.value]
    files = ({one.name: one.sha256 for one in published.attachments(of.pk)} for of in (before, these))
    old, new = files
    return render(request, "portal/document_changes.html", {
        **framed, "document": shown, "these": these, "before": before, "facts": facts,
        "lines": changes.compared(before.text, these.text),
        "files": {"added": sorted(new.keys() - old.keys()), "removed": sorted(old.keys() - new.keys()),
                  "replaced": sorted(name for name in old.keys() & new.keys() if old[name] != new[name])},
    })


@public
def document_as(request: HttpRequest, pk: int, to: str) -> HttpResponseBase:
    """The edition that stands as one HTML file, as text or as JSON."""
    shown = published.document(pk)
    if to not in _FORMS:
        raise Http404
    if not shown.is_public or shown.current is None:
        return JsonResponse(exports.withdrawn(shown), status=410) if to == "json" else gone(request, shown)
    these = published.edition(shown, shown.current.number)
    _frame(request, shown, "")
    if to == "json":
        return JsonResponse(_whole(request, shown, these), json_dumps_params={"ensure_ascii": False})
    facts = [(fact.name, fact.value) for fact in _facts(shown, these) if fact.value]
    name = f"{these.document_number or these.title}"[:80]
    if to == "txt":
        words = single.text(these.title, facts, these.text)
        return as_file(words.encode(), f"{name}.txt", "text/plain; charset=utf-8")
    page = single.html(these.title, facts, these.body, base(request) + reverse("portal:document", args=[pk]))
    return as_file(page.encode(), f"{name}.html", "text/html; charset=utf-8")


@public
def file(request: HttpRequest, pk: int, attachment_id: int) -> HttpResponse:
    """A file of a published edition: the cleaned one. Its checksum stands on the page."""
    shown = published.document(pk)
    if not shown.is_public:
        return gone(request, shown)
    found = published.attachment(shown, attachment_id)
    response = as_file(store.read(found.sha256), found.name)
    response.headers["ETag"] = f'"{found.sha256[:32]}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def gone(request: HttpRequest, shown: Publication) -> HttpResponse:
    """The address of what was taken down: that, when and why; of secrets and privacy not even the title."""
    response = render(request, "portal/withdrawn.html", {
        **_frame(request, shown, ""), "document": shown, "hidden": shown.withdrawal in TITLE_HIDDEN,
        "reason": _(WITHDRAWAL_NAMES[shown.withdrawal]) if shown.withdrawal else "",  # type: ignore[index]
    }, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _frame(request: HttpRequest, shown: Publication, block: str) -> dict[str, Any]:
    """The frame of its agency, remembered; the document gets the agency from there."""
    found = frame_of(shown.agency_id, block, request)
    shown.agency = found["agency"]
    return found


def _page(request: HttpRequest, shown: Publication, these: Edition) -> HttpResponse:
    framed = _frame(request, shown, "content")
    current = shown.current
    editions = published.editions(shown) if current is None or current.number > 1 else []
    url = f"{base(request)}/documents/{shown.pk}/"
    earlier = current is not None and these.pk != current.pk
    body = render_to_string("portal/parts/document_body.html", {
        **framed, "request": request, "document": shown, "edition": these, "earlier": earlier,
        "facts": [fact for fact in _facts(shown, these) if fact.value], "files": published.attachments(these.pk),
        "groups": _groups(published.related(shown)), "editions": editions,
        "mark": _(PRINT_MARKS[Attribute.ACTIVE]),
    })
    return shell.page(
        request, "portal/document.html", (shown.agency_id, shown.item_id),
        {**framed, "current_place": "", "about": shown.item},
        {"title": conditional_escape(these.title), "body": body, "meta": document_meta(shown, these, url, earlier)},
    )


def _facts(shown: Publication, these: Edition) -> list[Fact]:
    """The metadata of an edition, in the order of real platforms (§5 of the listing record)."""
    joint = "、".join(str(organ) for organ in these.joint_organs)
    item = shown.item
    ended = shown.ended_on or these.expires_on
    where = f"/agencies/{item.agency_id}/content/{item.pk}/" if item is not None else ""
    values = (
        shown.index_number or "", these.topic, these.issuing_organ or shown.agency.name, these.lead_organ, joint,
        these.document_number, _day(these.formed_on), _day(shown.published_on), lists.validity_name(shown.validity),
        _day(these.effective_on), _day(ended), lists.kind_name(shown.kind), item.name if item is not None else "",
        these.served, _attribute(get_language()), these.keywords, these.summary,
    )
    return [
        Fact(name, value, where if n == _ITEM_AT else "")
        for n, (name, value) in enumerate(zip(_labels(get_language()), values, strict=True))
    ]


_ITEM_AT = 12


@cache
def _labels(_language: str | None) -> tuple[str, ...]:
    """The names of the facts, asked of the catalogue once a language: seventeen questions less on every page."""
    return (
        _("索引号"), _("主题分类"), _("发文机构"), _("牵头机关"), _("联合发文机关"), _("发文字号"), _("成文日期"),
        _("发布日期"), _("有效性"), _("生效日期"), _("废止、失效日期"), _("体裁"), _("目录事项"), _("服务对象"),
        _("公开方式"), _("关键词"), _("内容概述"),
    )


@cache
def _attribute(_language: str | None) -> str:
    return _("主动公开")


def _groups(found: list[Related]) -> list[Group]:
    """Linked documents by relation, interpretations and what they interpret first."""
    groups: dict[tuple[str, bool], list[Related]] = {}
    for one in found:
        groups.setdefault((one.relation, one.outward), []).append(one)
    order = {relation.value: n for n, relation in enumerate(Relation)}
    return [
        Group(_(RELATION_NAMES[Relation(relation)][0 if outward else 1]), documents)
        for (relation, outward), documents in sorted(groups.items(), key=lambda pair: (order[pair[0][0]], pair[0][1]))
    ]


def _whole(request: HttpRequest, shown: Publication, these: Edition) -> dict[str, Any]:
    """A document as open data, with its words and files."""
    here = base(request)

    def of(one: File) -> dict[str, Any]:
        return {"name": one.name, "format": one.format, "size": one.size, "sha256": one.sha256,
                "url": here + reverse("portal:document-file", args=[shown.pk, one.pk])}

    return exports.facts(request, shown) | {
        "edition": these.number, "issuing_organ": these.issuing_organ or shown.agency.name,
        "lead_organ": these.lead_organ, "joint_organs": these.joint_organs, "keywords": these.keywords,
        "served": these.served, "digest": these.digest, "body_html": these.body, "body_text": these.text,
        "attachments": [of(one) for one in published.attachments(these.pk)],
        "related": [{
            "relation": one.relation, "outward": one.outward, "title": one.title,
            "url": here + reverse("portal:document", args=[one.pk]),
        } for one in published.related(shown)],
        "editions": [{
            "number": one.number, "published_at": timezone.localtime(one.published_at).strftime("%Y-%m-%d %H:%M"),
            "change_note": one.change_note,
        } for one in published.editions(shown) if one.published_at is not None],
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
