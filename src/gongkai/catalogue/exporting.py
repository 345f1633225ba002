"""A catalogue as a file: our own columns as .xlsx, .csv or JSON, and the columns of the standard catalogue."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

import xlsxwriter

from gongkai.agencies.models import Agency
from gongkai.catalogue.facts import KEPT
from gongkai.catalogue.models import Item
from gongkai.catalogue.queries import items_of
from gongkai.catalogue.telling import NAMES, said
from gongkai.core.catalogue.standard import StandardRow
from gongkai.core.catalogue.standard_write import write_xlsx
from gongkai.core.report.writers.csv_columns import guard

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": "application/json", "standard": XLSX}
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
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(_heads())
    for item in rows:
        lines.writerow([guard(text) for text in _texts(item)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _xlsx(rows: Iterable[Item]) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("公开目录")
    head = book.add_format({"bold": True, "bg_color": "#F3F4F6", "border": 1, "font_name": "宋体", "font_size": 10})
    text = book.add_format({"num_format": "@", "quote_prefix": True, "font_name": "宋体", "font_size": 10,
                            "valign": "top", "text_wrap": True})
    sheet.freeze_panes(1, 2)
    for at, name in enumerate(_heads()):
        sheet.write_string(0, at, name, head)
        sheet.set_column(at, at, 30 if FIELDS[at] in {"name", "contents", "basis", "limit_text"} else 14)
    for number, item in enumerate(rows, 1):
        for at, said_ in enumerate(_texts(item)):
            if said_:
                sheet.write_string(number, at, said_, text)
    book.close()
    return packed.getvalue()


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
