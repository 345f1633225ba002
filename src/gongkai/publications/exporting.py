"""The list of publications as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.core import tables
from gongkai.core.tables import Cell
from gongkai.publications.kinds import ATTRIBUTE_NAMES, KIND_NAMES, VALIDITY_NAMES, Attribute, Kind, Validity
from gongkai.publications.models import Publication
from gongkai.publications.states import STATE_NAMES, State

MOST = 200_000
HEADINGS = (
    "索引号", "名称", "文号", "公开主体", "科室", "目录编码", "目录事项", "体裁", "公开属性", "状态", "成文日期",
    "公开期限", "发布日期", "逾期工作日", "有效性", "撤下日期", "网址",
)
_WIDE = {"索引号": 22, "名称": 48, "文号": 20}


def written(rows: Any, to: str) -> bytes:
    """The list as .xlsx or .csv. Raises KeyError for another format."""
    cells = (_cells(row) for row in rows.select_related("agency", "section", "item", "latest").defer(
        "latest__body", "latest__text", "latest__screening", "item__contents", "item__basis",
    ).iterator(chunk_size=2000))
    return tables.written(HEADINGS, cells, to, name="主动公开台账", wide=_WIDE, frozen=2)


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
