"""The page of a document: its address stays for ever. Withdrawn, it says so (410); unknown, it is a 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import public
from gongkai.core.errors import Refused
from gongkai.files import store
from gongkai.files.downloads import attachment as as_file
from gongkai.portal import blocks, changes, exports, paper, printed, single, word
from gongkai.portal.keeping import kept
from gongkai.portal.leaf import Leaf
from gongkai.portal.offices import frame_of
from gongkai.portal.site import base
from gongkai.publications import public as published
from gongkai.publications import sheets
from gongkai.publications.kinds import TITLE_HIDDEN, WITHDRAWAL_NAMES
from gongkai.publications.models import Edition, Publication
from gongkai.publications.public import File

_FORMS = ("docx", "pdf", "html", "txt", "json")


@public
@kept
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The edition that stands: metadata, words, files, what it is linked with, its history."""
    sheet = sheets.standing(pk)
    if sheet is None:
        return gone(request, published.document(pk))
    return paper.page(request, frame_of(sheet.agency_id, "content", request), sheet)


@public
@kept
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier edition, with a banner; the one that stands is at its own address."""
    shown = published.document(pk)
    if not shown.is_public:
        return gone(request, shown)
    sheet = sheets.of(shown, published.edition(shown, number))
    return paper.page(request, frame_of(shown.agency_id, "content", request), sheet)


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
    said = (paper.facts(sheets.of(shown, of), shown.agency.name) for of in (before, these))
    facts = [(now.name, then.value, now.value) for then, now in zip(*said, strict=True) if then.value != now.value]
    files = ({one.name: one.sha256 for one in published.attachments(of.pk)} for of in (before, these))
    old, new = files
    return render(request, "portal/document_changes.html", {
        **framed, "document": shown, "these": these, "before": before, "facts": facts,
        "lines": changes.compared(before.text, these.text),
        "files": {"added": sorted(new.keys() - old.keys()), "removed": sorted(old.keys() - new.keys()),
                  "replaced": sorted(name for name in old.keys() & new.keys() if old[name] != new[name])},
    })


@public
@kept
def document_as(request: HttpRequest, pk: int, to: str) -> HttpResponseBase:
    """The edition that stands, to take away: for Word, as PDF, as one HTML file, as text, as JSON.

    503 with the reason where this machine cannot set a PDF now.
    """
    shown = published.document(pk)
    if to not in _FORMS:
        raise Http404
    if not shown.is_public or shown.current is None:
        return JsonResponse(exports.withdrawn(shown), status=410) if to == "json" else gone(request, shown)
    these = published.edition(shown, shown.current.number)
    _frame(request, shown, "")
    if to == "json":
        return JsonResponse(_whole(request, shown, these), json_dumps_params={"ensure_ascii": False})
    said = paper.facts(sheets.of(shown, these), shown.agency.name)
    facts = [(fact.name, fact.value) for fact in said if fact.value]
    name = f"{these.document_number or these.title}"[:80]
    if to in {"docx", "pdf"}:
        leaf = _leaf(request, shown, these, facts)
        try:
            data, media = (word.write(leaf), word.MEDIA) if to == "docx" else (printed.write(leaf), printed.MEDIA)
        except (Refused, printed.Busy):
            return _not_now()
        return as_file(data, f"{name}.{to}", media)
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


def _leaf(request: HttpRequest, shown: Publication, these: Edition, facts: list[tuple[str, str]]) -> Leaf:
    """A document for paper, with the addresses of its files: what the page of it shows."""
    here = base(request)
    files = [
        (one.name, here + reverse("portal:document-file", args=[shown.pk, one.pk]), one.sha256)
        for one in published.attachments(these.pk)
    ]
    words = blocks.blocks(these.body)
    if files and not words:
        words = [blocks.Line(pieces=[blocks.Piece(_("正文见附件。"))])]
    return Leaf(
        title=these.title, number=these.document_number, organ=these.issuing_organ or shown.agency.name, facts=facts,
        blocks=words, mark=str(paper.MARK), files=files, files_called=_("附件"),
        address=here + reverse("portal:document", args=[shown.pk]),
    )


def _not_now() -> HttpResponse:
    response = HttpResponse(
        _("现在不能生成 PDF：服务器没有中文字体，或者下载的人很多。请过几分钟再试，或者下载 Word。"), status=503,
        content_type="text/plain; charset=utf-8",
    )
    response.headers["Retry-After"] = "120"
    return response


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
        } for one in published.related(shown.pk)],
        "editions": [{
            "number": one.number, "published_at": timezone.localtime(one.published_at).strftime("%Y-%m-%d %H:%M"),
            "change_note": one.change_note,
        } for one in published.editions(shown) if one.published_at is not None],
    }
