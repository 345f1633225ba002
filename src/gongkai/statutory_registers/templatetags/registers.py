"""Words of the registers for pages: rows keep keys, pages show the statute's terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.statutory_registers.models import Document, Entry, PowerItem
from gongkai.statutory_registers.registers import (
    DOCUMENT_NAMES,
    ENDING_NAMES,
    REGISTER_NAMES,
    SHOWN_NAMES,
    DocumentKind,
    Ending,
    Register,
    Shown,
)

register = template.Library()


@register.filter
def document_kind(kind: str) -> str:
    """规章, 行政规范性文件."""
    return _(DOCUMENT_NAMES[DocumentKind(kind)])


@register.filter
def register_name(key: str) -> str:
    """行政许可, 行政处罚 …"""
    return _(REGISTER_NAMES[Register(key)])


@register.filter
def ending_name(ending: str) -> str:
    """废止, 失效."""
    return _(ENDING_NAMES[Ending(ending)]) if ending else ""


@register.filter
def shown_name(shown: str) -> str:
    """待公示, 已公示, 依法不公示."""
    return _(SHOWN_NAMES[Shown(shown)])


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount in yuan as ledgers write it: 1,234.50; a dash where none is stated."""
    return "—" if amount is None else f"{amount:,.2f}"


@register.filter
def standing(document: Document, today: date) -> str:
    """Whether a document is in force on a day, or since when it is not."""
    if document.ending and document.ended_on is not None and document.ended_on <= today:
        return f"{ending_name(document.ending)} {document.ended_on:%Y-%m-%d}"
    if document.expires_on is not None and document.expires_on <= today:
        return _("有效期已满 %(day)s") % {"day": document.expires_on.isoformat()}
    return _("现行有效")


@register.filter
def openness(document: Document) -> str:
    """Whether the public reads it, or why not."""
    if document.publication_id is not None:
        return _("已公开")
    if document.unpublished_reason:
        return _("不公开：%(reason)s") % {"reason": document.unpublished_reason}
    return _("没有关联公开的文本") if document.disclosed_on else _("没有公开，也没有写依据")


@register.filter
def register_href(row: Any) -> str:
    """The page of a row behind a number."""
    if isinstance(row, Document):
        return reverse("registers:document", args=[row.pk])
    if isinstance(row, Entry):
        return reverse("registers:entry", args=[row.pk])
    return reverse("registers:items", args=[row.register])


@register.filter
def register_title(row: Document | Entry | PowerItem) -> str:
    """What a row is called, with its number."""
    if isinstance(row, PowerItem):
        return row.name
    name = row.title if isinstance(row, Document) else row.subject
    return f"{name}　{row.number}".strip()


@register.filter
def register_day(row: Document | Entry | PowerItem) -> date:
    """The day that counts it."""
    if isinstance(row, Document):
        return row.made_on
    return row.on if isinstance(row, Entry) else row.from_on


@register.filter
def cells_under(address: str) -> str:
    """The address below which each cell has its own, from the address of one cell."""
    return address.rsplit("/", 2)[0] + "/"
