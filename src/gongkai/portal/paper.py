"""An edition on the page: its metadata, its words, its files, what it is linked with, its history.

The layout is drawn once for every shape that a document has (`Shape`); what differs from one to the next stands in its
holes. What few documents have (files, links, editions, a period for comments) is drawn by templates of its own, and
only where it is there. Every word is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongkai.participation.models import Consultation
from gongkai.portal import lists, shell
from gongkai.portal.site import base
from gongkai.portal.templatetags.portal import document_meta
from gongkai.publications import public as published
from gongkai.publications.kinds import PRINT_MARKS, RELATION_NAMES, Attribute, Kind, Relation, Validity
from gongkai.publications.public import Related
from gongkai.publications.sheets import Sheet

_ENDED = (Validity.REPEALED, Validity.LAPSED)
MARK = gettext_lazy(PRINT_MARKS[Attribute.ACTIVE])


class Fact(NamedTuple):
    """A line of the metadata table."""

    name: str
    value: str
    href: str = ""


class Group(NamedTuple):
    """Linked documents of one relation."""

    name: str
    documents: list[Related]


class Shape(NamedTuple):
    """Which parts the page of an edition has: documents of one shape differ in their words alone."""

    earlier: bool
    ended: bool
    ended_on: bool
    numbered: bool
    words: bool
    files: bool
    open: bool   # the organ takes questions and corrections
    phone: bool


def page(request: HttpRequest, framed: dict[str, Any], sheet: Sheet) -> HttpResponse:
    """The page of an edition in the frame of its agency."""
    organ, url = framed["agency"].name, f"{base(request)}/documents/{sheet.pk}/"
    about = {"pk": sheet.item_id, "name": sheet.item_name} if sheet.item_id is not None else None
    return shell.page(
        request, "portal/document.html", (sheet.agency_id, sheet.item_id),
        {**framed, "current_place": "", "about": about},
        {"title": escape(sheet.title), "body": _body(request, framed, sheet), "meta": document_meta(sheet, organ, url)},
    )


def _body(request: HttpRequest, framed: dict[str, Any], sheet: Sheet) -> str:
    agency, phone = framed["agency"], framed["office"].phone if framed["office"] else ""
    files = published.attachments(sheet.edition_id) if sheet.files else []
    ended = sheet.validity in _ENDED
    shape = Shape(
        earlier=sheet.earlier, ended=ended, ended_on=sheet.ended_on is not None, numbered=bool(sheet.document_number),
        words=bool(sheet.body), files=bool(files), open=not agency.valid_to, phone=bool(phone),
    )
    return shell.part(request, "portal/parts/document_body.html", shape, {"has": shape, "mark": MARK}, {
        "pk": str(sheet.pk), "number": str(sheet.number), "home": escape(framed["home"]), "phone": escape(phone),
        "validity": escape(lists.validity_name(sheet.validity)) if ended else "", "ended_on": _day(sheet.ended_on),
        "title": escape(sheet.title), "document_number": escape(sheet.document_number),
        "metadata": metadata_table(fact for fact in facts(sheet, agency.name) if fact.value),
        "words": words(sheet.body), "files": _drawn("files", document=sheet, files=files) if files else "",
        "asks": _asks(sheet), "links": _links(sheet), "editions": _editions(sheet),
    })


def _asks(sheet: Sheet) -> str:
    """That, and until when, the public is asked about a draft."""
    if sheet.kind != Kind.CONSULTATION or sheet.earlier:
        return ""
    asks = Consultation.objects.filter(publication_id=sheet.pk, cancelled_on__isnull=True).first()
    return _drawn("asks", asks=asks) if asks is not None else ""


def _links(sheet: Sheet) -> str:
    found = groups(published.related(sheet.pk)) if sheet.links else []
    return _drawn("links", groups=found) if found else ""


def _editions(sheet: Sheet) -> str:
    """The history, where there is more than the first edition."""
    found = published.editions(sheet.pk) if sheet.earlier or sheet.number > 1 else []
    return _drawn("editions", document=sheet, editions=found) if found else ""


def _drawn(part: str, **context: Any) -> SafeString:
    """A part that has a template of its own, without the line break at the end of that file."""
    return mark_safe(render_to_string(f"portal/parts/document_{part}.html", context).strip())  # noqa: S308


def facts(sheet: Sheet, organ: str) -> list[Fact]:
    """The metadata of an edition, in the order of real platforms (§5 of the listing record). `organ` publishes it."""
    item_at = f"/agencies/{sheet.item_agency_id}/content/{sheet.item_id}/" if sheet.item_id is not None else ""
    values = (
        sheet.index_number or "", sheet.topic, sheet.issuing_organ or organ, sheet.lead_organ,
        "、".join(str(one) for one in sheet.joint_organs), sheet.document_number, _day(sheet.formed_on),
        _day(sheet.published_on), lists.validity_name(sheet.validity), _day(sheet.effective_on),
        _day(sheet.ended_on or sheet.expires_on), lists.kind_name(sheet.kind), sheet.item_name or "", sheet.served,
        _attribute(get_language()), sheet.keywords, sheet.summary,
    )
    return [
        Fact(name, value, item_at if n == _ITEM_AT else "")
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


def metadata_table(said: Iterable[Fact]) -> SafeString:
    """The metadata of a document as a table."""
    drawn = [f'<table class="metadata"><caption class="visually-hidden">{escape(_("文件信息"))}</caption><tbody>']
    for name, value, href in said:
        told = f'<a href="{escape(href)}">{escape(value)}</a>' if href else escape(value)
        drawn.append(f'<tr><th scope="row">{escape(name)}</th><td>{told}</td></tr>')
    drawn.append("</tbody></table>")
    return mark_safe("".join(drawn))  # noqa: S308 - every word above is escaped


def words(body: str) -> SafeString:
    """The cleaned words of an edition; a wide table scrolls by itself and can be reached with the keyboard."""
    if "<table" in body:
        opened = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(_("表格"))}"><table'
        body = body.replace("<table", opened).replace("</table>", "</table></div>")
    return mark_safe(body)  # noqa: S308 - cleaned when it was saved (publications.cleaning), bound by its digest


def groups(found: Iterable[Related]) -> list[Group]:
    """Linked documents by relation, interpretations and what they interpret first."""
    by: dict[tuple[str, bool], list[Related]] = {}
    for one in found:
        by.setdefault((one.relation, one.outward), []).append(one)
    order = {relation.value: n for n, relation in enumerate(Relation)}
    return [
        Group(_(RELATION_NAMES[Relation(relation)][0 if outward else 1]), documents)
        for (relation, outward), documents in sorted(by.items(), key=lambda pair: (order[pair[0][0]], pair[0][1]))
    ]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
