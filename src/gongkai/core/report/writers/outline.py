"""The order of a report on paper: title, preamble, six sections with tables 二 to 四 in their places, signature.

Every writer that prints walks this outline; none of them decides for itself what comes next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gongkai.core.report.identity.agencies import is_body
from gongkai.core.report.model import Report
from gongkai.core.report.render.tables import TableView, statutory_tables
from gongkai.core.report.writers.dress import PLAIN, Dress

_NOT_PRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 allows

_TITLE_WIDTH = 20  # characters of 二号 on a line of GB/T 9704
BlockKind = Literal["title", "text", "heading", "table", "remark", "signature", "date"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one table (then `text` is its heading, to name it by)."""

    kind: BlockKind
    text: str
    table: TableView | None = None


def outline(report: Report, dress: Dress = PLAIN) -> Iterator[Block]:
    """The blocks of a report in printed order. A table stands in its section even if the heading is lost."""
    if title := title_of(report):
        yield Block("title", title)
    yield from _lines(report.preamble)
    tables = {table.number: table for table in statutory_tables(report)}
    for number in range(1, 7):
        section = report.sections.get(number)
        if section is not None:
            if section.heading:
                yield Block("heading", section.heading)
            yield from _lines(section.text)
        if number in tables:
            yield Block("table", tables[number].heading, tables[number])
            if remark := dress.remarks.get(tables[number].key):
                yield Block("remark", remark)
    if report.signature:
        yield Block("signature", report.signature)
    if report.signed_on:
        yield Block("date", f"{report.signed_on.year}年{report.signed_on.month}月{report.signed_on.day}日")


def title_of(report: Report) -> str:
    """The title as written, else the statutory one; empty where agency or year is not known."""
    if report.title:
        return report.title
    return f"{report.agency}{report.year}年政府信息公开工作年度报告" if report.agency and report.year else ""


def title_lines(report: Report) -> str:
    """The title as it is set: a long one breaks after the agency's name, and nowhere in the middle of a word. A name
    that would not be known for an agency's when it is read back stays on the line."""
    title, agency = title_of(report), report.agency or ""
    if len(title) <= _TITLE_WIDTH or not agency or not title.startswith(agency) or not is_body(agency):
        return title
    return f"{agency}\n{title.removeprefix(agency)}"


def split_lead(text: str) -> tuple[str, str]:
    """A paragraph's lead （一）主动公开。 and its rest; the lead is empty where there is none."""
    end = text.find("。") + 1
    return (text[:end], text[end:]) if text.startswith("（") and 0 < end <= 24 else ("", text)


def printable(text: str) -> str:
    """Without the control characters and lone surrogates that no file may hold (collectors leave them in texts)."""
    return _NOT_PRINTABLE.sub("", text)


def _lines(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        if line.strip():
            yield Block("text", line.strip())
