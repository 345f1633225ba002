"""The records behind the numbers as sheets of a workbook, a sheet for each kind.

As the public gets them they are the lines of the published package: nothing tells one application from another. With
`inside`, for the office's own desk, register number and days stand beside; nobody's name is here either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.compilations.figures.records import Record
from gongkai.compilations.models import Source
from gongkai.compilations.packages.anonymous import lines
from gongkai.compilations.packages.shape import (
    APPLICATIONS,
    COLUMNS,
    DISPUTES,
    DOCUMENTS,
    ENTRIES,
    GIVEN,
    POWERS,
)
from gongkai.core.report.forms import form
from gongkai.core.report.render.labels import cell_title
from gongkai.core.report.writers.dress import ListSheet

MOST = 100_000  # rows of a sheet: more is what the package is for
_NAMES = {
    APPLICATIONS: "申请", DISPUTES: "复议诉讼", DOCUMENTS: "文件", ENTRIES: "台账记录", POWERS: "权责事项",
    GIVEN: "直接给出的数",
}
_INSIDE = {
    Source.APPLICATION: ("申请", ("received_on", "收到日期"), ("closed_on", "办结日期")),
    Source.DISPUTE: ("复议诉讼", ("received_on", "收到日期"), ("decided_on", "审结日期")),
    Source.DOCUMENT: ("文件", ("made_on", "制发日期"), ("ended_on", "废止日期")),
    Source.ENTRY: ("台账记录", ("on", "日期"), ("amount", "金额（元）")),
    Source.POWER: ("权责事项", ("from_on", "自"), ("to_on", "至")),
    Source.HAND: ("手工填报",), Source.MEMBER: ("下级机关的年报",), Source.FILE: ("报送的文件",),
}


def sheets(records: Iterable[Record], year: int, form_id: str, *, inside: bool = False) -> list[ListSheet]:
    """The sheets of those kinds of which there are records."""
    return _inside(records, form_id) if inside else _public(records, year, form_id)


def _public(records: Iterable[Record], year: int, form_id: str) -> list[ListSheet]:
    words = _words(form_id)
    found = []
    for name, kept in lines(records, year).items():
        rows: list[list[str | int]] = []
        for line in sorted(kept.elements()):
            if len(rows) == MOST:
                rows.append([f"只列出 {MOST} 条，其余见数据包", *[""] * len(line)])
                break
            rows.append([len(rows) + 1, *(_said(name, at, text, words) for at, text in enumerate(line))])
        found.append(ListSheet(_NAMES[name], COLUMNS[name], rows))
    return found


def _inside(records: Iterable[Record], form_id: str) -> list[ListSheet]:
    rows: dict[Source, list[list[str | int]]] = {}
    for record in records:
        listed = rows.setdefault(Source(record.source), [])
        if len(listed) < MOST:
            _name, *days = _INSIDE[Source(record.source)]
            cells = "；".join(cell_title(cell, form_id) for cell in record.cells)
            listed.append([len(listed) + 1, record.label, *(_text(record.facts, key) for key, _head in days), cells])
    found = []
    for source, listed in rows.items():
        name, *days = _INSIDE[source]
        heads = ("序号", "编号", *(head for _key, head in days), "计入的单元格")
        found.append(ListSheet(name, heads, listed))
    return found


def _text(facts: Mapping[str, Any], key: str) -> str:
    return str(facts.get(key, ""))


def _words(form_id: str) -> dict[str, dict[str, str]]:
    """Keys in words: the columns and rows of a form."""
    made = form(form_id)
    two = {row.key: row.text for block in made.blocks for row in block.rows}
    columns = {column.key: column.text for block in made.blocks for column in block.columns}
    groups = {group.key: group.text for group in made.t4_groups}
    results = {column.key: column.text for column in made.t4_columns}
    return {
        APPLICATIONS: {c.key: c.text for c in made.t3_columns} | {f"0:{row.key}": row.text for row in made.t3_rows},
        DISPUTES: groups | {f"1:{key}": text for key, text in results.items()},
        DOCUMENTS: two | columns, ENTRIES: two | columns, POWERS: two, GIVEN: {},
    }


def _said(name: str, at: int, text: str, words: Mapping[str, Mapping[str, str]]) -> str:
    """A key of a line in the words of the form; what is no key stays."""
    known = words[name]
    if name == APPLICATIONS:
        return "是" if text == "1" else known.get(text if at == 0 else f"0:{text}", text)
    if name == DISPUTES:
        return known.get(text if at == 0 else f"1:{text}", text)
    if name == GIVEN:
        return cell_title(text) if at == 2 else text
    if text == "1" and name == POWERS:
        return "是"
    return "、".join(known.get(key, key) for key in text.split()) if at < 2 else text
