"""The list as a spreadsheet, and any small table as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from gongkai.core.report.writers.csv_columns import guard
from gongkai.publications.kinds import ATTRIBUTE_NAMES, KIND_NAMES, VALIDITY_NAMES, Attribute, Kind, Validity
from gongkai.publications.models import Publication
from gongkai.publications.states import STATE_NAMES, State

MOST = 200_000
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}
HEADINGS = (
    "索引号", "名称", "文号", "公开主体", "科室", "目录编码", "目录事项", "体裁", "公开属性", "状态", "成文日期",
    "公开期限", "发布日期", "逾期工作日", "有效性", "撤下日期", "网址",
)
_BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | date | None


def written(rows: Any, to: str) -> bytes:
    """The list as .xlsx or .csv. Raises KeyError for another format."""
    cells = (_cells(row) for row in rows.select_related("agency", "section", "item", "latest").defer(
        "latest__body", "latest__text", "latest__screening", "item__contents", "item__basis",
    ).iterator(chunk_size=2000))
    return {"xlsx": _xlsx, "csv": table_csv}[to](HEADINGS, cells)


def _cells(row: Publication) -> Sequence[Cell]:
    latest = row.latest
    attribute = (latest.decided_attribute or latest.attribute) if latest is not None else ""
    return (
        row.index_number or "", row.title, row.document_number, row.agency.name,
        row.section.name if row.section else "", row.item.code if row.item else "", row.item.name if row.item else "",
        KIND_NAMES[Kind(row.kind)], ATTRIBUTE_NAMES[Attribute(attribute)] if attribute else "",
        STATE_NAMES[State(latest.state)] if latest is not None else "", row.formed_on, row.due_on, row.published_on,
        row.late_days, VALIDITY_NAMES[Validity(row.validity)],
        row.withdrawn_at.date() if row.withdrawn_at else None,
        f"/documents/{row.pk}/" if row.first_published_at else "",
    )


def table_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as CSV with a byte order mark, so that a spreadsheet reads its Chinese; text that it would run is
    guarded."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return (_BYTE_ORDER_MARK + made.getvalue()).encode()


def _plain(cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return guard(cell) if isinstance(cell, str) else cell if cell is not None else ""


def _xlsx(headings: Sequence[str], rows: Iterator[Sequence[Cell]]) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    sheet = book.add_worksheet("主动公开台账")
    head = book.add_format({"bold": True, "bg_color": "#F3F4F6", "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@", "quote_prefix": True})
    for at, (title, width) in enumerate(zip(headings, (22, 48, 20, *(14,) * 14), strict=False)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    sheet.freeze_panes(1, 2)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, at, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(number, at, cell)
            elif cell:
                sheet.write_string(number, at, cell, text)
    book.close()
    return packed.getvalue()
