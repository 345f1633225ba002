"""What a report is once it has been read: cells, sections, findings.

Cell ids are the contract of docs/architecture.md ("t3.granted.total"); they are the same in files, JSON, API,
SQL, URLs and findings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

Number = int | Decimal


class Status(StrEnum):
    """What stands at a cell. Blank, missing and unreadable are never zero."""

    VALUE = "value"
    BLANK = "blank"            # the cell is there and holds nothing, or only - / — 无
    MISSING = "missing"        # the file has no such cell
    UNREADABLE = "unreadable"  # something stands there that cannot be read, or cannot be placed by its labels


class Place(NamedTuple):
    """Where in the file: the ordinal of a table with row and column, or a page, or a line; all 1-based."""

    table: int | None = None
    row: int | None = None
    col: int | None = None
    page: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.table is not None:
            parts.append(f"第{self.table}个表")
        if self.line is not None:
            parts.append(f"第{self.line}行文本")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.col is not None:
            parts.append(f"第{self.col}列")
        return "".join(parts)


class Cell(NamedTuple):
    """One number of the statutory tables as it was read.

    `value` is the number exactly as written (311.97 for "311.97万元"); `unit` is "万元", "元" or None and is
    kept for amounts only. `raw` is the text that stood there, None when the cell is missing.
    """

    id: str
    status: Status
    value: Number | None = None
    raw: str | None = None
    unit: str | None = None
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six statutory sections. `number` is 1–6; `heading` as written, None where tables just follow."""

    number: int
    heading: str | None
    text: str
    where: Place | None = None


class Severity(StrEnum):
    ERROR = "error"
    INCONSISTENCY = "inconsistency"
    WARNING = "warning"
    INFO = "info"
    NOT_CHECKED = "not_checked"  # a blank prevents the rule


@dataclass(frozen=True, slots=True)
class Fix:
    """The smallest repair proposed: these cells should hold these values.

    Where several repairs are equally small nothing is chosen: `values` is empty and `alternatives` holds each.
    """

    values: dict[str, Number]
    sentence: str
    alternatives: tuple[dict[str, Number], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule, or several with one cause.

    `code` is stable and has a page docs/checks/CODE.md; `rule` is C1…C23. `reported` and `computed` are the two
    numbers of the message (strings for rules that are not about numbers). `cells` are the cell ids concerned,
    the one to mend first. `cause` names the shared cause when several rules were merged: ids of the rules that
    this one finding stands for.
    """

    code: str
    rule: str
    severity: Severity
    message: str
    reported: Number | str | None = None
    computed: Number | str | None = None
    cells: tuple[str, ...] = ()
    cause: str | None = None
    fix: Fix | None = None


class Note(NamedTuple):
    """Something the reader must say: labels detached, tracked changes ignored, a table left out."""

    code: str
    message: str
    where: Place | None = None


@dataclass(slots=True)
class Report:
    """One annual report as read from one file (or compiled, or drawn up for writing).

    `form` is "2019", "2021", "mixed" or None; `forms` gives the form of each table that was found
    ({"t2": "2021", "t3": "2019"}; "t4" is the same in both and is absent from it). `cells` holds every cell of
    the detected forms, those not found as `missing`.
    """

    form: str | None = None
    forms: dict[str, str] = field(default_factory=dict)
    agency: str | None = None
    year: int | None = None
    title: str | None = None
    signature: str | None = None
    signed_on: date | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    sections: dict[int, Section] = field(default_factory=dict)
    preamble: str = ""
    notes: list[Note] = field(default_factory=list)
    source: str | None = None
    kind: str | None = None  # "docx", "html", "xlsx", "pdf", "text", "json"

    def value(self, cell_id: str) -> Number | None:
        """The number at a cell, None unless its status is `value`."""
        cell = self.cells.get(cell_id)
        return cell.value if cell is not None and cell.status is Status.VALUE else None
