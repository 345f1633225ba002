"""Putting values into a draft: which fields there are, what each may hold, what changed. A part of actions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.accounts.actor import Actor
from gongkai.core.errors import Refused
from gongkai.publications.actions.parts import screened
from gongkai.publications.cleaning import clean_html, text_of
from gongkai.publications.models import Edition
from gongkai.publications.rules import drafting as rules

_TAGS = re.compile(r"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|$)|<!--.*?(?:-->|$)|<[^>]*>", re.I | re.S)
_WORDS = re.compile(r"[\w\u4e00-\u9fff]")
_CHOICES = ("attribute", "attribute_ground", "lane")
_OF_PUBLICATION = ("kind", "item", "section", "changed_on", "origin")
FIELDS = frozenset({*rules.LENGTHS, *rules.DATES, *_CHOICES, *_OF_PUBLICATION, "joint_organs"})
_ATTRIBUTE = {"attribute", "attribute_ground", "attribute_reason"}


def write(edition: Edition, values: Mapping[str, Any], body: str | None, *, by: Actor, today: date) -> set[str]:
    """Set what is given on an edition and its publication, unsaved; the names of what is different now.

    Raises Refused, see `edit`; KeyError for a field that does not exist.
    """
    if unknown := set(values) - FIELDS:
        raise KeyError(", ".join(sorted(unknown)))
    rules.choices(values)
    publication = edition.publication
    _place(edition, values)
    changed = {
        name for name in _OF_PUBLICATION if name in values and _set(publication, name, _plain(name, values[name]))
    }
    changed |= {
        name for name in FIELDS - {*_OF_PUBLICATION}
        if name in values and _set(edition, name, _plain(name, values[name]))
    }
    if body is not None and _set(edition, "body", body_of(body)):
        edition.text = text_of(edition.body)
        changed.add("body")
    if changed & _ATTRIBUTE:
        edition.attribute_by_id = by.user_id
    rules.days(edition.formed_on, edition.effective_on, edition.expires_on, today)
    rules.changed(publication.changed_on, edition.formed_on, today)
    rules.lane(edition.lane, edition.lane_reason)
    if changed or not edition.screened:
        screened(edition)
    return changed


def body_of(pasted: str) -> str:
    """Cleaned HTML. Raises Refused: body-too-long, body-tangled."""
    if len(pasted) > 8 * rules.BODY_MOST:
        raise Refused("body-too-long", "正文太长，没有保存；请把长表和附录作为附件上传")
    cleaned = clean_html(pasted)
    if len(cleaned) > rules.BODY_MOST:
        raise Refused("body-too-long", "正文太长，没有保存；请把长表和附录作为附件上传")
    if not text_of(cleaned).strip() and _WORDS.search(_TAGS.sub("", pasted)):
        # Nested hundreds of levels deep, or left unclosed: no reader shows it, and words must not vanish in silence.
        raise Refused("body-tangled", "粘贴的正文结构混乱，读不出文字，没有保存；请先粘贴到记事本，再复制过来")
    return cleaned


def _plain(name: str, value: Any) -> Any:
    if name in rules.LENGTHS:
        return rules.plain(name, value or "")
    if name == "joint_organs":
        return rules.organs(value or ())
    if name in _CHOICES:
        return str(value or ("normal" if name == "lane" else ""))
    return rules.origin(value) if name == "origin" else value


def _set(row: Any, name: str, value: Any) -> bool:
    if getattr(row, name) == value:
        return False
    setattr(row, name, value)
    return True


def _place(edition: Edition, values: Mapping[str, Any]) -> None:
    """Kind and item may change until something of it was reviewed; item and section are of the same agency."""
    publication = edition.publication
    item, section = values.get("item"), values.get("section")
    if item is not None and item.agency_id != publication.agency_id:
        raise Refused("item-elsewhere", "这个目录事项不属于本机关，请重新选择；没有保存")
    if section is not None and section.agency_id != publication.agency_id:
        raise Refused("section-elsewhere", "这个科室不属于本机关，请重新选择；没有保存")
    if publication.pk is None:
        return
    moved = ("kind" in values and values["kind"] != publication.kind) or (
        "item" in values and (item.pk if item else None) != publication.item_id
    )
    if moved:
        rules.place(publication.editions.exclude(pk=edition.pk).filter(signed_at__isnull=False).exists(), moved)
