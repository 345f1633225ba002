"""A catalogue as a file: our own columns as .xlsx, .csv or JSON, and the columns of the standard catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from gongkai.agencies.models import Agency
from gongkai.catalogue.facts import KEPT
from gongkai.catalogue.models import Item
from gongkai.catalogue.queries import items_of
from gongkai.catalogue.telling import NAMES, said
from gongkai.core import tables
from gongkai.core.catalogue.standard import StandardRow
from gongkai.core.catalogue.standard_write import write_xlsx

MEDIA_TYPES = {
    **tables.MEDIA_TYPES, "json": "application/json", "standard": tables.MEDIA_TYPES["xlsx"],
}
_LONG = ("name", "contents", "basis", "limit_text")
FIELDS = tuple(field for field in KEPT if field not in {"active", "assigned_from"})


def export(agency: Agency, to: str) -> bytes:
    """The items in use as a file. Raises KeyError for a form that does not exist."""
    rows = items_of(agency).select_related("parent", "section", "owner")
    return {"xlsx": _xlsx, "csv": _csv, "json": _json, "standard": _standard}[to](rows)


def _texts(item: Item) -> list[str]:
    return [_text(item, field) for field in FIELDS]


def _text(item: Item, field: str) -> str:
    value = getattr(item, field)
    return str(value.name) if field in {"parent", "section", "owner"} and value is not None else said(field, value)


def _heads() -> list[str]:
    return [str(NAMES[field]) for field in FIELDS]


def _csv(rows: Iterable[Item]) -> bytes:
    return tables.written(_heads(), map(_texts, rows), "csv")


def _xlsx(rows: Iterable[Item]) -> bytes:
    wide = {str(NAMES[field]): 30 for field in _LONG}
    return tables.xlsx(_heads(), map(_texts, rows), name="公开目录", wide=wide, frozen=2)


def _json(rows: Iterable[Item]) -> bytes:
    listed = [
        {"edition": item.edition} | {
            field: getattr(value, "name", None) if field in {"section", "owner"} else value.code
            if field == "parent" and value is not None else value
            for field in FIELDS for value in [getattr(item, field)]
        } for item in rows
    ]
    return json.dumps({"items": listed}, ensure_ascii=False, indent=1).encode()


def _standard(rows: Iterable[Item]) -> bytes:
    return write_xlsx(_standard_rows(rows))


def _standard_rows(rows: Iterable[Item]) -> Iterator[StandardRow]:
    """Headings stand in the first column of what is under them; a heading that says something is a row too."""
    for item in rows:
        if item.is_heading and not item.contents:  # type: ignore[attr-defined]
            continue
        first, second = (item.parent.name, item.name) if item.parent else (item.name, "")
        yield StandardRow(
            first, second, item.domain, item.contents, item.basis, item.limit_text, item.subject, tuple(item.channels),
            item.audience, item.group, item.method, item.tier,
        )
